//go:build !linux

package fichier

import "sync"

// verrous counts who is about to refer to what, in this process: elsewhere than on Linux a folder is that of one counter.
type verrous struct {
	mu     sync.Mutex
	change *sync.Cond
	tenus  map[string]int // by SHA-256, "" for all; -1 for who has it alone
}

func nouveauxVerrous(string) *verrous {
	v := &verrous{tenus: map[string]int{}}
	v.change = sync.NewCond(&v.mu)
	return v
}

// tenue is what one caller holds.
type tenue struct {
	*verrous
	miens map[string]int
}

func (t *tenue) garder(sha string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.tenus[sha] < 0 {
		t.change.Wait()
	}
	t.noter(sha, 1)
	return nil
}

func (t *tenue) toutGarder() error { return t.garder("") }

// seul is ErrTenu while others hold the file.
func (t *tenue) seul(sha string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tenus[sha] != 0 || t.tenus[""] != 0 {
		return ErrTenu
	}
	t.noter(sha, -1)
	return nil
}

func (t *tenue) noter(sha string, n int) {
	if t.miens == nil {
		t.miens = map[string]int{}
	}
	t.miens[sha] += n
	if t.tenus[sha] += n; t.tenus[sha] == 0 {
		delete(t.tenus, sha)
	}
}

func (t *tenue) rendre() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for sha, n := range t.miens {
		if t.tenus[sha] -= n; t.tenus[sha] == 0 {
			delete(t.tenus, sha)
		}
	}
	t.change.Broadcast()
}
