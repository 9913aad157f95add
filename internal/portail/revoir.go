package portail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"guichet/diag"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/referentiel"
)

// jeuActuel names the registers of the moment; "" for none.
func (p *Portail) jeuActuel(ctx context.Context) string {
	_, versions := p.charges.Actuels(ctx)
	if len(versions) == 0 {
		return ""
	}
	h := sha256.New()
	for _, n := range referentiel.Noms() {
		fmt.Fprintln(h, n, versions[n])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// veille is how often it is looked for demandes whose remarks are to be looked for: new ones, and all of them once a register has changed.
const veille = 10 * time.Second

// veiller keeps the remarks on the demandes of the queue those of the registers of the moment, until ctx ends.
func (p *Portail) veiller(ctx context.Context) {
	if err := p.examens.Completer(ctx); err != nil && ctx.Err() == nil {
		p.Log.ErrorContext(ctx, "échéances en échec", slog.String("cause", err.Error()))
	}
	for ctx.Err() == nil {
		if _, err := p.examens.Revoir(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "alertes en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(veille):
		case <-ctx.Done():
		}
	}
}

// relever counts the remarks on a demande as it stands.
func (p *Portail) relever(ctx context.Context, c etat.Cle) (map[string]int, error) {
	octets, err := p.suivis.Octets(ctx, c)
	if errors.Is(err, suivi.ErrIllisible) {
		err = errors.Join(instruction.ErrIllisible, err)
	}
	if err != nil {
		return nil, err
	}
	return p.depots.Relever(ctx, c, octets)
}

// revoir is what the registers say of a demande, those of its deposit's day and those of now, and who else asks for its ESMS.
func (p *Portail) revoir(ctx context.Context, c etat.Cle) (r instruction.Revue, err error) {
	octets, err := p.suivis.Octets(ctx, c)
	if err != nil {
		return r, err
	}
	alors, maintenant, err := p.depots.Revoir(ctx, c, octets, web.Langue(ctx))
	if err != nil {
		return r, err
	}
	r.Alors, r.Maintenant, r.NonVerifies, r.ESMS = alors.Registres, maintenant.Registres, maintenant.NonVerifies, len(maintenant.ESMS)
	r.Alertes = confronter(alors.Alertes, maintenant.Alertes)
	trouves, err := p.depots.Reclamants(ctx, c, maintenant.ESMS, 20*instruction.MaxAutres)
	if err != nil {
		return r, err
	}
	var siennes []instruction.Reclamation
	var demandes []etat.Cle
	esms := map[string]bool{}
	for _, x := range trouves {
		esms[x.FINESS] = true
		if !slices.Contains(demandes, x.Cle) {
			if len(demandes) == instruction.MaxAutres {
				r.AutresTrop = true
				continue
			}
			demandes = append(demandes, x.Cle)
		}
		siennes = append(siennes, instruction.Reclamation{FINESS: x.FINESS, Cle: x.Cle})
	}
	r.ESMSDemandeAilleurs = len(esms)
	r.Autres, err = p.examens.Autres(ctx, siennes)
	return r, err
}

// confronter puts what two controls say of the same place beside each other.
func confronter(alors, maintenant []diag.Diagnostic) (alertes []instruction.Alerte) {
	places := map[string]int{}
	poser := func(d diag.Diagnostic, dire func(a *instruction.Alerte)) {
		cle := d.Code + " " + d.Pointeur
		i, connue := places[cle]
		if !connue {
			i = len(alertes)
			places[cle] = i
			a := instruction.Alerte{Code: d.Code, Balise: d.Balise, Aide: d.Aide}
			if d.Valeur != nil {
				a.Declare = diag.Neutralize(*d.Valeur)
			}
			alertes = append(alertes, a)
		}
		dire(&alertes[i])
	}
	for _, d := range maintenant {
		poser(d, func(a *instruction.Alerte) { a.Maintenant = d.Message })
	}
	for _, d := range alors {
		poser(d, func(a *instruction.Alerte) { a.Alors = d.Message })
	}
	return alertes
}
