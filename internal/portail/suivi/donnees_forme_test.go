package suivi

import (
	"testing"

	"guichet/internal/portail/web"
	"guichet/jsondoc"
	"guichet/modele"
)

// What people read of a value follows its tag: an amount is written as one where the tag is an amount, a code with its
// label; what stands in another tag, or is no day, amount or code, is shown as it was typed.
func TestValuesReadAsTheirTagsSay(t *testing.T) {
	t.Parallel()
	nomenclature := &modele.Nomenclature{Codes: []modele.Entree{{Code: "A1", Libelle: "Premier"}}}
	for _, cas := range []struct {
		json  string
		genre modele.Type
		fr    string
	}{
		{`"03/02/2026"`, modele.Type{Genre: modele.Date}, "03/02/2026"}, {`"03/02/2026"`, modele.Type{Genre: modele.Chaine}, "03/02/2026"},
		{`"31/02/2026"`, modele.Type{Genre: modele.Date}, "31/02/2026"}, {`"hier"`, modele.Type{Genre: modele.Date}, "hier"},
		{`1200.50`, modele.Type{Genre: modele.Montant}, web.Montant(120050).Fr}, {`1200.50`, modele.Type{Genre: modele.Chaine}, "1200.50"}, {`1200.555`, modele.Type{Genre: modele.Montant}, "1200.555"},
		{`"A1"`, modele.Type{Genre: modele.Code, Nomenclature: nomenclature}, "A1 – Premier"}, {`"B2"`, modele.Type{Genre: modele.Code, Nomenclature: nomenclature}, "B2"},
		{`true`, modele.Type{Genre: modele.Booleen}, "oui"}, {`false`, modele.Type{Genre: modele.Booleen}, "non"}, {`null`, modele.Type{Genre: modele.Date}, ""},
	} {
		doc, err := jsondoc.NewParser(jsondoc.NewVocabulary(nil), jsondoc.Limits{}).Parse([]byte(`[` + cas.json + `]`))
		if err != nil {
			t.Fatal(err)
		}
		c := &contenu{doc: doc}
		if got := c.texte(1, cas.genre).Fr; got != cas.fr {
			t.Errorf("%s as %v: %q, want %q", cas.json, cas.genre.Genre, got, cas.fr)
		}
	}
}
