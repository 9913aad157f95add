package compte

import (
	"context"
	_ "embed"
	"errors"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"guichet/internal/portail/db"
	"guichet/internal/portail/tour"
	"guichet/internal/portail/web"
)

// The bounds of a password, in characters. There is no rule of composition: length is what counts.
const (
	minMotDePasse = 12
	maxMotDePasse = 200
)

//go:embed communs.txt
var fichierCommuns string

// communs holds the passwords that everybody tries first, as aplatir writes them.
var communs = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for ligne := range strings.Lines(fichierCommuns) {
		m[aplatir(ligne)] = true
	}
	return m
})

// suites are rows of characters that fingers follow.
var suites = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "1234567890azertyuiop", "1234567890qwertyuiop"}

// verifierMotDePasse returns a *Faute that says why a password is too weak for this person.
func verifierMotDePasse(mot, courriel, nom string) error {
	longueur := utf8.RuneCountInString(mot)
	switch {
	case longueur < minMotDePasse:
		return faute("motdepasse", "Le mot de passe a au moins 12 caractères. Quatre mots sans rapport conviennent très bien.",
			"The password has at least 12 characters. Four unrelated words do very well.")
	case longueur > maxMotDePasse:
		return faute("motdepasse", "Le mot de passe a au plus 200 caractères.", "The password has at most 200 characters.")
	case !utf8.ValidString(mot) || strings.ContainsFunc(mot, unicode.IsControl):
		return faute("motdepasse", "Le mot de passe contient un caractère de contrôle, que tous les claviers ne savent pas saisir.",
			"The password holds a control character, which not every keyboard can type.")
	case previsible(mot):
		return faute("motdepasse", "Ce mot de passe est parmi les premiers qu'un attaquant essaie. Choisissez-en un autre.",
			"This password is among the first that an attacker tries. Choose another one.")
	case evoque(mot, courriel, nom):
		return faute("motdepasse", "Le mot de passe contient votre nom ou votre adresse électronique. Choisissez-en un autre.",
			"The password holds your name or e-mail address. Choose another one.")
	}
	return nil
}

// previsible tells whether a password is common, a row of keys, or one piece again and again.
func previsible(mot string) bool {
	plat := aplatir(mot)
	if communs()[plat] || communs()[strings.TrimRight(plat, "0123456789")] {
		return true
	}
	for _, s := range suites {
		if len(plat) > minMotDePasse/2 && (strings.Contains(s, plat) || strings.Contains(s, renverser(plat))) {
			return true
		}
	}
	for n := 1; n <= len(plat)/2; n++ {
		if strings.HasPrefix(strings.Repeat(plat[:n], len(plat)/n+1), plat) {
			return true
		}
	}
	return false
}

// evoque tells whether a password holds the person's name or address. Names of three letters are in too many
// words to count.
func evoque(mot, courriel, nom string) bool {
	plat := aplatir(mot)
	local, _, _ := strings.Cut(courriel, "@")
	for _, partie := range append(strings.Fields(nom), courriel, local) {
		if p := aplatir(partie); utf8.RuneCountInString(p) > 3 && strings.Contains(plat, p) {
			return true
		}
	}
	return false
}

// aplatir keeps the letters and digits of a text, in lower case and without accents.
func aplatir(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(s))
}

func renverser(s string) string {
	var b strings.Builder
	for r := []rune(s); len(r) > 0; r = r[:len(r)-1] {
		b.WriteRune(r[len(r)-1])
	}
	return b.String()
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
	if utf8.RuneCountInString(mot) > maxMotDePasse {
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
