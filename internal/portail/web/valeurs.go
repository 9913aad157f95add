package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

var formesDate = []string{"02/01/2006", "2/1/2006", "2006-01-02", "02.01.2006", "02-01-2006"}

// Date is the day in a field, zero when it is empty.
func (f *Formulaire) Date(champ string) time.Time {
	v := f.Valeur(champ)
	if v == "" {
		return time.Time{}
	}
	for _, forme := range formesDate {
		if t, err := time.Parse(forme, v); err == nil {
			return t
		}
	}
	dit := trouve(v)
	f.Refuser(champ, "« "+dit+" » n'est pas une date qui existe : écrivez par exemple 31/01/2026.", "“"+dit+"” is not a date that exists: write for example 31/01/2026.")
	return time.Time{}
}

// maxTrouve is how much of a value is told that is none, in characters.
const maxTrouve = 30

// trouve is a value of a field as it is told back.
func trouve(v string) string {
	if r := []rune(v); len(r) > maxTrouve {
		v = string(r[:maxTrouve]) + "…"
	}
	return ecrit.Nom(v)
}

// Jours are the days of two fields, from one to the other; a last day before the first one is refused.
func (f *Formulaire) Jours(du, au string) (premier, dernier time.Time) {
	premier, dernier = f.Date(du), f.Date(au)
	if !premier.IsZero() && !dernier.IsZero() && dernier.Before(premier) {
		f.Refuser(au, "Le dernier jour est avant le premier : échangez-les, ou effacez l'un des deux.", "The last day is before the first one: swap them, or clear one of them.")
	}
	return premier, dernier
}

// Fourchette is the amounts of two fields in cents, from one to the other; a highest below the lowest is refused.
func (f *Formulaire) Fourchette(min, max string) (bas, haut int64) {
	bas, haut = f.Centimes(min), f.Centimes(max)
	if haut > 0 && haut < bas {
		f.Refuser(max, "Le montant le plus haut est sous le plus bas : échangez-les, ou effacez l'un des deux.", "The highest amount is below the lowest: swap them, or clear one of them.")
	}
	return bas, haut
}

// montantEcrit has its digits together, or in threes: any other blank hides a slip of the hand.
var montantEcrit = regexp.MustCompile(`^(\d{1,12}|\d{1,3}(?: \d{3}){1,3})(?:[.,](\d{1,2}))? ?€?$`)

// montantDemesure is an amount of more digits than one that is read.
var montantDemesure = regexp.MustCompile(`^(?:\d{13,}|\d{1,3}(?: \d{3}){4,})(?:[.,]\d{1,2})? ?€?$`)

// Centimes is the amount in a field in cents, 0 when it is empty: 1 234,56 or 1234.56, with € or without.
func (f *Formulaire) Centimes(champ string) int64 {
	v := strings.NewReplacer(blanc, " ", "\u202f", " ").Replace(f.Valeur(champ))
	if v == "" {
		return 0
	}
	if montantDemesure.MatchString(v) {
		f.Refuser(champ, "Ce montant est trop grand : 999 999 999 999,99 € au plus.", "This amount is too large: at most €999,999,999,999.99.")
		return 0
	}
	m := montantEcrit.FindStringSubmatch(v)
	if m == nil {
		dit := trouve(v)
		f.Refuser(champ, "« "+dit+" » n'est pas un montant en euros : écrivez par exemple 1 234,56.", "“"+dit+"” is not an amount in euros: write for example 1234.56.")
		return 0
	}
	centimes, err := strconv.ParseInt(strings.ReplaceAll(m[1], " ", "")+(m[2] + "00")[:2], 10, 64)
	if err != nil { // twelve digits and two fit
		return 0
	}
	return centimes
}

// Choisi is the value of a field that must be one of the choices.
func (f *Formulaire) Choisi(champ string, choix []Choix, quoi modele.Texte) string {
	v := f.Valeur(champ)
	if !slices.ContainsFunc(choix, func(c Choix) bool { return c.Valeur == v }) {
		f.Refuser(champ, "Choisissez "+quoi.Fr+".", "Choose "+quoi.En+".")
		return ""
	}
	return v
}

// Filtre is the value of a field by which a list is narrowed: one of the choices, or "" for all. Another one is told.
func (f *Formulaire) Filtre(champ string, choix []Choix) string {
	v := f.Valeur(champ)
	if v != "" && !slices.ContainsFunc(choix, func(c Choix) bool { return c.Valeur == v }) {
		dit := FiltreInconnu(champ, v)
		f.Refuser(champ, dit.Fr, dit.En)
		return ""
	}
	return v
}

// FiltreInconnu tells of a part of an address, by which a list is narrowed, that names nothing there is.
func FiltreInconnu(nom, valeur string) modele.Texte {
	dit := trouve(valeur)
	return modele.Texte{
		Fr: "Le filtre « " + nom + " » demande « " + dit + " », qui n'existe pas : choisissez une autre valeur, ou montrez tout.",
		En: "The filter “" + nom + "” asks for “" + dit + "”, which does not exist: choose another value, or show all.",
	}
}
