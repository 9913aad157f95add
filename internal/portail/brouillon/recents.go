package brouillon

import (
	"bytes"
	"sync"
)

// recents are the bytes of the drafts that came last, at most so many of all owners: most are read once, a moment later.
type recents struct {
	max    int
	mu     sync.Mutex
	poids  int
	jetons []string // the oldest first
	octets map[string][]byte
}

func (r *recents) garder(jeton string, octets []byte) {
	if len(octets) > r.max/8 {
		return
	}
	octets = bytes.Clone(octets)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jetons, r.octets[jeton], r.poids = append(r.jetons, jeton), octets, r.poids+len(octets)
	for r.poids > r.max {
		r.poids -= len(r.octets[r.jetons[0]])
		delete(r.octets, r.jetons[0])
		r.jetons = r.jetons[1:]
	}
}

func (r *recents) lire(jeton string) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.octets[jeton]
}

func (r *recents) vider() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.poids, r.jetons, r.octets = 0, nil, map[string][]byte{}
}

// EnMemoire is the bytes of a draft that Trouver has found, when it came a moment ago; nil when they are on the disk alone. They are to
// be read, not changed.
func (m *Magasin) EnMemoire(jeton string) []byte { return m.recents.lire(jeton) }
