package enrolement

import (
	"errors"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
	"guichet/valeur"
)

// Dossier is what a supplier says of itself.
type Dossier struct {
	SIRET         string `json:"siret,omitempty"`
	RaisonSociale string `json:"raisonSociale,omitempty"`
	Adresse       string `json:"adresse,omitempty"`
	HorsTVA       bool   `json:"horsTVA,omitempty"`

	Contact   string `json:"contact,omitempty"`
	Courriel  string `json:"courriel,omitempty"`
	Telephone string `json:"telephone,omitempty"`
	Mandate   bool   `json:"mandate,omitempty"` // the contact is not the legal representative

	Logiciels []Logiciel `json:"logiciels,omitempty"`

	Titulaire string `json:"titulaire,omitempty"`
	IBAN      string `json:"iban,omitempty"`
	BIC       string `json:"bic,omitempty"`
}

// The bounds of what is typed, in characters, and of how many software one request has.
const (
	maxLigne     = 150
	maxAdresse   = 300
	maxMotif     = 2000
	maxLogiciels = 50
)

// Entreprise takes who the supplier is.
func (d *Dossier) Entreprise(siret, nom, adresse string, horsTVA bool) error {
	siret = strings.Join(strings.Fields(siret), "")
	d.SIRET, d.HorsTVA = siret, horsTVA
	var errNom, errAdresse error
	d.RaisonSociale, errNom = ligne("raisonSociale", nom, maxLigne, modele.Texte{Fr: "la raison sociale", En: "the registered name"})
	d.Adresse, errAdresse = ligne("adresse", adresse, maxAdresse, modele.Texte{Fr: "l'adresse postale", En: "the postal address"})
	return errors.Join(verifierSIRET(siret), errNom, errAdresse)
}

func verifierSIRET(siret string) error {
	switch {
	case siret == "":
		return faute("siret", "Indiquez le SIRET.", "Give the SIRET.")
	case len(siret) != 14 || strings.Trim(siret, "0123456789") != "":
		return faute("siret", "Un SIRET a 14 chiffres ; celui-ci a "+nombre(utf8.RuneCountInString(siret))+" caractères.",
			"A SIRET has 14 digits; this one has "+nombre(utf8.RuneCountInString(siret))+" characters.")
	case !valeur.CleSIRET([]byte(siret)):
		return faute("siret", "La clé de ce SIRET ne correspond pas à ses autres chiffres : un chiffre est faux ou deux sont inversés.",
			"This SIRET's key does not fit its other digits: one is wrong, or two are swapped.")
	}
	return nil
}

// Interlocuteur takes the person to turn to, who becomes the owner.
func (d *Dossier) Interlocuteur(nom, courriel, telephone string, mandate bool) error {
	d.Mandate = mandate
	var errs [3]error
	d.Contact, errs[0] = ligne("contact", nom, 100, modele.Texte{Fr: "le prénom et le nom", En: "the first and last name"})
	d.Courriel, errs[1] = adresseElectronique(courriel)
	d.Telephone, errs[2] = numero(telephone)
	return errors.Join(errs[:]...)
}

func adresseElectronique(saisie string) (string, error) {
	c := strings.ToLower(strings.TrimSpace(saisie))
	if a, err := mail.ParseAddress(c); err != nil || a.Address != c || len(c) > maxLigne || diag.Neutralize(c) != c || !valeur.Courriel([]byte(c)) {
		return c, faute("courriel", "Indiquez une adresse électronique de la forme nom@exemple.fr.", "Give an e-mail address like name@example.org.")
	}
	return c, nil
}

var formeTelephone = regexp.MustCompile(`^\+33[1-9][0-9]{8}$`)

// numero writes a French telephone number as +33 and nine digits.
func numero(saisie string) (string, error) {
	if propose, sur := valeur.Telephone(strings.TrimSpace(saisie)); sur {
		saisie = propose
	}
	n := strings.NewReplacer(" ", "", ".", "", "-", "", "\u00a0", "", "(0)", "").Replace(saisie)
	if !formeTelephone.MatchString(n) {
		return saisie, faute("telephone", "Indiquez un numéro français : +33 et neuf chiffres, par exemple +33 1 99 00 45 67.",
			"Give a French number: +33 and nine digits, for example +33 1 99 00 45 67.")
	}
	return n, nil
}

// Banque takes the bank details. An empty IBAN leaves the one that is there.
func (d *Dossier) Banque(titulaire, iban, bic string) error {
	if iban = NormaliserIBAN(iban); iban != "" || d.IBAN == "" {
		d.IBAN = iban
	}
	d.BIC = NormaliserIBAN(bic)
	var errTitulaire error
	d.Titulaire, errTitulaire = ligne("titulaire", titulaire, maxLigne, modele.Texte{Fr: "le titulaire du compte", En: "the account's holder"})
	return errors.Join(errTitulaire, verifierIBAN(d.IBAN), verifierBIC(d.BIC))
}

// ligne reads one line of characters that print.
func ligne(champ, saisie string, max int, quoi modele.Texte) (string, error) {
	v := strings.Join(strings.Fields(saisie), " ")
	switch n := utf8.RuneCountInString(v); {
	case ecrit.Vide(v):
		return v, faute(champ, "Indiquez "+quoi.Fr+".", "Give "+quoi.En+".")
	case n > max:
		return v, tropLong(champ, quoi, max, n)
	case diag.Neutralize(v) != v:
		return v, faute(champ, "Un caractère ne s'imprime pas : saisissez "+quoi.Fr+" au clavier au lieu de coller.", "A character does not print: type "+quoi.En+" instead of pasting.")
	}
	return v, nil
}

func tropLong(champ string, quoi modele.Texte, max, n int) error {
	t := ecrit.TropLong(quoi, max, n)
	return faute(champ, t.Fr, t.En)
}

func nombre(n int) string { return strconv.Itoa(n) }
