package tour_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"guichet/internal/portail/tour"
)

func prendre(t *testing.T, f *tour.File[int64], qui int64, lourd bool) func() {
	t.Helper()
	rendre, err := f.Prendre(t.Context(), qui, lourd)
	if err != nil {
		t.Fatal(err)
	}
	return rendre
}

// attendre has somebody wait, and returns once they do; they say their name when they have a place, and give it back.
func attendre(t *testing.T, f *tour.File[int64], qui int64, lourd bool, ordre chan<- int64) {
	t.Helper()
	avant := f.Attendent()
	go func() {
		rendre, err := f.Prendre(t.Context(), qui, lourd)
		if err != nil {
			return
		}
		ordre <- qui
		rendre()
	}()
	for f.Attendent() == avant {
		if t.Context().Err() != nil {
			t.Fatal("nobody waits")
		}
	}
}

// Who asks for a hundred waits a hundred times: another one's wish comes second.
func TestTurns(t *testing.T) {
	t.Parallel()
	f, ordre := tour.Nouvelle[int64](tour.Bornes{Places: 1, Lourdes: 1, ParPersonne: 1, Attentes: 50}), make(chan int64)
	rendre := prendre(t, f, 1, false)
	for range 4 {
		attendre(t, f, 1, false, ordre)
	}
	attendre(t, f, 2, false, ordre)
	attendre(t, f, 3, false, ordre)
	attendre(t, f, 2, false, ordre)
	rendre()
	var eu []int64
	for range 7 {
		eu = append(eu, <-ordre)
	}
	if want := []int64{1, 2, 3, 1, 2, 1, 1}; !slices.Equal(eu, want) {
		t.Errorf("%v, want %v", eu, want)
	}
}

// What takes long leaves places to what is done in a moment, also to the same person.
func TestHeavy(t *testing.T) {
	t.Parallel()
	f, ordre := tour.Nouvelle[int64](tour.Bornes{Places: 3, Lourdes: 1, ParPersonne: 3, Attentes: 50}), make(chan int64)
	lourd := prendre(t, f, 1, true)
	attendre(t, f, 1, true, ordre)
	prendre(t, f, 1, false)()
	prendre(t, f, 2, false)()
	if n := f.Attendent(); n != 1 {
		t.Errorf("%d wait, want the second heavy one", n)
	}
	lourd()
	if qui := <-ordre; qui != 1 {
		t.Errorf("place of %d", qui)
	}
}

// Nobody holds more than their part, whatever is free.
func TestPart(t *testing.T) {
	t.Parallel()
	f, ordre := tour.Nouvelle[int64](tour.Bornes{Places: 4, Lourdes: 4, ParPersonne: 2, Attentes: 50}), make(chan int64)
	a, b := prendre(t, f, 1, false), prendre(t, f, 1, false)
	attendre(t, f, 1, false, ordre)
	prendre(t, f, 2, false)()
	a()
	a() // twice is once
	<-ordre
	b()
	if n := f.Attendent(); n != 0 {
		t.Errorf("%d wait", n)
	}
}

// Who gives up leaves nothing behind, whether the place has come or not.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	f := tour.Nouvelle[int64](tour.Bornes{Places: 1, Lourdes: 1, ParPersonne: 1, Attentes: 50})
	rendre := prendre(t, f, 1, false)
	ctx, finir := context.WithCancel(t.Context())
	fini := make(chan error)
	go func() {
		_, err := f.Prendre(ctx, 2, false)
		fini <- err
	}()
	for f.Attendent() == 0 {
	}
	finir()
	if err := <-fini; err == nil || f.Attendent() != 0 {
		t.Errorf("%v, %d wait", err, f.Attendent())
	}
	rendre()
	prendre(t, f, 3, true)()
}

// Who waits for too many is refused more; others are not.
// ASVS 15.2.2.
func TestTooMany(t *testing.T) {
	t.Parallel()
	f, ordre := tour.Nouvelle[int64](tour.Bornes{Places: 1, Lourdes: 1, ParPersonne: 1, Attentes: 2}), make(chan int64)
	rendre := prendre(t, f, 1, false)
	for range 2 {
		attendre(t, f, 1, false, ordre)
	}
	if _, err := f.Prendre(t.Context(), 1, false); !errors.Is(err, tour.ErrTrop) {
		t.Errorf("a third one: %v", err)
	}
	attendre(t, f, 2, false, ordre)
	rendre()
	for range 3 {
		<-ordre
	}
	prendre(t, f, 1, false)()
}

// Whatever comes, and gives up or not: never more than the bounds, and at the end everything is free.
// ASVS 15.2.2.
func TestBounds(t *testing.T) {
	t.Parallel()
	b := tour.Bornes{Places: 3, Lourdes: 2, ParPersonne: 2, Attentes: 50}
	f := tour.Nouvelle[int64](b)
	var mu sync.Mutex
	var tenues, lourdes int
	par := map[int64]int{}
	noter := func(qui int64, lourd bool, n int) {
		mu.Lock()
		defer mu.Unlock()
		tenues, par[qui] = tenues+n, par[qui]+n
		if lourd {
			lourdes += n
		}
		if tenues > b.Places || lourdes > b.Lourdes || par[qui] > b.ParPersonne {
			t.Errorf("%d places, %d heavy, %d of one", tenues, lourdes, par[qui])
		}
	}
	var wg sync.WaitGroup
	for g := range 40 {
		r := rand.New(rand.NewPCG(uint64(g), 1))
		wg.Go(func() {
			for range 200 {
				qui, lourd := r.Int64N(5), r.IntN(2) == 0
				ctx, finir := context.WithCancel(t.Context())
				if r.IntN(3) == 0 {
					go finir()
				}
				if rendre, err := f.Prendre(ctx, qui, lourd); err == nil {
					noter(qui, lourd, 1)
					noter(qui, lourd, -1)
					rendre()
				}
				finir()
			}
		})
	}
	wg.Wait()
	for qui := range int64(3) {
		prendre(t, f, 10+qui, qui < 2)
	}
	if f.Attendent() != 0 {
		t.Error("somebody waits")
	}
}
