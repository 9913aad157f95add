package web

import (
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entete is a header that each answer has, under its canonical name.
type entete struct {
	nom     string
	valeurs []string
}

const (
	politique = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors "
	politiqueCadre = politique + "'none'; frame-src 'self'"
	// A file that somebody sent is shown by the browser's own viewer; it runs nothing and asks for nothing.
	politiqueFichier = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)

func entetes(tls bool) []entete {
	tous := []entete{
		{"Content-Security-Policy", []string{politique + "'none'"}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"same-origin"}},
		{"Permissions-Policy", []string{"camera=(), microphone=(), geolocation=(), payment=(), usb=()"}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
		{"Cache-Control", []string{"no-store"}},
	}
	if tls {
		tous = append(tous, entete{"Strict-Transport-Security", []string{"max-age=31536000; includeSubDomains"}})
	}
	return tous
}

// FichierRecu prepares the answer that gives back a file which somebody sent: never as a page. Types that the
// browser shows safely by itself (PDF, PNG, JPEG) may be shown in a page's frame; all others are downloaded.
func FichierRecu(h http.Header, genre, nom string) {
	maniere := "attachment"
	switch genre {
	case "application/pdf", "image/png", "image/jpeg":
		maniere = "inline"
	default:
		genre = "application/octet-stream"
	}
	h.Set("Content-Type", genre)
	h.Set("Content-Disposition", disposition(maniere, nom))
	h.Set("Content-Security-Policy", politiqueFichier)
}

// Telechargement prepares the answer that is a file to keep.
func Telechargement(h http.Header, genre, nom string) {
	h.Set("Content-Type", genre)
	h.Set("Content-Disposition", disposition("attachment", nom))
}

// disposition names the file that an answer is, whatever it was called: by one name of characters that are seen, no path.
func disposition(maniere, nom string) string {
	nom = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, nom[strings.LastIndexAny(nom, `/\`)+1:])
	if d := mime.FormatMediaType(maniere, map[string]string{"filename": nom}); d != "" {
		return d
	}
	return maniere
}
