package referentiel

import (
	"bytes"
	"slices"
	"strconv"
)

// Finess is the national register of établissements that are open: 80 bytes each, looked up where they stand.
type Finess struct {
	meta Meta
	// fiches has one line of 64 bytes for each établissement: EJ, ET, SIRET, family, name; by EJ, then ET.
	fiches table
	// index has one line of 16 bytes for each établissement: ET and its rank in fiches; by ET.
	index table
}

// The parts of a line of Finess.fiches and of Finess.index, in bytes.
const (
	pasFiche, pasIndex = 64, 16
	debutET            = tailleNumero
	debutSIRET         = debutET + tailleNumero
	tailleSIRET        = 14
	debutFamille       = debutSIRET + tailleSIRET
	debutNom           = debutFamille + 1
	finNom             = pasFiche - 1
	// maxFiches is what the six digits of a rank can tell.
	maxFiches = 999_999
)

// familleESMS is the first digit of the category aggregates (categagretab) of establishments and services for
// the elderly, the disabled, children and others in social care. 1 to 3 are health care, 5 and up training.
const familleESMS = '4'

// Etablissement is one établissement of the register.
type Etablissement struct{ ET, EJ, SIRET, Nom string }

// Meta says where the register comes from.
func (f *Finess) Meta() Meta { return f.meta }

// Etablissement returns what the register says of a FINESS géographique.
func (f *Finess) Etablissement(et string) (Etablissement, bool) {
	fiche := f.fiche([]byte(et))
	if fiche == nil {
		return Etablissement{}, false
	}
	return Etablissement{
		EJ: string(fiche[:debutET]), ET: string(fiche[debutET:debutSIRET]),
		SIRET: string(bytes.TrimSpace(fiche[debutSIRET:debutFamille])), Nom: string(bytes.TrimSpace(fiche[debutNom:finNom])),
	}, true
}

// EJ returns the FINESS juridique that a FINESS géographique belongs to, nil when the register does not know
// it. The bytes are the register's own: read them only.
func (f *Finess) EJ(et []byte) []byte {
	if fiche := f.fiche(et); fiche != nil {
		return fiche[:debutET]
	}
	return nil
}

// ConnaitEJ tells whether a FINESS juridique has établissements that are open.
func (f *Finess) ConnaitEJ(ej []byte) bool {
	_, ok := f.fiches.trouver(ej)
	return ok
}

// ESMS counts the ESMS of a FINESS juridique: its établissements but those of health care and training. One
// whose category is not told counts.
func (f *Finess) ESMS(ej []byte) (nombre int) {
	i, ok := f.fiches.trouver(ej)
	for ok && i < f.fiches.taille() && string(f.fiches.fiche(i)[:debutET]) == string(ej) {
		if famille := f.fiches.fiche(i)[debutFamille]; famille == familleESMS || famille == ' ' {
			nombre++
		}
		i++
	}
	return nombre
}

func (f *Finess) fiche(et []byte) []byte {
	i, ok := f.index.trouver(et)
	if !ok {
		return nil
	}
	rang := 0
	for _, c := range f.index.fiche(i)[tailleNumero : pasIndex-1] {
		rang = rang*10 + int(c-'0')
	}
	if rang >= f.fiches.taille() {
		return nil // a damaged file that its checksum does not show
	}
	return f.fiches.fiche(rang)
}

// maxProches is how many near numbers are told.
const maxProches = 3

// ProchesET returns the numbers of the register that are et but for one wrong character or two neighbours
// swapped: those of the FINESS juridiques ejs only, where these have one. At most three.
func (f *Finess) ProchesET(et string, ejs ...string) []string {
	return preferer(voisins(et, func(n []byte) bool { return f.fiche(n) != nil }), func(n string) bool {
		return slices.Contains(ejs, string(f.EJ([]byte(n))))
	})
}

// ProchesEJ does the same for a FINESS juridique; those that the FINESS géographiques ets belong to come alone.
func (f *Finess) ProchesEJ(ej string, ets ...string) []string {
	return preferer(voisins(ej, f.ConnaitEJ), func(n string) bool {
		return slices.ContainsFunc(ets, func(et string) bool { return string(f.EJ([]byte(et))) == n })
	})
}

func preferer(numeros []string, prefere func(string) bool) []string {
	if choisis := slices.DeleteFunc(slices.Clone(numeros), func(n string) bool { return !prefere(n) }); len(choisis) > 0 {
		numeros = choisis
	}
	return numeros[:min(len(numeros), maxProches)]
}

// voisins lists the numbers one slip of the keyboard away that exist, in their order. Letters only stand where
// a number of Corsica has one.
func voisins(numero string, existe func([]byte) bool) (liste []string) {
	if len(numero) != tailleNumero {
		return nil
	}
	essayer := func(n []byte) {
		if string(n) != numero && existe(n) {
			liste = append(liste, string(n))
		}
	}
	for i := range tailleNumero {
		n := []byte(numero)
		for _, c := range "0123456789AB" {
			if n[i] = byte(c); c <= '9' || i == 1 {
				essayer(n)
			}
		}
		if n = []byte(numero); i > 0 {
			n[i-1], n[i] = n[i], n[i-1]
			essayer(n)
		}
	}
	slices.Sort(liste)
	return slices.Compact(liste)
}

// rang writes a rank as the index has it.
func rang(dst []byte, n int) []byte {
	texte := strconv.Itoa(n)
	for range pasIndex - 1 - tailleNumero - len(texte) {
		dst = append(dst, '0')
	}
	return append(dst, texte...)
}
