package referentiel

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"guichet/modele"
	"guichet/valeur"
)

// Bareme is the table of tranches that gives the ceiling of a demande. Only one tranche is public: the
// table is data that the operator loads.
type Bareme struct {
	Tranches []Tranche
	meta     Meta
}

// Tranche is the amount, in cents with tax, that each ESMS of an OG of Min to Max ESMS is funded with.
// Max 0 means no limit.
type Tranche struct {
	Code     string
	Min, Max int
	Montant  int64
}

// enteteBareme is the first line of the file.
var enteteBareme = []string{"tranche", "esms_min", "esms_max", "montant_ttc"}

// maxTranches bounds what LireBareme reads; maxMontant, in cents, keeps sums over millions of ESMS within 64
// bits.
const (
	maxTranches = 1000
	maxMontant  = 1e9
)

// Meta says where the register comes from.
func (b *Bareme) Meta() Meta { return b.meta }

// LireBareme reads a CSV file `tranche;esms_min;esms_max;montant_ttc`, one line for each tranche:
// `B;4;4;2920.00`. An empty esms_max means no limit. What is wrong with the file comes as an *Erreur.
func LireBareme(r io.Reader, o Origine) (*Bareme, error) {
	lignes, sha, err := lireCSV(r)
	if err != nil {
		return nil, err
	}
	if faute := lireEntete(lignes); faute != nil {
		return nil, faute
	}
	b := &Bareme{}
	for _, l := range lignes[1:] {
		if len(b.Tranches) >= maxTranches {
			return nil, &Erreur{l.numero, enteteBareme[0], l.champs[0], modele.Texte{Fr: "1000 tranches au plus", En: "1000 tranches at most"}}
		}
		t, faute := lireTranche(l)
		if faute != nil {
			return nil, faute
		}
		b.Tranches = append(b.Tranches, t)
	}
	if len(b.Tranches) == 0 {
		return nil, &Erreur{lignes[0].numero + 1, enteteBareme[0], "", modele.Texte{Fr: "au moins une tranche, par exemple B;4;4;2920.00", En: "at least one tranche, such as B;4;4;2920.00"}}
	}
	b.meta = o.meta(NomBareme, time.Time{}, len(b.Tranches), sha)
	return b, nil
}

func lireEntete(lignes []ligne) *Erreur {
	attendu := strings.Join(enteteBareme, ";")
	premiere := ligne{numero: 1}
	if len(lignes) > 0 {
		premiere = lignes[0]
	}
	if trouve := strings.Join(premiere.champs, ";"); trouve != attendu {
		return &Erreur{premiere.numero, enteteBareme[0], trouve, modele.Texte{Fr: attendu, En: attendu}}
	}
	return nil
}

func lireTranche(l ligne) (t Tranche, faute *Erreur) {
	if len(l.champs) != len(enteteBareme) {
		return t, &Erreur{l.numero, strings.Join(enteteBareme, ";"), strings.Join(l.champs, ";"), modele.Texte{Fr: "quatre colonnes", En: "four columns"}}
	}
	var err error
	t.Code = l.champs[0]
	if t.Min, err = strconv.Atoi(l.champs[1]); err != nil || t.Min < 1 {
		return t, &Erreur{l.numero, enteteBareme[1], l.champs[1], modele.Texte{Fr: "un nombre à partir de 1", En: "a number from 1"}}
	}
	if l.champs[2] != "" {
		if t.Max, err = strconv.Atoi(l.champs[2]); err != nil || t.Max < t.Min {
			return t, &Erreur{l.numero, enteteBareme[2], l.champs[2], modele.Texte{Fr: "rien, ou un nombre à partir de esms_min", En: "nothing, or a number from esms_min"}}
		}
	}
	var ok bool
	if t.Montant, ok = valeur.Centimes([]byte(l.champs[3])); !ok || t.Montant <= 0 || t.Montant > maxMontant {
		return t, &Erreur{l.numero, enteteBareme[3], l.champs[3], modele.Texte{Fr: "un montant à deux décimales, par exemple 2920.00", En: "an amount with two decimals, such as 2920.00"}}
	}
	return t, nil
}

