package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed statique
var fichiersStatiques embed.FS

// statique is one file, under a name that has its hash: it never changes, and browsers keep it.
type statique struct {
	genre    string
	contenu  []byte
	comprime []byte // nil when that does not pay
}

type statiques struct {
	fichiers map[string]statique // by path below /statique/
	noms     map[string]string   // from "style.css" to "/statique/style.0123456789.css"
}

var lesStatiques = sync.OnceValue(func() statiques {
	s := statiques{map[string]statique{}, map[string]string{}}
	entrees, err := fs.ReadDir(fichiersStatiques, "statique")
	if err != nil {
		panic(err)
	}
	for _, e := range entrees {
		contenu, err := fs.ReadFile(fichiersStatiques, "statique/"+e.Name())
		if err != nil {
			panic(err)
		}
		s.ajouter(e.Name(), contenu)
	}
	return s
})

func (s statiques) ajouter(nom string, contenu []byte) {
	somme := sha256.Sum256(contenu)
	ext := path.Ext(nom)
	hache := strings.TrimSuffix(nom, ext) + "." + hex.EncodeToString(somme[:5]) + ext
	f := statique{genre: mime.TypeByExtension(ext), contenu: contenu}
	if strings.HasPrefix(f.genre, "text/") || ext == ".svg" {
		var b bytes.Buffer
		if err := comprimer(&b, contenu); err == nil && b.Len() < len(contenu) {
			f.comprime = b.Bytes()
		}
	}
	s.fichiers[hache] = f
	s.noms[nom] = "/statique/" + hache
}

// Statique is the address of a static file.
func (p *Page) Statique(nom string) string { return lesStatiques().noms[nom] }

func servirStatique(w http.ResponseWriter, r *http.Request) {
	f, ok := lesStatiques().fichiers[strings.TrimPrefix(r.URL.Path, "/statique/")]
	if !ok {
		requeteDe(r.Context()).refuser(r, Introuvable)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", f.genre)
	h.Set("Vary", "Accept-Encoding")
	contenu := f.contenu
	if f.comprime != nil && accepteGzip(r) {
		h.Set("Content-Encoding", "gzip")
		contenu = f.comprime
	}
	h.Set("Content-Length", strconv.Itoa(len(contenu)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(contenu) // who has gone does not read an error either
}
