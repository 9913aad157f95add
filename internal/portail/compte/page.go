package compte

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"sync"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// page is what all pages have.
type page struct {
	Titre  modele.Texte
	Fil    []fil // where the page stands
	Langue modele.Langue
	Fautes []*Faute
	Fait   modele.Texte
}

// fil is one step of the breadcrumb.
type fil struct {
	Nom     modele.Texte
	Adresse string
}

var filConnexion = fil{titreConnexion, "/connexion"}

// T is a text in the language of the page.
func (p page) T(fr, en string) string { return p.Tx(modele.Texte{Fr: fr, En: en}) }

// Tx is a pair in the language of the page.
func (p page) Tx(t modele.Texte) string { return t.In(p.Langue) }

// Instant is a time as people read it.
func (p page) Instant(t time.Time) string { return t.Format("02/01/2006 15:04") }

// Faute is what is wrong with a field, "" when nothing is.
func (p page) Faute(champ string) string {
	for _, f := range p.Fautes {
		if f.Champ == champ {
			return p.Tx(f.Texte)
		}
	}
	return ""
}

// champ is a text field.
type champ struct {
	ID, Nom, Valeur, Aide, Type, Autocomplete, Inputmode, Faute, DecritPar string
}

// Champ makes a field; genre is text, email, password, code or nombre.
func (p page) Champ(id, nom, valeur, aide, genre, autocomplete string) champ {
	c := champ{ID: id, Nom: nom, Valeur: valeur, Aide: aide, Type: genre, Autocomplete: autocomplete, Faute: p.Faute(id)}
	if genre == "code" || genre == "nombre" {
		c.Type, c.Inputmode = "text", "numeric"
	}
	if c.Faute != "" {
		c.DecritPar = id + "-faute"
	}
	if aide != "" {
		c.DecritPar += " " + id + "-aide"
	}
	return c
}

func (p *page) commun() *page { return p }

// unePage is a page's struct.
type unePage interface{ commun() *page }

func (s *Service) page(r *http.Request, titre modele.Texte, chemin ...fil) page {
	return page{Titre: titre, Fil: chemin, Langue: web.Langue(r.Context()), Fait: faits[r.URL.Query().Get("fait")]}
}

// faits says what was done, after a form.
var faits = map[string]modele.Texte{
	"sortie":     {Fr: "Vous êtes déconnecté.", En: "You have signed out."},
	"nouveau":    {Fr: "Le nouveau mot de passe est gardé : connectez-vous avec lui.", En: "The new password is kept: sign in with it."},
	"profil":     {Fr: "Vos choix sont enregistrés.", En: "Your choices are saved."},
	"session":    {Fr: "La session est terminée.", En: "The session has ended."},
	"sessions":   {Fr: "Les autres sessions sont terminées.", En: "The other sessions have ended."},
	"motdepasse": {Fr: "Le mot de passe est changé, les autres sessions sont terminées.", En: "The password is changed, the other sessions have ended."},
	"retrait":    {Fr: "C'est retiré.", En: "It is taken away."},
	"invitation": {Fr: "L'invitation est partie.", En: "The invitation is on its way."},
	"relance":    {Fr: "L'invitation est repartie, avec un nouveau lien.", En: "The invitation is on its way again, with a new link."},
	"role":       {Fr: "Le rôle est changé.", En: "The role is changed."},
	"mandat":     {Fr: "Le mandat est donné.", En: "The mandate is given."},
	"revocation": {Fr: "Le mandat est révoqué.", En: "The mandate has ended."},
}

//go:embed *.html
var fichiers embed.FS

var gabarits = sync.OnceValue(func() map[string]*template.Template {
	m := map[string]*template.Template{}
	noms, _ := fichiers.ReadDir(".")
	for _, n := range noms {
		if n.Name() != "parties.html" {
			m[n.Name()] = template.Must(template.ParseFS(fichiers, "parties.html", n.Name()))
		}
	}
	return m
})

func (s *Service) rendre(w http.ResponseWriter, r *http.Request, nom string, p unePage) error {
	return s.rendreEtat(w, r, http.StatusOK, nom, p)
}

func (s *Service) rendreEtat(w http.ResponseWriter, _ *http.Request, etat int, nom string, p unePage) error {
	var b bytes.Buffer
	if err := gabarits()[nom].ExecuteTemplate(&b, "cadre", p); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(etat)
	_, err := w.Write(b.Bytes())
	return err
}

// refuser shows a page again with what is to be mended.
func (s *Service) refuser(w http.ResponseWriter, r *http.Request, nom string, p unePage, err error) error {
	fautes, autre := s.fautes(err)
	if autre != nil {
		return autre
	}
	p.commun().Fautes = fautes
	return s.rendreEtat(w, r, etatDe(err), nom, p)
}

// etatDe is the status of a page that is shown again.
func etatDe(err error) int {
	var trop *TropEssais
	if errors.As(err, &trop) {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

func aller(w http.ResponseWriter, r *http.Request, adresse string) error {
	http.Redirect(w, r, adresse, http.StatusSeeOther)
	return nil
}

func ou(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func introuvable(err error) error { return fmt.Errorf("%w: %w", web.Introuvable, err) }
