package registres

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"guichet/referentiel"
)

// maxAnciens is how many registers that are no longer in use stay in memory: those of one deposit.
const maxAnciens = 4

// anciens are the last registers asked for that are not in use, the newest last.
type anciens struct {
	mu  sync.Mutex
	lus []ancien
}

type ancien struct {
	sha string
	r   referentiel.Registre
}

// De returns the registers of an earlier deposit by the SHA-256 of their stored forms. Those that are no longer kept
// are told.
func (s *Service) De(shas map[referentiel.Nom]string) (j referentiel.Jeu, perdus []referentiel.Nom, err error) {
	a := s.actuels.Load()
	for _, n := range referentiel.Noms() {
		sha := shas[n]
		switch {
		case sha == "":
		case sha == a.sha[n]:
			j.Prendre(n, a.jeu)
		default:
			r, err := s.anciens.lire(s, n, sha)
			if errors.Is(err, fs.ErrNotExist) {
				perdus = append(perdus, n)
				continue
			}
			if err != nil {
				return j, perdus, err
			}
			j.Placer(r)
		}
	}
	return j, perdus, nil
}

// lire reads one at a time: several hundred people who look at old deposits do not fill the memory.
func (a *anciens) lire(s *Service, n referentiel.Nom, sha string) (referentiel.Registre, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := slices.IndexFunc(a.lus, func(x ancien) bool { return x.sha == sha }); i >= 0 {
		return a.lus[i].r, nil
	}
	octets, err := s.Fichiers.Octets(sha, MaxOctets)
	if err != nil {
		return nil, fmt.Errorf("read an earlier register %s: %w", n, err)
	}
	r, err := referentiel.Relire(n, sha, octets)
	if err != nil {
		return nil, err
	}
	if a.lus = append(a.lus, ancien{sha, r}); len(a.lus) > maxAnciens {
		a.lus = slices.Delete(a.lus, 0, 1)
	}
	return r, nil
}
