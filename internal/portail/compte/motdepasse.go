package compte

import (
	"context"
	"errors"
	"net/netip"
	"runtime"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"guichet/internal/portail/db"
	"guichet/internal/portail/motdepasse"
	"guichet/internal/portail/tour"
	"guichet/internal/portail/web"
)

// verifierMotDePasse returns a *Faute that says why a password is too weak for this person, and what to do.
func verifierMotDePasse(mot string, qui motdepasse.Personne) error {
	switch refus, err := motdepasse.Refuser(mot, qui); {
	case err != nil:
		return err
	case refus != nil:
		return &Faute{"motdepasse", *refus}
	}
	return nil
}

// hacheur hashes passwords, a few at a time: each takes tens of megabytes. Networks take turns, so that who tries
// passwords by the hundred keeps nobody out.
type hacheur struct {
	params *argon2id.Params
	tours  *tour.File[netip.Prefix]
	leurre func() (string, error) // the hash of nobody's password
}

// couts are the cost of a hash: 64 MiB, three passes.
var couts = argon2id.Params{Memory: 64 * 1024, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// aLaFois is how many hashes are computed at once, 64 MiB each: as many as there are processors, since each keeps one busy,
// and two at least, so that one network does not have them all.
func aLaFois() int { return max(2, runtime.GOMAXPROCS(0)) }

// maxAttentes is for how many hashes one network waits.
const maxAttentes = 32

func nouveauHacheur(params *argon2id.Params) *hacheur {
	if params == nil {
		params = &couts
	}
	leurre := sync.OnceValues(func() (string, error) { return argon2id.CreateHash("leurre", params) })
	return &hacheur{params, tour.Nouvelle[netip.Prefix](tour.Bornes{Places: aLaFois(), ParPersonne: aLaFois() - 1, Attentes: maxAttentes}), leurre}
}

// entrer waits for a place, which rendre gives back; whoever has left meanwhile takes none.
func (h *hacheur) entrer(ctx context.Context) (rendre func(), err error) {
	if err := db.SansAttente(ctx); err != nil {
		return nil, err
	}
	rendre, err = h.tours.Prendre(ctx, web.Reseau(ctx), false)
	if errors.Is(err, tour.ErrTrop) {
		return nil, web.TropVite(5)
	}
	return rendre, err
}

// hacher returns the hash to keep of a password.
func (h *hacheur) hacher(ctx context.Context, mot string) (string, error) {
	rendre, err := h.entrer(ctx)
	if err != nil {
		return "", err
	}
	defer rendre()
	return argon2id.CreateHash(norm.NFC.String(mot), h.params)
}

// comparer tells whether a password is the one of a hash. With an empty hash, no password is, and finding
// out takes as long.
func (h *hacheur) comparer(ctx context.Context, mot, hache string) (bool, error) {
	if utf8.RuneCountInString(mot) > motdepasse.Max {
		mot = "" // it cannot be anybody's: its length must not cost
	}
	rendre, err := h.entrer(ctx)
	if err != nil {
		return false, err
	}
	defer rendre()
	personne := hache == ""
	if personne {
		if hache, err = h.leurre(); err != nil {
			return false, err
		}
	}
	ok, err := argon2id.ComparePasswordAndHash(norm.NFC.String(mot), hache)
	return ok && !personne, err
}
