package suivi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
)

// unFournisseur is a supplier whose demandes the agency may look at: how many it has, and where.
type unFournisseur struct {
	id      int64
	Nom     string
	Nombre  int64
	Adresse string
}

// proposer has the agency choose a supplier, page by page, among those that have demandes in a state when one is asked for.
func (s *Service) proposer(r *http.Request, p *pageListe, e etat.Etat) error {
	n, _ := strconv.Atoi(r.URL.Query().Get("page")) // what is no number is the first page
	n = max(0, min(n, maxParcours))
	tous, err := s.fournisseurs(r.Context(), p.Formulaire.Valeur("q"), e, n)
	if err != nil {
		return err
	}
	ou := func(n int) string {
		q := filtres(r.URL.Query())
		q.Set("page", strconv.Itoa(n))
		return "/demandes?" + q.Encode()
	}
	var avant, apres string
	if n > 0 {
		avant = ou(n - 1)
	}
	if len(tous) > parPage {
		tous, apres = tous[:parPage], ou(n+1)
	}
	p.Tous, p.Suite = tous, p.Page.Suite(avant, apres, "")
	return nil
}

// lesFournisseurs is the query of a page of suppliers: which they are is read from their index alone.
const lesFournisseurs = `SELECT f.id, f.raison_sociale, CAST(COALESCE((SELECT SUM(n.nombre) FROM demande_etat n
		WHERE n.fournisseur_id = f.id AND (CAST($1 AS TEXT) = '' OR n.etat = $1)), 0) AS BIGINT)
	FROM fournisseur f WHERE f.id IN (SELECT g.id FROM fournisseur g
		WHERE (CAST($1 AS TEXT) = '' OR g.id IN (SELECT n.fournisseur_id FROM demande_etat n WHERE n.etat = $1 AND n.nombre > 0))
		AND ($2 = '%%' OR g.cherche LIKE $2 ESCAPE '\' OR $3 <> '' AND g.siret LIKE $3 ESCAPE '\')
		ORDER BY g.cherche, g.id LIMIT $4 OFFSET $5) ORDER BY f.cherche, f.id`

func argsFournisseurs(texte string, e etat.Etat, page int) []any {
	return []any{string(e), ecrit.Motif(texte), ecrit.MotifNumero(texte), parPage + 1, parPage * page}
}

// fournisseurs lists a page of the suppliers whose demandes the agency may look at, and one more when there is one: those that
// have a text in their name or their SIRET, and demandes in a state, when one is asked for.
func (s *Service) fournisseurs(ctx context.Context, texte string, e etat.Etat, page int) ([]unFournisseur, error) {
	liste, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, x *unFournisseur) error {
		return l.Scan(&x.id, &x.Nom, &x.Nombre)
	}, lesFournisseurs, argsFournisseurs(texte, e, page)...)
	if err != nil {
		return nil, fmt.Errorf("list the suppliers: %w", err)
	}
	for i := range liste {
		q := url.Values{"fournisseur": {strconv.FormatInt(liste[i].id, 10)}}
		if e != "" {
			q.Set("etat", string(e))
		}
		liste[i].Adresse = "/demandes?" + q.Encode()
	}
	return liste, nil
}
