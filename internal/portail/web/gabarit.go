package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"guichet/modele"
)

//go:embed gabarits/*.html
var fichiersGabarits embed.FS

// cadre is the layout and the parts of pages that all templates may use.
var cadre = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(fonctions).ParseFS(fichiersGabarits, "gabarits/*.html"))
})

// Jeu is the templates of one feature by the name of their file, each beside the layout.
type Jeu map[string]*Gabarit

// Gabarit is one template, in each language, and as it was read.
type Gabarit struct{ fr, en, lu *template.Template }

// Intact is the template of the whole page, in a language, as no answer has used it: the first answer changes the
// tree that a check looks at.
func (g *Gabarit) Intact(l modele.Langue) *template.Template { return enLangue(g.lu, l) }

// Cadre is the template of the whole page, in a language.
func (g *Gabarit) Cadre(l modele.Langue) *template.Template {
	if l == modele.Anglais {
		return g.en
	}
	return g.fr
}

// Gabarits reads the templates of a feature: each defines "contenu", what the page has below its title. The
// files named communs define parts that all of them may use. A template that does not parse is a programming
// error: it panics.
func Gabarits(fichiers fs.FS, communs ...string) Jeu {
	base := template.Must(cadre().Clone())
	if len(communs) > 0 {
		base = template.Must(base.ParseFS(fichiers, communs...))
	}
	noms, err := fs.Glob(fichiers, "*.html")
	if err != nil {
		panic(err)
	}
	jeu := Jeu{}
	for _, nom := range noms {
		if !slices.Contains(communs, nom) {
			entier := template.Must(template.Must(base.Clone()).ParseFS(fichiers, nom))
			jeu[nom] = &Gabarit{enLangue(entier, modele.Francais), enLangue(entier, modele.Anglais), entier}
		}
	}
	return jeu
}

func enLangue(entier *template.Template, l modele.Langue) *template.Template {
	copie := template.Must(entier.Clone())
	for _, t := range copie.Templates() {
		if t.Tree != nil {
			traduire(t.Tree.Root, l)
			adresser(t.Name(), t.Tree.Root)
			nommer(t.Name(), t.Tree.Root)
		}
	}
	montrer(copie, "cadre")
	return copie.Lookup("cadre")
}

// Montrer answers with a page: status 200, or 422 when the page has faults to mend.
func (j Jeu) Montrer(w http.ResponseWriter, r *http.Request, nom string, p UnePage) error {
	if len(requeteDe(r.Context()).fautes) > 0 {
		return j.MontrerEtat(w, r, http.StatusRequestEntityTooLarge, nom, p)
	}
	if len(p.commune().Fautes) > 0 {
		return j.MontrerEtat(w, r, http.StatusUnprocessableEntity, nom, p)
	}
	return j.MontrerEtat(w, r, http.StatusOK, nom, p)
}

// MontrerEtat answers with a page and a status. When the template fails nothing has been written.
func (j Jeu) MontrerEtat(w http.ResponseWriter, r *http.Request, etat int, nom string, p UnePage) error {
	g, ok := j[nom]
	if !ok {
		return fmt.Errorf("there is no template %s", nom)
	}
	b := tampons.Get().(*bytes.Buffer)
	defer rendreTampon(b)
	if err := g.ecrire(b, p); err != nil {
		return fmt.Errorf("make the page %s: %w", nom, err)
	}
	h := w.Header()
	if p.commune().Cadre {
		h.Set("Content-Security-Policy", politiqueCadre)
	}
	if p.commune().dire {
		poserDit(w, r, "", -1)
	}
	h["Content-Type"] = typeHTML
	return envoyer(w, r, etat, b.Bytes())
}

// ecrire makes a page; once more with what was typed into forms that it turned out not to have.
func (g *Gabarit) ecrire(b *bytes.Buffer, p UnePage) error {
	cadre := g.Cadre(p.commune().Langue)
	if err := cadre.Execute(b, p); err != nil || !p.commune().perdre() {
		return err
	}
	b.Reset()
	return cadre.Execute(b, p)
}

// Fixe is a page that says the same to everybody who has not signed in: it is made once for each language.
type Fixe struct {
	Jeu Jeu
	Nom string // of the template

	prets [2]atomic.Pointer[pret] // by language
}

// pret is a page that is ready, and compressed.
type pret struct{ clair, comprime []byte }

// Montrer answers with the page; to who has signed in, or is told something, with one made for the occasion.
func (f *Fixe) Montrer(w http.ResponseWriter, r *http.Request, p UnePage) error {
	c := p.commune()
	if c.Visiteur != nil || c.dire || c.valeurs != nil || r.URL.RawQuery != "" {
		return f.Jeu.Montrer(w, r, f.Nom, p)
	}
	fait := &f.prets[0]
	if c.Langue == modele.Anglais {
		fait = &f.prets[1]
	}
	if fait.Load() == nil {
		var clair, comprime bytes.Buffer
		if err := f.Jeu[f.Nom].Cadre(c.Langue).Execute(&clair, p); err != nil {
			return fmt.Errorf("make the page %s: %w", f.Nom, err)
		}
		if err := comprimer(&comprime, clair.Bytes()); err != nil {
			return err
		}
		fait.Store(&pret{clair.Bytes(), comprime.Bytes()})
	}
	h, contenu := w.Header(), fait.Load().clair
	h["Content-Type"], h["Vary"] = typeHTML, varie
	if accepteGzip(r) {
		h["Content-Encoding"], contenu = enGzip, fait.Load().comprime
	}
	ecrire(w, http.StatusOK, contenu)
	return nil
}

// Values of headers, which are not made anew for each answer.
var (
	typeHTML = []string{"text/html; charset=utf-8"}
	varie    = []string{"Accept-Encoding"}
	enGzip   = []string{"gzip"}
)

// ecrire writes an answer whole.
func ecrire(w http.ResponseWriter, etat int, contenu []byte) {
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(contenu))}
	w.WriteHeader(etat)
	_, _ = w.Write(contenu) // who has gone does not read an error either
}

var tampons = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxTampon is the largest buffer that is kept for the next page.
const maxTampon = 1 << 20

func rendreTampon(b *bytes.Buffer) {
	if b.Cap() <= maxTampon {
		b.Reset()
		tampons.Put(b)
	}
}

// envoyer writes a page that is ready, compressed when that pays and the browser takes it.
func envoyer(w http.ResponseWriter, r *http.Request, etat int, contenu []byte) error {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if len(contenu) >= minComprime && accepteGzip(r) {
		b := tampons.Get().(*bytes.Buffer)
		defer rendreTampon(b)
		if err := comprimer(b, contenu); err != nil {
			return err
		}
		contenu = b.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	ecrire(w, etat, contenu)
	return nil
}
