package brouillon

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// The drafts of who has sent some are listed in memory too: to look through their folder for each that comes takes longer than
// to keep it. The folder is looked through for the first one alone.

// inscrire lists a draft, and the oldest no longer, until they are within the bounds: these are to be removed.
func (m *Magasin) inscrire(proprietaire int64, b Brouillon) (cedent []Brouillon, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	liste, err := m.listeDe(proprietaire, b.Jeton)
	if err != nil {
		return nil, err
	}
	octets := b.Taille
	for _, x := range liste {
		octets += x.Taille
	}
	n := 0
	for ; n < len(liste) && (len(liste)-n >= m.bornes.Nombre || octets > m.bornes.Octets); n++ {
		octets -= liste[n].Taille
	}
	cedent = slices.Clone(liste[:n])
	liste = append(slices.Delete(liste, 0, n), b)
	slices.SortStableFunc(liste, parAge)
	m.listes[proprietaire] = liste
	return cedent, nil
}

func parAge(a, b Brouillon) int {
	return cmp.Or(a.Recu.Compare(b.Recu), strings.Compare(a.Jeton, b.Jeton))
}

// listeDe is what an owner has besides a draft that has just come.
func (m *Magasin) listeDe(proprietaire int64, sauf string) (liste []Brouillon, err error) {
	if liste, lue := m.listes[proprietaire]; lue {
		return liste, nil
	}
	gardes, err := lister(m.dossier(proprietaire))
	for _, g := range gardes {
		if g.Jeton != sauf {
			liste = append(liste, g.Brouillon)
		}
	}
	return liste, err
}

// inscrit finds a listed draft.
func (m *Magasin) inscrit(proprietaire int64, jeton string) (b Brouillon, oui bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	liste := m.listes[proprietaire]
	if i := slices.IndexFunc(liste, func(b Brouillon) bool { return b.Jeton == jeton }); i >= 0 {
		return liste[i], true
	}
	return b, false
}

// rayer lists a draft no longer.
func (m *Magasin) rayer(proprietaire int64, jeton string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if liste, lue := m.listes[proprietaire]; lue {
		m.listes[proprietaire] = slices.DeleteFunc(liste, func(b Brouillon) bool { return b.Jeton == jeton })
	}
}

// rayerPasses lists no longer what has had its time, nor who has nothing left.
func (m *Magasin) rayerPasses() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for qui, liste := range m.listes {
		if liste = slices.DeleteFunc(liste, m.passe); len(liste) == 0 {
			delete(m.listes, qui)
			continue
		}
		m.listes[qui] = liste
	}
}

// fichiers are those of a draft.
func (m *Magasin) fichiers(proprietaire int64, b Brouillon) garde {
	return garde{filepath.Join(m.dossier(proprietaire), b.Jeton), b}
}
