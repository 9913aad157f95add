package essai

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"guichet/internal/portail/db"
)

// Methodes has what the methods of a service rest on fail, by their names. A method that may fail and has no act here fails the test, unless it is
// one of those that are let fail elsewhere.
func (p *Panne) Methodes(t *testing.T, b *db.Base, service any, ailleurs []string, actes map[string]func() error) {
	t.Helper()
	for _, nom := range faillibles(service) {
		faire := actes[nom]
		switch ici, la := faire != nil, slices.Contains(ailleurs, nom); {
		case ici && la:
			t.Errorf("%s is let fail here, and elsewhere", nom)
		case ici:
			p.Chaque(t, b, Acte{Nom: nom, Faire: faire})
		case !la:
			t.Errorf("no line for %s", nom)
		}
	}
}

// faillibles are the methods that take a context and return an error.
func faillibles(service any) (noms []string) {
	s := reflect.TypeOf(service)
	for i := range s.NumMethod() {
		m := s.Method(i)
		n := m.Type.NumOut()
		if m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]() && n > 0 && m.Type.Out(n-1) == reflect.TypeFor[error]() {
			noms = append(noms, m.Name)
		}
	}
	return noms
}
