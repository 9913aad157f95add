package controle_test

import (
	"testing"

	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

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