// Lot is what a demande orders for one OG: how many ESMS, and how many the OG has in all, 0 when that is not
// known.
type Lot struct{ ESMS, OG int }

// Plafond returns the ceiling without tax, in cents, of an order; tva is false for a supplier without VAT.
// The size of an OG is not in the file, only how many of its ESMS are ordered: where no register tells it, the
// most favourable tranche that can hold them counts, so that an amount over the ceiling is so in every case. It
// is not known when no tranche fits.
func (b *Bareme) Plafond(lots []Lot, tva bool) (cents int64, connu bool) {
	fin, unite := int64(0), int64(0)
	for _, l := range lots {
		t := b.tranche(l)
		if t == nil {
			return 0, false
		}
		fin += t.Montant * int64(l.ESMS)
		unite += horsTaxe(t.Montant) * int64(l.ESMS)
	}
	if !tva {
		return fin, true
	}
	// §3.1 rounds once, at the end; rounding each unit first can give a cent more, which is accepted.
	return max(horsTaxe(fin), unite), true
}

// horsTaxe divides by 1.2, rounded to the cent, half up.
func horsTaxe(ttc int64) int64 { return (ttc*10 + 6) / 12 }

func (b *Bareme) tranche(l Lot) (choisie *Tranche) {
	for i := range b.Tranches {
		t := &b.Tranches[i]
		tient := t.Max == 0 || l.ESMS <= t.Max
		if l.OG > 0 {
			tient = l.OG >= t.Min && (t.Max == 0 || l.OG <= t.Max)
		}
		if tient && (choisie == nil || t.Montant > choisie.Montant) {
			choisie = t
		}
	}
	return choisie
}

// Calcul shows how the ceiling of an order comes about, its amounts as montant writes cents: `2 × 2920.00 / 1,2` in French.
func (b *Bareme) Calcul(lots []Lot, tva bool, montant func(cents int64) modele.Texte) modele.Texte {
	var fr, en []string
	for _, l := range lots {
		if t := b.tranche(l); t != nil {
			m, fois := montant(t.Montant), strconv.Itoa(l.ESMS)+" × "
			fr, en = append(fr, fois+m.Fr), append(en, fois+m.En)
		}
	}
	somme := modele.Texte{Fr: strings.Join(fr, " + "), En: strings.Join(en, " + ")}
	if !tva {
		return somme
	}
	if len(fr) > 1 {
		somme = modele.Texte{Fr: "(" + somme.Fr + ")", En: "(" + somme.En + ")"}
	}
	return modele.Texte{Fr: somme.Fr + " / 1,2", En: somme.En + " / 1.2"}
}

// CodeTranche returns the code of the tranche that counts for a lot, "" for none.
func (b *Bareme) CodeTranche(l Lot) string {
	if t := b.tranche(l); t != nil {
		return t.Code
	}
	return ""
}

// EnEuros is Euros in both languages.
func EnEuros(cents int64) modele.Texte { return modele.Texte{Fr: Euros(cents), En: Euros(cents)} }

// Euros writes cents as JSON amounts are written: 2920.00.
func Euros(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// Ecrire writes the stored form.
func (b *Bareme) Ecrire(w io.Writer) error {
	return ecrire(w, b.meta, func(c *csv.Writer) error {
		if err := c.Write(enteteBareme); err != nil {
			return err
		}
		for _, t := range b.Tranches {
			fin := ""
			if t.Max > 0 {
				fin = strconv.Itoa(t.Max)
			}
			if err := c.Write([]string{t.Code, strconv.Itoa(t.Min), fin, Euros(t.Montant)}); err != nil {
				return err
			}
		}
		return nil
	})
}
