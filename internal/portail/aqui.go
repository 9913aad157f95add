package portail

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/suivi"
)

// aQui finds the suppliers whose thing an address names, "/demandes/ASP-…" or a page below; none for an address that names no such thing,
// or nothing that there is.
func (p *Portail) aQui(ctx context.Context, adresse string) ([]int64, error) {
	u, err := url.Parse(adresse)
	if err != nil {
		return nil, nil // not one of ours
	}
	genre, suite, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	nom, _, _ := strings.Cut(suite, "/")
	id, errID := strconv.ParseInt(nom, 10, 64)
	switch {
	case genre == "demandes":
		return p.aQuiDemande(ctx, nom)
	case genre == "depots":
		return p.aQuiDepot(ctx, nom)
	case genre == "lettres":
		r, err := p.lettres.Recue(ctx, p.base.Lire(), compte.Agence, nom)
		return un(err, lettre.ErrInconnue, func() int64 { return r.Fournisseur })
	case errID != nil:
		return nil, nil
	case genre == "courriers":
		k, err := p.courriers.Un(ctx, p.base.Lire(), courrier.Filtre{ID: id})
		return un(err, courrier.ErrInconnu, func() int64 { return k.Fournisseur })
	case genre == "messages":
		f, _, err := p.suivis.Fil(ctx, compte.Identite{}, id)
		return un(err, suivi.ErrInconnue, func() int64 { return f.Fournisseur })
	case genre == "contradictoires":
		return p.aQuiProcedure(ctx, id)
	}
	return nil, nil
}

func (p *Portail) aQuiDemande(ctx context.Context, nom string) ([]int64, error) {
	depotID, rang, ok := depot.LireNumeroASP(nom)
	if !ok {
		return nil, nil
	}
	d, err := p.suivis.Demande(ctx, compte.Agence, suivi.Cle{Depot: depotID, Rang: rang})
	return un(err, suivi.ErrInconnue, func() int64 { return d.Fournisseur })
}

func (p *Portail) aQuiDepot(ctx context.Context, nom string) ([]int64, error) {
	id, ok := depot.LireImpID(nom)
	if !ok {
		return nil, nil
	}
	f, err := p.depots.AQui(ctx, id)
	return un(err, depot.ErrInconnu, func() int64 { return f })
}

func (p *Portail) aQuiProcedure(ctx context.Context, id int64) (tous []int64, err error) {
	x, err := p.entendus.Procedure(ctx, p.base.Lire(), id)
	switch {
	case errors.Is(err, contradictoire.ErrInconnue):
		return nil, nil
	case err != nil:
		return nil, err
	}
	for _, y := range x.Parties {
		tous = append(tous, y.Fournisseur)
	}
	return tous, nil
}

// un is the supplier of a thing that was found; what there is not is nobody's.
func un(err, inconnu error, de func() int64) ([]int64, error) {
	switch {
	case errors.Is(err, inconnu):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return []int64{de()}, nil
}
