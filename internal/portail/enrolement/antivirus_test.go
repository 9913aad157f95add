package enrolement_test

import (
	"context"
	"errors"
	"io"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// A document in which the antivirus finds something is not kept; one that is sound has the extension of its format.
// ASVS 5.4.3.
func TestDocumentsAreScanned(t *testing.T) {
	t.Parallel()
	x := nouveau(t, dbessai.SQLite(t))
	secret, err := x.Commencer(t.Context(), modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	f := enrolement.Fichier{Nom: "identite.html", Octets: image1(t)}
	x.Service.Analyser = func(context.Context, io.Reader) (string, error) { return "Eicar", nil }
	var refus *web.Refus
	if err := x.Joindre(t.Context(), secret, "identite", f); !errors.As(err, &refus) || refus.Etat != 422 {
		t.Errorf("%v", err)
	}
	x.Service.Analyser = func(context.Context, io.Reader) (string, error) { return "", nil }
	if err := x.Joindre(t.Context(), secret, "identite", f); err != nil {
		t.Fatal(err)
	}
	e, err := x.Service.Lire(t.Context(), secret)
	if err != nil || len(e.Pieces) != 1 || e.Pieces[0].Nom != "identite.html.png" {
		t.Errorf("%+v, %v", e.Pieces, err)
	}
}
