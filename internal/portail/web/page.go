package web

import (
	"net/http"
	"net/url"
	"reflect"
	"time"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Page is what all pages have: each page's own struct embeds it. NouvellePage makes one.
type Page struct {
	Formulaire

	Titre   modele.Texte // the only h1, and the title of the window
	Fil     []Lien       // the pages above this one
	Fait    modele.Texte // what has just been done, told once
	Repris  *Reprise     // what had been typed and comes back; nil for nothing
	Fige    bool         // the page holds what another address would lose: its foot does not offer another language
	Separes bool         // several forms can be typed in: each has its own button for the other language
	Perdus  []Tape       // what was typed into forms that the page has no longer
	Ton     string       // of Fait: TonErreur for a refusal
	Cadre   bool         // the page shows a file in a frame
	Langue  modele.Langue

	Visiteur *Visiteur // nil when nobody has signed in
	Agence   Agence
	chemin   *url.URL
	ecrit    formulaires
	retenus  []Tape
	dire     bool // Fait comes from the cookie, which has served
	absente  bool // there is nothing at its address, for who asks
}

// NouvellePage begins the page that answers r.
func NouvellePage(r *http.Request, titre modele.Texte, fil ...Lien) Page {
	q := requeteDe(r.Context())
	p := Page{Titre: titre, Fil: fil, Langue: q.langue, Agence: q.site.Agence, chemin: r.URL}
	if q.site.Visiteur != nil {
		qui := r.Context()
		if q.devenu != nil {
			qui = q.devenu
		}
		if v, ok := q.site.Visiteur(qui); ok {
			p.Visiteur = &v
		}
	}
	p.Fait, p.Ton, p.dire = lireDit(r)
	if r.Method == http.MethodGet {
		p.reprendre(r, q)
	} else if q.page != "" {
		p.chemin = &url.URL{Path: q.page} // what is posted has no page of its own
	}
	return p
}

// reprendre fills the page in with what had been typed.
func (p *Page) reprendre(r *http.Request, q *requete) {
	if q.rendu != nil {
		p.valeurs, p.Fautes = q.rendu, q.fautes
		return
	}
	if q.site.Reprise == nil {
		return
	}
	if x, ok := q.site.Reprise(r); ok {
		p.valeurs, p.Repris = x.Champs, &x
	}
}

func (p *Page) commune() *Page { return p }

// UnePage is a pointer to a page's struct, which embeds Page.
type UnePage interface{ commune() *Page }

// T is a text in the language of the page.
func (p *Page) T(fr, en string) string { return p.Tx(modele.Texte{Fr: fr, En: en}) }

// Tx is a pair in the language of the page, with the no-break spaces of French.
func (p *Page) Tx(t modele.Texte) string { return ecrit.Phrase(t, p.Langue) }

// Phrase is a text of the counter that came in the language of the page, with the no-break spaces of French.
func (p *Page) Phrase(t string) string {
	if p.Langue == modele.Francais {
		return ecrit.Francais(t)
	}
	return t
}

// Suspendu tells whether the supplier that the person acts for is suspended.
func (p *Page) Suspendu() bool { return p.Visiteur != nil && p.Visiteur.Suspendu }

// Administre tells whether the acts of a page that governs the agency are shown: not to who only reads it.
func (p *Page) Administre() bool { return p.Visiteur == nil || !p.Visiteur.LitSeul }

// Ici tells whether a link of the menu leads to this page.
func (p *Page) Ici(l Lien) bool { return p.chemin != nil && p.chemin.Path == l.Adresse && !p.absente }

// Chemin is the path of this very page.
func (p *Page) Chemin() string {
	if p.chemin == nil {
		return "/"
	}
	return p.chemin.Path
}

// EnLangue is the address of this very page in another language.
func (p *Page) EnLangue(nom string) string {
	if p.chemin == nil {
		return "?lang=" + nom
	}
	if p.chemin.RawQuery == "" {
		return local(p.chemin.EscapedPath()) + "?lang=" + nom
	}
	question := p.chemin.Query()
	question.Set("lang", nom)
	return local(p.chemin.EscapedPath()) + "?" + question.Encode()
}

// Jour is a date as people read it; "" for none.
func (p *Page) Jour(t time.Time) string { return p.Tx(Date(t)) }

// Instant is a time as people read it, in the time of Paris; "" for none.
func (p *Page) Instant(t time.Time) string { return p.Tx(Heure(t)) }

// Montant is an amount of cents as people read it.
func (p *Page) Montant(centimes int64) string { return Montant(centimes).In(p.Langue) }

// Nombre is a whole number as people read it.
func (p *Page) Nombre(n int64) string { return Nombre(n).In(p.Langue) }

// Compte says how many there are of something, with the word that agrees: .Compte 2 "demande" "demandes" "request" "requests".
func (p *Page) Compte(n any, fr, frs, en, ens string) string {
	return p.Tx(ecrit.Compter(reflect.ValueOf(n).Int(), modele.Texte{Fr: fr, En: en}, modele.Texte{Fr: frs, En: ens}))
}

// Taille is a number of bytes as people read it.
func (p *Page) Taille(octets int64) string { return Taille(octets).In(p.Langue) }
