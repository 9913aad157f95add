package diag_test

import (
	"testing"

	"guichet/diag"
	"guichet/modele"
)

func TestCount(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		n      int
		fr, en string
	}{
		{0, "0 fichier", "0 files"}, {1, "1 fichier", "1 file"}, {2, "2 fichiers", "2 files"},
		{999, "999 fichiers", "999 files"}, {1000, "1\u00a0000 fichiers", "1,000 files"},
		{1234567, "1\u00a0234\u00a0567 fichiers", "1,234,567 files"},
	} {
		if got := diag.NounFichier.Count(test.n, modele.Francais); got != test.fr {
			t.Errorf("French: %q, want %q", got, test.fr)
		}
		if got := diag.NounFichier.Count(test.n, modele.Anglais); got != test.en {
			t.Errorf("English: %q, want %q", got, test.en)
		}
	}
}

func TestPhrase(t *testing.T) {
	t.Parallel()
	ok, ko := diag.Accepted, "F012"
	demandes := func(codes ...*string) []diag.Demande {
		var out []diag.Demande
		for _, c := range codes {
			out = append(out, diag.Demande{CodeTraitement: c})
		}
		return out
	}
	for _, test := range []struct {
		file   diag.Fichier
		fr, en string
	}{
		{
			diag.Fichier{Verdict: diag.Accepte, Demandes: demandes(&ok)},
			"Le portail acceptera la demande.", "The portal will accept the request.",
		},
		{
			diag.Fichier{Verdict: diag.Accepte, Demandes: demandes(&ok, &ok)},
			"Le portail acceptera les 2 demandes.", "The portal will accept all 2 requests.",
		},
		{
			diag.Fichier{Verdict: diag.Partiel, Demandes: demandes(&ok, &ko, &ko)},
			"Le portail acceptera 1 demande et en refusera 2.", "The portal will accept 1 request and refuse 2.",
		},
		{
			diag.Fichier{Verdict: diag.Refuse, Demandes: demandes(&ko, &ko, &ko)},
			"Le portail refusera les 3 demandes.", "The portal will refuse all 3 requests.",
		},
		{
			diag.Fichier{Verdict: diag.Rejete, Demandes: demandes(nil)},
			"Le portail rejettera le fichier entier dès le premier contrôle : aucune demande ne sera enregistrée.",
			"The portal will reject the whole file at the first control: no request will be stored.",
		},
		{
			diag.Fichier{Verdict: diag.Illisible},
			"Le fichier ne se lit pas comme du JSON : le portail le rejettera en entier.",
			"The file cannot be read as JSON: the portal will reject all of it.",
		},
	} {
		if got := test.file.Phrase(modele.Francais); got != test.fr {
			t.Errorf("French: %q, want %q", got, test.fr)
		}
		if got := test.file.Phrase(modele.Anglais); got != test.en {
			t.Errorf("English: %q, want %q", got, test.en)
		}
	}
}

func TestConseils(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		total diag.Total
		first string
	}{
		{"rejected file", diag.Total{Rejetes: 1, DemandesRejetees: 1}, "Correct the rejections first: while one is left, the portal examines no request of the file."},
		{"refused demande", diag.Total{DemandesRejetees: 1}, "Correct the errors, then check again before the deposit."},
		{"nothing", diag.Total{}, "Nothing stands in the way of the deposit."},
	} {
		r := &diag.Rapport{Total: test.total, Fichiers: make([]diag.Fichier, 1)}
		if got := r.Conseils(modele.Anglais); got[0] != test.first {
			t.Errorf("%s: %q", test.name, got[0])
		}
	}
}
