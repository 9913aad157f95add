package contradictoire

import (
	"context"
	"errors"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/modele"
)

// Version and Lue are what the page was made of, and when: for who decides on it. A form that comes back from a lost session keeps its own.
func (p *pageProcedure) Version() int64 { return p.porte("version", p.P.Version) }

// Lue is when.
func (p *pageProcedure) Lue() int64 { return p.porte("lue", p.s.instant()) }

func (p *pageProcedure) porte(champ string, n int64) int64 {
	if p.Donne(champ) {
		return p.entier(champ)
	}
	return n
}

// entier is what no form of ours says as -1.
func (p *pageProcedure) entier(champ string) int64 {
	n, err := strconv.ParseInt(p.Valeur(champ), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// relire has the forms of a page that is shown again carry what it shows now.
func (p *pageProcedure) relire() {
	p.Poser("version", strconv.FormatInt(p.P.Version, 10))
	p.Poser("lue", strconv.FormatInt(p.s.instant(), 10))
}

// lueLe is when who acts has read the procedure.
func (p *pageProcedure) lueLe() time.Time { return db.Temps(max(p.entier("lue"), 0)) }

// relue is the page of an act that was not done, read anew: it tells how things stand after whoever was faster. A form that was sent twice
// is answered as the first time.
func (s *Service) relue(r *http.Request, avant *pageProcedure, cause error) (*pageProcedure, error) {
	p, err := s.page(r)
	if err != nil {
		return nil, err
	}
	p.Formulaire = avant.Formulaire
	fait, err := s.deja(r, p)
	if err != nil {
		return nil, err
	}
	switch {
	case fait:
		p.Fautes = nil
	case errors.Is(cause, ErrChangee):
		quoi, err := s.changee(r.Context(), p)
		if err != nil {
			return nil, err
		}
		p.Refuser("", "La procédure a changé depuis que vous l'avez lue ("+quoi.Fr+") : relisez-la, puis recommencez. Rien n'est fait.",
			"The procedure has changed since you read it ("+quoi.En+"): read it again, then try again. Nothing is done.")
	default:
		for _, t := range decision.Refuses(cause) {
			p.Refuser("", t.Fr, t.En)
		}
	}
	return p, nil
}

// refusee tells whether an act was refused, or came too late.
func refusee(err error) bool {
	var refus *decision.Refus
	return errors.As(err, &refus)
}

// changee says what became of the procedure since it was read, demande by demande.
func (s *Service) changee(ctx context.Context, p *pageProcedure) (modele.Texte, error) {
	var fr, en []string
	for _, v := range p.Parties {
		t, err := s.Examens.Changee(ctx, v.D, p.lueLe())
		if err != nil {
			return t, err
		}
		if t.Fr != "" {
			fr, en = append(fr, v.NumeroASP+" : "+t.Fr), append(en, v.NumeroASP+": "+t.En)
		}
	}
	if fr == nil {
		return modele.Texte{Fr: "son état, ou une réponse", En: "its state, or an answer"}, nil
	}
	return modele.Texte{Fr: strings.Join(fr, " ; "), En: strings.Join(en, "; ")}, nil
}

// deja tells whether who acts has done this very act, with the same content, since the procedure was read.
func (s *Service) deja(r *http.Request, p *pageProcedure) (bool, error) {
	x, moi := p.P, p.i.Compte
	switch path.Base(r.URL.Path) {
	case "decision":
		return (x.Etat == Decidee || x.Etat == Close) && x.DecidePar == moi && !x.Decide.Before(p.lueLe()) && x.Cause == "" && !maintenue(x), nil
	case "proposition":
		return x.Etat == Proposee && x.ProposePar == moi && !x.Propose.Before(p.lueLe()) && !slices.ContainsFunc(p.Parties, func(v vue) bool { return !p.proposeAinsi(v) }), nil
	case "cloture":
		return x.Etat == Close && x.Cause == p.Valeur("cloture") && !x.Clos.Before(p.lueLe()), nil
	case "renvoi":
		return s.mene(r, p, "renvoi", x.Etat == Ouverte || maintenue(x))
	case "reprise":
		return s.mene(r, p, "reprise", x.Etat == Proposee || x.Genre == Retrait && x.Etat == Ouverte)
	}
	return false, nil
}

// dejaOuverte is the procedure that who acts has just opened with the same form; 0 for none.
func (s *Service) dejaOuverte(r *http.Request, p *pageOuvrir, texte string) (int64, error) {
	x, err := s.De(r.Context(), s.Base.Lire(), p.D.Cle)
	if err != nil || x == nil || x.Genre != p.Genre || x.OuvertPar != qui(r).Compte || x.Texte != texte {
		return 0, err
	}
	autres := p.Valeurs("autre")
	for _, y := range x.Parties {
		if y.Cle != p.D.Cle && !slices.Contains(autres, y.NumeroASP) {
			return 0, nil
		}
	}
	if x.Genre == Contestation && len(x.Parties) != len(autres)+1 || x.Genre == Retrait && !decision.MemesMotifs(x.Motifs, p.Valeurs("motif")) {
		return 0, nil
	}
	return x.ID, nil
}

// mene tells whether who acts has led a demande of the procedure to where it is, for the reason in a field; et is what that wants.
func (s *Service) mene(r *http.Request, p *pageProcedure, champ string, et bool) (bool, error) {
	for _, v := range p.Parties {
		if !et || !v.Fin.IsZero() && p.EnCours() {
			continue
		}
		if mene, err := s.Examens.Mene(r.Context(), moi(r), v.D, p.Valeur(champ), p.lueLe()); mene || err != nil {
			return mene, err
		}
	}
	return false, nil
}

// maintenue tells whether the procedure has ended with an award that is kept.
func maintenue(p *Procedure) bool {
	return p.Genre == Retrait && p.Etat == Close && p.Parties[0].Issue == Maintien
}

// proposeAinsi tells whether what is proposed of a demande is what the form says.
func (p *pageProcedure) proposeAinsi(v vue) bool {
	n := v.NumeroASP
	switch d := v.Decision; {
	case !v.Fin.IsZero():
		return true
	case string(v.Issue) != p.Valeur("issue-"+n):
		return false
	case d == nil:
		return v.Issue == Maintien
	case d.Sens == decision.Attribution:
		return d.Montant == p.Centimes("montant-"+n) && d.Texte == p.Valeur("texte-"+n)
	default:
		return decision.MemesMotifs(d.Motifs, p.Valeurs("motif-"+n)) && d.Texte == p.Valeur("texte-"+n)
	}
}
