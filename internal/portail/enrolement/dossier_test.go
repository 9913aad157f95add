package enrolement_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/enrolement"
)

const iban = "FR3630001009990000012345699"

// Each field is refused by its name, and takes what it should.
// ASVS 2.2.1.
func TestFields(t *testing.T) {
	t.Parallel()
	for nom, cas := range map[string]struct {
		faire func(d *enrolement.Dossier) error
		want  string
	}{
		"right":        {remplir, ""},
		"La Poste":     {func(d *enrolement.Dossier) error { return d.Entreprise("356 000 000 00048", "X", "Y", false) }, ""},
		"SIRET key":    {func(d *enrolement.Dossier) error { return d.Entreprise("00000000300005", "X", "Y", false) }, "siret;"},
		"SIRET length": {func(d *enrolement.Dossier) error { return d.Entreprise("123", "", "Y", false) }, "siret;raisonSociale;"},
		"bidi":         {func(d *enrolement.Dossier) error { return d.Entreprise(siret, "\u202Ecod", "Y", false) }, "raisonSociale;"},
		"long":         {func(d *enrolement.Dossier) error { return d.Entreprise(siret, "X", strings.Repeat("é", 301), false) }, "adresse;"},
		"mail headers": {func(d *enrolement.Dossier) error {
			return d.Interlocuteur("X", "a@b.fr\r\nBcc: c@d.fr", "+33 1 99 00 45 67", false)
		}, "courriel;"},
		"mail name":     {func(d *enrolement.Dossier) error { return d.Interlocuteur("", "X <a@b.fr>", "+33199004567", false) }, "contact;courriel;"},
		"foreign phone": {func(d *enrolement.Dossier) error { return d.Interlocuteur("X", "a@b.fr", "+32 2 123 45 67", false) }, "telephone;"},
		"IBAN key":      {func(d *enrolement.Dossier) error { return d.Banque("X", iban[:26]+"0", "EXEMFRPP") }, "iban;"},
		"IBAN length":   {func(d *enrolement.Dossier) error { return d.Banque("X", iban[:20], "EXEMFRPPX") }, "iban;bic;"},
		"IBAN country":  {func(d *enrolement.Dossier) error { return d.Banque("X", "ZZ"+iban[2:], "EXEMFRPP") }, "iban;"},
		"IBAN unicode":  {func(d *enrolement.Dossier) error { return d.Banque("X", "FR"+strings.Repeat("É", 12)+"x", "EXEMFRPP") }, "iban;"},
		"no profile": {func(d *enrolement.Dossier) error {
			return d.Ajouter(enrolement.Logiciel{NumeroAns: "ANS", Nom: "=1+1"})
		}, "numeroAns;version;profils;"},
		"twice": {func(d *enrolement.Dossier) error {
			if err := d.Ajouter(logiciel); err != nil {
				return err
			}
			return d.Ajouter(logiciel)
		}, "numeroAns;"},
	} {
		if got := champs(cas.faire(&enrolement.Dossier{})); got != cas.want {
			t.Errorf("%s: %q, want %q", nom, got, cas.want)
		}
	}
	if m := enrolement.Masquer(iban); strings.Contains(m, iban[:5]) || !strings.HasSuffix(m, iban[23:]) {
		t.Error(m)
	}
}

// An IBAN with one character changed, or two neighbours swapped, is refused; blanks and small letters do not matter.
// ASVS 2.2.1.
func TestIBAN(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(4, len(iban)-2).Draw(t, "place")
		faux := []byte(iban)
		if rapid.Bool().Draw(t, "swap") {
			faux[i], faux[i+1] = faux[i+1], faux[i]
		} else {
			faux[i] = rapid.SampledFrom([]byte("0123456789")).Draw(t, "digit")
		}
		var d enrolement.Dossier
		err := d.Banque("X", strings.ToLower(string(faux[:4]))+" "+string(faux[4:]), "EXEMFRPP")
		if (err == nil) != (string(faux) == iban) {
			t.Errorf("%s: %v", faux, err)
		}
	})
}
