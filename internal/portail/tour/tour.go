// Package tour has people take turns at what can be done by few at once: who asks for a hundred waits a hundred times,
// and who comes for one thing waits for one place.
package tour

import (
	"context"
	"slices"
	"sync"
)

// Bornes are how many hold a place at once.
type Bornes struct {
	Places      int // in all
	Lourdes     int // of them, for what takes long: the others stay free for what is done in a moment
	ParPersonne int // that one person holds
}

// File is who waits for a place, and who has one. Safe for concurrent use.
type File struct {
	mu          sync.Mutex
	libres      Bornes
	parPersonne int
	tenues      map[int64]int        // places, by who holds them
	attendent   map[int64][]*attente // by who waits, the first comer first
	tour        []int64              // who waits, the next one first
}

// attente is one wish for a place.
type attente struct {
	lourd bool
	place chan struct{} // closed once the place is had
}

// Nouvelle opens a queue.
func Nouvelle(b Bornes) *File {
	return &File{libres: b, parPersonne: b.ParPersonne, tenues: map[int64]int{}, attendent: map[int64][]*attente{}}
}

// Prendre waits for a place for somebody, until ctx ends. The place is given back by rendre, once.
func (f *File) Prendre(ctx context.Context, qui int64, lourd bool) (rendre func(), err error) {
	a := &attente{lourd: lourd, place: make(chan struct{})}
	f.mu.Lock()
	if len(f.attendent[qui]) == 0 {
		f.tour = append(f.tour, qui)
	}
	f.attendent[qui] = append(f.attendent[qui], a)
	f.accorder()
	f.mu.Unlock()
	rendre = sync.OnceFunc(func() { f.rendre(qui, lourd) })
	select {
	case <-a.place:
		return rendre, nil
	case <-ctx.Done():
		if !f.renoncer(qui, a) {
			rendre() // the place came meanwhile
		}
		return nil, ctx.Err()
	}
}

// accorder gives the places there are to those whose turn it is. f.mu is held.
func (f *File) accorder() {
	for f.libres.Places > 0 {
		i, j := f.suivant()
		if i < 0 {
			return
		}
		qui := f.tour[i]
		a := f.attendent[qui][j]
		f.tour = append(slices.Delete(f.tour, i, i+1), qui)
		f.oublier(qui, j)
		f.compter(qui, a.lourd, 1)
		close(a.place)
	}
}

// suivant finds the first in turn for whom there is a place, and which of its wishes; -1 when there is none.
func (f *File) suivant() (i, j int) {
	for i, qui := range f.tour {
		if f.tenues[qui] >= f.parPersonne {
			continue
		}
		j := slices.IndexFunc(f.attendent[qui], func(a *attente) bool { return !a.lourd || f.libres.Lourdes > 0 })
		if j >= 0 {
			return i, j
		}
	}
	return -1, -1
}

// oublier takes a wish out of the queue.
func (f *File) oublier(qui int64, j int) {
	if f.attendent[qui] = slices.Delete(f.attendent[qui], j, j+1); len(f.attendent[qui]) > 0 {
		return
	}
	delete(f.attendent, qui)
	f.tour = slices.DeleteFunc(f.tour, func(x int64) bool { return x == qui })
}

// compter notes that n more places are held, or fewer.
func (f *File) compter(qui int64, lourd bool, n int) {
	f.libres.Places -= n
	if lourd {
		f.libres.Lourdes -= n
	}
	if f.tenues[qui] += n; f.tenues[qui] == 0 {
		delete(f.tenues, qui)
	}
}

func (f *File) rendre(qui int64, lourd bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.compter(qui, lourd, -1)
	f.accorder()
}

// renoncer gives up waiting; false when the place has been had.
func (f *File) renoncer(qui int64, a *attente) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	j := slices.Index(f.attendent[qui], a)
	if j < 0 {
		return false
	}
	f.oublier(qui, j)
	f.accorder() // who held the queue up may be gone
	return true
}

// Attendent returns how many wait.
func (f *File) Attendent() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.attendent {
		n += len(a)
	}
	return n
}
