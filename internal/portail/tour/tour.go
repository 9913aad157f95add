// Package tour has people take turns at what can be done by few at once: who asks for a hundred waits a hundred times,
// and who comes for one thing waits for one place.
package tour

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Bornes are how many hold a place at once, and wait for one.
type Bornes struct {
	Places      int // in all
	Lourdes     int // of them, for what takes long: the others stay free for what is done in a moment
	ParPersonne int // that one person holds
	Attentes    int // for which one person waits: more are refused
}

// ErrTrop says that a person waits for as many places as one person may.
var ErrTrop = errors.New("too many at once")

// File is who waits for a place, and who has one: suppliers, networks, whatever tells people apart. Safe for concurrent
// use.
type File[Q comparable] struct {
	mu        sync.Mutex
	libres    Bornes // places that nobody holds; what one person may is never counted down
	tenues    map[Q]int
	attendent map[Q][]*attente // by who waits, the first comer first
	tour      []Q              // who waits, the next one first
}

// attente is one wish for a place.
type attente struct {
	lourd bool
	place chan struct{} // closed once the place is had
}

// Nouvelle opens a queue.
func Nouvelle[Q comparable](b Bornes) *File[Q] {
	return &File[Q]{libres: b, tenues: map[Q]int{}, attendent: map[Q][]*attente{}}
}

// Prendre waits for a place for somebody, until ctx ends. The place is given back by rendre, once. ErrTrop when they wait
// for too many already.
func (f *File[Q]) Prendre(ctx context.Context, qui Q, lourd bool) (rendre func(), err error) {
	a, err := f.demander(qui, lourd)
	if err != nil {
		return nil, err
	}
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

// demander puts a wish in the queue.
func (f *File[Q]) demander(qui Q, lourd bool) (*attente, error) {
	a := &attente{lourd: lourd, place: make(chan struct{})}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch len(f.attendent[qui]) {
	case f.libres.Attentes:
		return nil, ErrTrop
	case 0:
		f.tour = append(f.tour, qui)
	}
	f.attendent[qui] = append(f.attendent[qui], a)
	f.accorder()
	return a, nil
}

// accorder gives the places there are to those whose turn it is. f.mu is held.
func (f *File[Q]) accorder() {
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
func (f *File[Q]) suivant() (i, j int) {
	for i, qui := range f.tour {
		if f.tenues[qui] >= f.libres.ParPersonne {
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
func (f *File[Q]) oublier(qui Q, j int) {
	if f.attendent[qui] = slices.Delete(f.attendent[qui], j, j+1); len(f.attendent[qui]) > 0 {
		return
	}
	delete(f.attendent, qui)
	f.tour = slices.DeleteFunc(f.tour, func(x Q) bool { return x == qui })
}

// compter notes that n more places are held, or fewer.
func (f *File[Q]) compter(qui Q, lourd bool, n int) {
	f.libres.Places -= n
	if lourd {
		f.libres.Lourdes -= n
	}
	if f.tenues[qui] += n; f.tenues[qui] == 0 {
		delete(f.tenues, qui)
	}
}

func (f *File[Q]) rendre(qui Q, lourd bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.compter(qui, lourd, -1)
	f.accorder()
}

// renoncer gives up waiting; false when the place has been had.
func (f *File[Q]) renoncer(qui Q, a *attente) bool {
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
func (f *File[Q]) Attendent() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.attendent {
		n += len(a)
	}
	return n
}
