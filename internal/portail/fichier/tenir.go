package fichier

import (
	"context"
	"errors"
	"sync"
)

// Verrous ends the name of the file of locks that may stand beside a folder of kept files. It holds nothing.
const Verrous = ".verrous"

// Tenir has what is kept with the context that it returns stay until rendre, though nothing refers to it yet: call rendre
// once the reference is written, or given up.
func (m *Magasin) Tenir(ctx context.Context) (tenu context.Context, rendre func()) {
	t := &tenue{verrous: m.verrous}
	return context.WithValue(ctx, cleTenue{}, t), sync.OnceFunc(t.rendre)
}

// TenirTout keeps all that is kept from being removed until rendre, as far as the system can: of other processes, too.
func (m *Magasin) TenirTout() (rendre func(), err error) {
	t := &tenue{verrous: m.verrous}
	return sync.OnceFunc(t.rendre), t.toutGarder()
}

type cleTenue struct{}

// tenir has a file of the context stay, before it gets its name.
func tenir(ctx context.Context, sha string) error {
	t, ok := ctx.Value(cleTenue{}).(*tenue)
	if !ok {
		return nil // whoever gives bytes without a reference has them swept
	}
	return t.garder(sha)
}

// ErrTenu says that somebody is about to refer to a file.
var ErrTenu = errors.New("the file is about to be referred to")
