package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/internal/portail/relais"
	"guichet/modele"
)

// Site is what the pages need of the rest of the program. Maintenant and Log are always there; a site without
// Proteger has public pages alone.
type Site struct {
	Maintenant func() time.Time
	Log        *slog.Logger
	Mesures    prometheus.Registerer // nil: nobody measures
	Limites    Limites               // zero for LimitesOrdinaires

	// Adresse is where browsers find the site, without a slash at its end: "https://guichet.exemple.invalid".
	Adresse string
	Agence  Agence
	Textes  Textes

	// Expliquer finds the page for an error that is no fault of the program, nil for none; Place tells whether there is
	// room for what routes with a Corps take. Both may be nil.
	Expliquer func(error) *Refus
	Place     func() bool

	// Identifier finds out who makes a request; Proteger lets only those take a route who may; Visiteur says
	// who it is, for the head of the page.
	Identifier func(http.Handler) http.Handler
	Proteger   func(Route) Handler
	Visiteur   func(context.Context) (Visiteur, bool)
	// Reprise finds what a person had typed into the form of a page, when it could not be taken (may be nil).
	Reprise func(*http.Request) (Reprise, bool)

	// Tracer notes what security looks at; nil: nobody does.
	Tracer func(context.Context, Trace)
}

// Reprise is what was typed into a form that could not be taken, and comes back with its page.
type Reprise struct {
	Champs   url.Values
	Fichiers bool // files had been chosen: they are to be chosen again
}

// Agence is who runs the counter, as the foot of each page and each receipt say.
type Agence struct {
	Nom, Courriel, Telephone string
	Service                  string // in charge of the demandes
	Adresse                  string // by post, on one line
}

// Contact is how to reach it: "agence@exemple.invalid, +33 1 99 00 00 00"; "" where nothing is set.
func (a Agence) Contact() string {
	return strings.Trim(a.Courriel+", "+a.Telephone, ", ")
}

// Visiteur is the person who has signed in, as the head of each page says.
type Visiteur struct {
	Nom         string
	Fournisseur string // for whom the person acts
	Mandataire  string // who was given the mandate by which the person acts; "" without one
	Suspendu    bool   // the agency has suspended Fournisseur
	Touches     bool   // single keys act in the pages of the work
	LitSeul     bool   // of the agency, and governs nothing of it
	Agit        string // names the person and for whom, in the address of each form
	Role        modele.Texte
	Menu        []Lien   // the pages of every day, five at most
	Groupes     []Groupe // those about the company, and about the person
}

// Groupe is a menu that opens.
type Groupe struct {
	Nom   modele.Texte
	Liens []Lien
}

// Lien leads to another page.
type Lien struct {
	Nom     modele.Texte
	Adresse string
}

func (s *Site) limites() Limites {
	if s.Limites == (Limites{}) {
		return LimitesOrdinaires()
	}
	return s.Limites
}

func (s *Site) tls() bool { return enTLS(s.Adresse) }

func (s *Site) proteger(route Route) Handler {
	if s.Proteger != nil {
		return s.Proteger(route)
	}
	if route.Acces == Public {
		return route.Servir
	}
	return func(http.ResponseWriter, *http.Request) error { return Introuvable }
}

// requete is what is known of one request.
type requete struct {
	site      *Site
	reponse   *reponse
	entetes   []entete
	langue    modele.Langue
	reference string
	adresse   string      // of who asks
	page      string      // address of the page that has the form which is posted
	champs    url.Values  // what was typed into a form with files, as far as it has come
	longs     *Formulaire // that form
	fautes    []Faute     // what was too much of a form whose page is shown again; nil for none
	rendu     url.Values  // what was typed into a form whose page is shown again; nil for none
	revoir    func(context.Context) error
	devenu    context.Context // who makes the request is found in it, once that has changed meanwhile; nil before
}

// Revoir has a request looked at once more when a file that it sends has come: what a person may do can end while a large
// one is on its way. An error of f stands in place of the end of the file, which is thereby not whole.
func Revoir(ctx context.Context, f func(context.Context) error) { requeteDe(ctx).revoir = f }

// Devenir has the page that answers show who makes the request as another context has it: somebody may be signed out, or may do
// less, when what is sent has come.
func Devenir(ctx, devenu context.Context) { requeteDe(ctx).devenu = devenu }

// finir is the end of a file, or why it is none.
func finir(ctx context.Context) error {
	if q := requeteDe(ctx); q.revoir != nil {
		if err := q.revoir(ctx); err != nil {
			return err
		}
	}
	return io.EOF
}

// Reseau is the network that the request of a context comes from; that of nobody outside of one.
func Reseau(ctx context.Context) netip.Prefix {
	reseau, _ := relais.ReseauDAdresse(requeteDe(ctx).adresse)
	return reseau
}

type cleRequete struct{}

func requeteDe(ctx context.Context) *requete {
	q, _ := ctx.Value(cleRequete{}).(*requete)
	if q == nil {
		return &requete{site: &Site{}}
	}
	return q
}

// Reference names a request in the log.
func Reference(ctx context.Context) string { return requeteDe(ctx).reference }

// Langue is the language that a request is answered in.
func Langue(ctx context.Context) modele.Langue { return requeteDe(ctx).langue }
