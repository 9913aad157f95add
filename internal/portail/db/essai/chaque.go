package essai

import (
	"fmt"
	"strings"
	"testing"

	"guichet/internal/portail/db"
)

// maxPas bounds the steps of an act: one that never ends is a fault of the test.
const maxPas = 400

// Acte is what is done wholly or not at all.
type Acte struct {
	Nom   string
	Faire func() error
	// Malgre are the beginnings of the steps without which it is done all the same.
	Malgre []string
	// Aussi writes down what the act changes beside the database, once it has undone what may change all the same: a
	// count of tries (may be nil).
	Aussi func() string
}

// Chaque has each step of an act fail, one after the other, in each way that it can: whichever it is, the act says so and leaves
// nothing. When all have failed, the act is done.
func (p *Panne) Chaque(t *testing.T, b *db.Base, a Acte) {
	t.Helper()
	avant := photographier(t, b, a)
	for n := range maxPas {
		for comment := echoue; comment <= p.peut; comment++ {
			err := p.faire(a, n, comment)
			if p.touche == "" {
				if err != nil || n == 0 {
					t.Errorf("%s: after %d steps that failed: %v", a.Nom, n, err)
				}
				return
			}
			if p.dire(t, a, err, avant, photographier(t, b, a)) {
				return
			}
		}
	}
	t.Errorf("%s: more than %d steps", a.Nom, maxPas)
}

// faire does an act whose step n fails in a way.
func (p *Panne) faire(a Acte, n int, comment maniere) error {
	p.mu.Lock()
	p.arme, p.reste, p.maniere, p.malgre, p.touche, p.peut = true, n, comment, a.Malgre, "", echoue
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.arme = false
	}()
	return a.Faire()
}

// dire tells what is wrong, and whether the act left anything: the next step would fail another one.
func (p *Panne) dire(t *testing.T, a Acte, err error, avant, apres string) (reste bool) {
	t.Helper()
	if err == nil {
		t.Errorf("%s says nothing when this %s: %s", a.Nom, p.maniere, p.touche)
	}
	if apres != avant {
		t.Errorf("%s leaves something when this %s: %s\n%s", a.Nom, p.maniere, p.touche, difference(avant, apres))
	}
	return apres != avant
}

// difference are the lines of a photo that are not in the one before.
func difference(avant, apres string) string {
	var b strings.Builder
	for ligne := range strings.Lines(apres) {
		if !strings.Contains(avant, ligne) {
			b.WriteString(ligne)
		}
	}
	return b.String()
}

// photographier writes down all rows of an SQLite database.
func photographier(t *testing.T, b *db.Base, a Acte) string {
	t.Helper()
	var photo strings.Builder
	if a.Aussi != nil {
		photo.WriteString(a.Aussi())
	}
	for _, table := range lire(t, b, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		for _, ligne := range lire(t, b, `SELECT * FROM "`+table+`"`) {
			fmt.Fprintf(&photo, "%s: %s\n", table, ligne)
		}
	}
	return photo.String()
}

// lire reads the rows of a query, each as one text.
func lire(t *testing.T, b *db.Base, requete string) (textes []string) {
	t.Helper()
	lignes, err := b.Lire().QueryContext(t.Context(), requete)
	if err != nil {
		t.Fatal(err)
	}
	defer lignes.Close()
	colonnes, err := lignes.Columns()
	if err != nil {
		t.Fatal(err)
	}
	valeurs, ou := make([]any, len(colonnes)), make([]any, len(colonnes))
	for i := range valeurs {
		ou[i] = &valeurs[i]
	}
	for lignes.Next() {
		if err := lignes.Scan(ou...); err != nil {
			t.Fatal(err)
		}
		textes = append(textes, strings.TrimRight(fmt.Sprintln(valeurs...), "\n"))
	}
	if err := lignes.Err(); err != nil {
		t.Fatal(err)
	}
	return textes
}
