package essai

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/web"
)

// Matrice holds each route against each visitor: who may not see a thing is answered as for a thing that does
// not exist, word for word.
type Matrice struct {
	Routes    []web.Route
	Visiteurs []Visiteur
	Lignes    map[string]Ligne // by pattern, for each route with parameters, and those that say more of Qui
}

// Visiteur is one who tries all routes.
type Visiteur struct {
	Nom     string
	Groupe  string                   // whose things he sees: a supplier, the agency; "" for nobody, who has not signed in
	Acces   func(web.Acces) bool     // what his role lets him take; not asked of nobody
	Client  *Client                  // signed in
	Connait func(chemin string) bool // paths that he may see though they are another's; nil for none
	// Suspendu tells what the visitor could do if the agency had not suspended the supplier: it is told so, whatever the thing.
	Suspendu func(web.Acces) bool
}

// Ligne is the sample paths of a route with parameters.
type Ligne struct {
	Chemins map[string]string    // by group, the path of a thing of its own
	Absent  string               // the path of a thing that does not exist
	Qui     func(*Visiteur) bool // who may take it, beside the access of the route; nil for all
}

// Verifier asks for everything. Forms are sent, empty, only by those who may not: the others would act.
func (m Matrice) Verifier(t *testing.T) {
	t.Helper()
	for _, lacune := range m.Lacunes() {
		t.Error(lacune)
	}
	for _, route := range m.Routes {
		methode, chemin, _ := strings.Cut(route.Motif, " ")
		ligne, ok := m.Lignes[route.Motif]
		if !ok {
			ligne = Ligne{Chemins: map[string]string{"": strings.TrimSuffix(chemin, "{$}")}}
		}
		for _, v := range m.Visiteurs {
			for groupe, chemin := range ligne.Chemins {
				v.essayer(t, route, methode, essaye{chemin, groupe, ligne.Absent, ligne.Qui})
			}
		}
	}
}

// Lacunes lists the routes with parameters that have no row, and the rows that have no route.
func (m Matrice) Lacunes() (lacunes []string) {
	connus := map[string]bool{}
	for _, route := range m.Routes {
		connus[route.Motif] = true
		if _, ok := m.Lignes[route.Motif]; !ok && strings.Contains(strings.TrimSuffix(route.Motif, "{$}"), "{") {
			lacunes = append(lacunes, route.Motif+": a new route has no row in the matrix")
		}
	}
	for motif := range m.Lignes {
		if !connus[motif] {
			lacunes = append(lacunes, motif+": a row of the matrix has no route")
		}
	}
	return lacunes
}

// essaye is one path: whose thing it is ("" for nobody's in particular), and one that does not exist.
type essaye struct {
	chemin, groupe, absent string
	qui                    func(*Visiteur) bool
}

func (v Visiteur) essayer(t *testing.T, route web.Route, methode string, e essaye) {
	t.Helper()
	permis := route.Acces == web.Public || v.Groupe != "" && v.Acces(route.Acces) && v.voit(e) && (e.qui == nil || e.qui(&v))
	if permis && methode != http.MethodGet {
		return
	}
	r := v.Client.Demander(methode, e.chemin, formulaireVide(methode))
	qui := v.Nom + ", " + route.Motif + ", " + e.chemin
	switch {
	case permis:
		if r.Etat >= http.StatusInternalServerError || route.Acces != web.Public && r.Etat >= http.StatusBadRequest {
			t.Errorf("%s: status %d, and he may see it", qui, r.Etat)
		}
	case v.Groupe == "":
		if r.Etat != http.StatusSeeOther || !strings.HasPrefix(r.Entetes.Get("Location"), "/connexion") {
			t.Errorf("%s: status %d to %q, want to sign in", qui, r.Etat, r.Entetes.Get("Location"))
		}
	case v.Suspendu != nil && v.Suspendu(route.Acces) && !v.Acces(route.Acces):
		if r.Etat != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", qui, r.Etat)
		}
	default:
		v.commeAbsent(t, qui, r, methode, e)
	}
}

func (v Visiteur) voit(e essaye) bool {
	return e.groupe == "" || e.groupe == v.Groupe || v.Connait != nil && v.Connait(e.chemin)
}

// commeAbsent wants the answer to a thing that does not exist: the pages differ by their own address alone.
func (v Visiteur) commeAbsent(t *testing.T, qui string, r Reponse, methode string, e essaye) {
	t.Helper()
	if e.absent == "" {
		e.absent = "/nulle-part"
	}
	rien := v.Client.Demander(methode, e.absent, formulaireVide(methode))
	if r.Etat != http.StatusNotFound || rien.Etat != http.StatusNotFound {
		t.Errorf("%s: status %d, and %d where there is nothing; want 404", qui, r.Etat, rien.Etat)
		return
	}
	long, court := e.chemin, e.absent
	if len(long) < len(court) {
		long, court = court, long
	}
	sans := strings.NewReplacer(long, "", court, "")
	if sans.Replace(r.Corps) != sans.Replace(rien.Corps) {
		t.Errorf("%s: what may not be seen is told apart from what does not exist:\n%s", qui, r.Texte())
	}
}

func formulaireVide(methode string) url.Values {
	if methode == http.MethodPost {
		return url.Values{}
	}
	return nil
}
