package suivi

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Filtre says which demandes of a supplier to list. Its zero fields ask for nothing.
type Filtre struct {
	Fournisseur int64
	Etat        etat.Etat
	Depot       int64
	Du, Au      time.Time // days, in the time of Paris, both included: when the file was deposited
	Texte       string    // a numeroASP or its beginning; a part of a numeroEditeur, of the FINESS of the OG, or of the file's name
}

// Demande is one row of a list.
type Demande struct {
	Cle
	Fournisseur   int64
	Numero        string // numeroEditeur
	Etat          etat.Etat
	Montant       int64 // montantSegurHT, cents
	Accorde       int64 // what was granted of it, cents, as long as an award holds; 0 otherwise
	ESMS          int
	OG            string
	Recu, Maj     time.Time
	Fichier       string // name of the deposited file
	SHA256        string
	Edition       string
	Debut, Fin    int64 // byte range in the file
	Deposant      int64 // account
	Mandataire    int64
	NumeroASP     string
	Type          string // avance, solde
	NumeroAns     string
	RaisonSociale string
	Echeance      Echeance
}

// Page is a part of a list, the newest demandes first.
type Page struct {
	Demandes []Demande
	Avant    *Cle // where the part before this one ends; nil at the beginning of the list
	Apres    *Cle // where the next part begins; nil at the end of the list
	// Partielle says that the search went no further, though there is room for more: it goes on with the next part.
	Partielle bool
}

// The bounds of a part: of what is looked at to find what is shown.
const (
	maxPage     = 200
	maxDepots   = 200
	maxParcours = 10_000
)

// Lister returns the n demandes after a place in the list, nil for its beginning; with retour, the n before it.
func (s *Service) Lister(ctx context.Context, f Filtre, place *Cle, retour bool, n int) (p *Page, err error) {
	n = min(max(n, 1), maxPage)
	r := requete{s: s, f: f, place: place, retour: retour, n: n}
	if p, err = r.executer(ctx); err != nil {
		return nil, fmt.Errorf("list the demandes: %w", err)
	}
	return p, nil
}

// requete is one part of a list being looked for.
type requete struct {
	db.Conditions // on demande d
	s             *Service
	f             Filtre
	place         *Cle
	retour        bool
	n             int

	borne   *Cle // nothing beyond it is looked at
	vide    bool // there can be no demande
	trouvee bool // the text is a whole number, which one demande has
}

func (r *requete) ordre() string {
	if r.retour {
		return "ASC"
	}
	return "DESC"
}

// cote compares with what comes after a place, in the direction that the part is read in.
func (r *requete) cote() string {
	if r.retour {
		return ">"
	}
	return "<"
}

func (r *requete) executer(ctx context.Context) (*Page, error) {
	r.Si("d.fournisseur_id = " + r.Arg(r.f.Fournisseur))
	for _, pas := range []func(context.Context) error{r.periode, r.texte, r.etat} {
		if err := pas(ctx); err != nil || r.vide {
			return &Page{}, err
		}
	}
	if r.f.Depot != 0 {
		r.Si("d.depot_id = " + r.Arg(r.f.Depot))
	}
	if r.place != nil {
		r.Si(fmt.Sprintf("(d.depot_id, d.rang) %s (%s, %s)", r.cote(), r.Arg(r.place.Depot), r.Arg(r.place.Rang)))
	}
	if err := r.parcourir(ctx); err != nil {
		return nil, err
	}
	demandes, err := r.lire(ctx)
	if err != nil {
		return nil, err
	}
	return r.page(demandes), nil
}

func (r *requete) inverse() string {
	if r.retour {
		return "<"
	}
	return ">"
}

// lire reads one demande more than the part has: whether there is a next part. Keys alone are looked for first:
// an index that holds them is then enough.
func (r *requete) lire(ctx context.Context) ([]Demande, error) {
	n := r.Arg(r.n + 1)
	return r.s.demandes(ctx, fmt.Sprintf(`SELECT d.fournisseur_id, d.depot_id, d.rang FROM demande d WHERE %s ORDER BY d.depot_id %s, d.rang %[2]s LIMIT %s`, r.Tout(), r.ordre(), n), r.ordre(), r.Args...)
}

func (r *requete) page(demandes []Demande) *Page {
	p := &Page{Partielle: len(demandes) <= r.n && r.borne != nil}
	suite := r.borne
	if len(demandes) > r.n {
		demandes = demandes[:r.n]
		fin := demandes[r.n-1].Cle // a copy: the slice is turned round below
		suite = &fin
	}
	debut := r.place
	if len(demandes) > 0 && debut != nil {
		premiere := demandes[0].Cle
		debut = &premiere
	}
	p.Demandes, p.Avant, p.Apres = demandes, debut, suite
	if r.retour {
		slices.Reverse(p.Demandes)
		p.Avant, p.Apres = suite, debut
	}
	return p
}

// devant tells whether a demande comes after another one in the order of deposits.
func devant(c, autre Cle) bool {
	return c.Depot > autre.Depot || c.Depot == autre.Depot && c.Rang > autre.Rang
}
