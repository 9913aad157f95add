package appariement

import (
	"net/url"
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// formes returns a path as it is compared at each precision.
func formes(chemin string) []string {
	f := make([]string, nombrePrecisions)
	f[Exacte] = path.Clean(strings.ReplaceAll(chemin, `\`, "/"))
	parties := strings.Split(f[Exacte], "/")
	for i := range parties {
		parties[i] = ecriture(parties[i])
	}
	f[Ecriture] = strings.Join(parties, "/")
	f[Casse] = strings.ToLower(f[Ecriture])
	f[Extension] = f[Casse]
	if sans, ok := strings.CutSuffix(f[Casse], ".jpeg"); ok {
		f[Extension] = sans + ".jpg"
	}
	return f
}

// ecriture writes one part of a path with the plainest of the signs that look alike.
func ecriture(partie string) string {
	if clair, err := url.PathUnescape(partie); err == nil {
		partie = clair
	}
	partie = strings.Map(plain, norm.NFC.String(partie))
	nom, extension := partie, ""
	if i := strings.LastIndexByte(partie, '.'); i > 0 {
		nom, extension = partie[:i], partie[i+1:]
		return strings.Join(strings.Fields(nom), " ") + "." + strings.TrimSpace(extension)
	}
	return strings.Join(strings.Fields(nom), " ")
}

func plain(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case strings.ContainsRune("’‘ʼ´`′", r):
		return '\''
	case unicode.Is(unicode.Pd, r), r == '−':
		return '-'
	case unicode.Is(unicode.Cf, r): // no width: soft hyphens, marks of direction
		return -1
	}
	return r
}
