package compte

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/db"
)

// Nobody is refused the name of one of the agency's people: a refusal would tell strangers who works there, and there are people of the
// same name. The agency is told of it where it reads such a person.

// Homonymes are those of some names that are read as the name of one of the agency's people, in whatever order and letters.
func (s *Service) Homonymes(ctx context.Context, noms []string) (homonymes []string, err error) {
	if len(noms) == 0 {
		return nil, nil
	}
	connus, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, nom *string) error { return l.Scan(nom) },
		`SELECT c.nom FROM role r JOIN compte c ON c.id = r.compte_id WHERE r.fournisseur_id = 0`)
	if err != nil {
		return nil, fmt.Errorf("list the names of the agency's people: %w", err)
	}
	lus := map[string]bool{}
	for _, nom := range connus {
		lus[commeLu(nom)] = true
	}
	for _, nom := range noms {
		if lu := commeLu(nom); lu != "" && lus[lu] && !slices.Contains(homonymes, nom) {
			homonymes = append(homonymes, nom)
		}
	}
	return homonymes, nil
}

// commeLu is a name as somebody in a hurry remembers it: the words of plain letters that it has, whichever comes first.
func commeLu(nom string) string {
	m := ossature(nom)
	slices.Sort(m)
	return strings.Join(m, " ")
}
