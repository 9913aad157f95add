// Package web is what all pages of the counter have in common: routes and who may take them, the answer to
// what goes wrong, the layout, forms and their errors, languages, and the static files.
package web

import (
	"net/http"
	"net/url"
	"strings"

	"guichet/modele"
)

// Acces is who may take a route.
type Acces uint8

// The accesses. A supplier's roles hold each other: Proprietaire, Deposant, Lecteur.
const (
	Public Acces = iota
	Connecte
	Lecteur
	Deposant
	Proprietaire
	Agent // of the agency, whatever the role
	Instructeur
	Valideur
	Administrateur
	Controle // reads what governs the agency: administrators, and who audits
	Comptes  // reads the accounts: accountants, too
)

// Handler answers a request. An error becomes a page: Introuvable, Interdit or another *Refus the one it
// names, whatever else a 500 with a reference that the log has too. Nothing may be written before an error.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one way in: the pattern of http.ServeMux ("GET /depots/{depot}"), who may take it, what answers.
type Route struct {
	Motif  string
	Acces  Acces
	Servir Handler

	// Confirme asks who has signed in for the password and the second factor again, unless both were given lately.
	Confirme bool
	// Acte tells what this route does that cannot be taken back: it is done once who asks has read that. nil for a route that
	// does nothing of the kind. It may return nil for a request that will be refused.
	Acte func(r *http.Request) (*Acte, error)
	// Page is where the form of this route is shown, for one that posts elsewhere; "" for its own address.
	Page string
	// Pour says that the page is somebody's affair, for whom the person acts: who has chosen nobody chooses first. Each access over
	// Connecte says so, too.
	Pour bool
	// Soi says that a form concerns the person alone, for whomever that person acts.
	Soi bool

	// Corps is how many bytes of body are taken, 0 for maxFormulaire. A body that announces more is refused
	// before it is read, as is any while the disk has no room.
	Corps int64
	Trop  modele.Texte // the words of that refusal, "" for those that give Corps
}

// maxFormulaire is the body that a route takes when it does not say otherwise.
const maxFormulaire = 1 << 20

// Formulaire is the address of the page that has the form which a request posts.
func (r Route) Formulaire(req *http.Request) string {
	_, adresse, _ := strings.Cut(r.Motif, " ")
	if r.Page != "" {
		adresse = r.Page
	}
	parties := strings.Split(adresse, "/")
	for i, p := range parties {
		if nom, ok := strings.CutPrefix(p, "{"); ok {
			parties[i] = url.PathEscape(req.PathValue(strings.TrimSuffix(nom, "}")))
		}
	}
	return strings.Join(parties, "/")
}

func (r Route) maxCorps() int64 {
	if r.Corps > 0 {
		return r.Corps
	}
	return maxFormulaire
}

// trop refuses a body that is over Corps.
func (r Route) trop() *Refus {
	refus := tropGros(r.maxCorps())
	if r.Trop != (modele.Texte{}) {
		refus.Texte = r.Trop
	}
	return refus
}
