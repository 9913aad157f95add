package controle_test

import (
	"bytes"
	"testing"

	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// BenchmarkControlerFiness is BenchmarkControler/indente with a register of 100,000 établissements, those of the
// file among them.
func BenchmarkControlerFiness(b *testing.B) {
	extrait := corpus.Extrait{Etablissements: 100_000, ParOG: 2}.Octets()
	finess, err := referentiel.LireFiness(bytes.NewReader(extrait), referentiel.Origine{})
	if err != nil {
		b.Fatal(err)
	}
	src := corpus.Fichier(corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2, Indente: true})
	ctl := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{})
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		ctl.Controler(src, controle.Options{Referentiels: referentiel.Jeu{Finess: finess}})
	}
}

func BenchmarkControler(b *testing.B) {
	for _, c := range []struct {
		nom   string
		forme corpus.Forme
	}{
		{"indente", corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2, Indente: true}},
		{"compact", corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2}},
		{"fautif", corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2, Indente: true, Fautives: 10}},
		{"grand", corpus.Forme{Demandes: 200, OGs: 2, ESMS: 20, Indente: true}},
	} {
		b.Run(c.nom, func(b *testing.B) {
			src := corpus.Fichier(c.forme)
			ctl := controle.Preparer(ms1dui.Courante(), jsondoc.Limits{})
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				ctl.Controler(src, controle.Options{})
			}
		})
	}
}
