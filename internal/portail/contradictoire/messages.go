package contradictoire

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// ecrireA sends a mail to the people of a supplier who get its letters: nobody can refuse them.
func (s *Service) ecrireA(ctx context.Context, tx *sql.Tx, id, fournisseur int64, rediger func(l modele.Langue) compte.Courriel) error {
	gens, err := s.Destinataires(ctx, tx, fournisseur, compte.CourrielLettres)
	if err != nil {
		return err
	}
	for _, g := range gens {
		c := rediger(g.Langue)
		if err := s.Envoyer(ctx, tx, g.Annoncer(fournisseur, compte.CourrielLettres, c, compte.Ligne{Texte: c.Sujet, Adresse: adresse(id)})); err != nil {
			return fmt.Errorf("write a mail: %w", err)
		}
	}
	return nil
}

func adresse(id int64) string { return adresseListe + "/" + strconv.FormatInt(id, 10) }

// enjeu is what a supplier is heard on. Of the other one nothing is told but that there is one.
func (p *Procedure) enjeu(x *Partie) modele.Texte {
	if p.Genre == Retrait && p.Etat == Close {
		return modele.Texte{Fr: "L'agence a envisagé de retirer l'attribution de la demande " + x.NumeroASP + ".", En: "The agency has thought of withdrawing the award of request " + x.NumeroASP + "."}
	}
	if p.Genre == Retrait {
		return modele.Texte{Fr: "L'agence envisage de retirer l'attribution de la demande " + x.NumeroASP + ".", En: "The agency thinks of withdrawing the award of request " + x.NumeroASP + "."}
	}
	if p.Etat == Close {
		return modele.Texte{
			Fr: "Un autre fournisseur demandait aussi le financement d'ESMS de la demande " + x.NumeroASP + " : " + strings.Join(x.ESMS, ", ") + ".",
			En: "Another supplier asked for the funding of ESMS of request " + x.NumeroASP + ", too: " + strings.Join(x.ESMS, ", ") + ".",
		}
	}
	return modele.Texte{
		Fr: "Un autre fournisseur demande aussi le financement d'ESMS de la demande " + x.NumeroASP + " : " + strings.Join(x.ESMS, ", ") + ".",
		En: "Another supplier asks for the funding of ESMS of request " + x.NumeroASP + ", too: " + strings.Join(x.ESMS, ", ") + ".",
	}
}

// repondre says by when, and where.
func (s *Service) repondre(p *Procedure) modele.Texte {
	j := web.Date(p.Limite)
	return modele.Texte{
		Fr: "Avant qu'elle décide, vous pouvez présenter vos observations, avec des documents, au plus tard le " + j.Fr + ".\n\nLire sa lettre et répondre : " + s.Adresse + adresse(p.ID) + "\n",
		En: "Before it decides you may make your observations, with documents, no later than " + j.En + ".\n\nRead its letter and answer: " + s.Adresse + adresse(p.ID) + "\n",
	}
}

func (s *Service) courrielOuverture(p *Procedure, x *Partie, k *courrier.Courrier) func(modele.Langue) compte.Courriel {
	return func(l modele.Langue) compte.Courriel {
		sujet := modele.Texte{Fr: "Vos observations sont demandées : demande ", En: "Your observations are asked for: request "}
		dit, sur := s.Courriers.Dire(k)
		return compte.Courriel{Sujet: ecrit.Phrase(sujet, l) + x.NumeroASP, Texte: p.enjeu(x).In(l) + "\n" + s.repondre(p).In(l) + dit.In(l), Sur: sur}
	}
}

func (s *Service) courrielRappel(p *Procedure, x *Partie) func(modele.Langue) compte.Courriel {
	return func(l modele.Langue) compte.Courriel {
		sujet := modele.Texte{Fr: "Rappel : vos observations sont demandées, demande ", En: "Reminder: your observations are asked for, request "}
		return compte.Courriel{Sujet: ecrit.Phrase(sujet, l) + x.NumeroASP, Texte: p.enjeu(x).In(l) + "\n" + s.repondre(p).In(l)}
	}
}

// courrielFin tells a supplier that gets no letter of its own what became of a contestation.
func (s *Service) courrielFin(p *Procedure, x *Partie, cause string) func(modele.Langue) compte.Courriel {
	return func(l modele.Langue) compte.Courriel {
		sujet := modele.Texte{Fr: "Contestation close : demande ", En: "Contestation closed: request "}
		t := modele.Texte{Fr: "La demande " + x.NumeroASP + " garde son attribution.\n", En: "Request " + x.NumeroASP + " keeps its award.\n"}
		if cause != "" {
			c := causeDe(cause)
			t = modele.Texte{
				Fr: "La contestation d'ESMS qui concernait la demande " + x.NumeroASP + " est close, sans décision.\n\n" + ecrit.Citer(c.Fr) + "\n",
				En: "The contestation of ESMS that concerned request " + x.NumeroASP + " is closed, without a decision.\n\n" + ecrit.Citer(c.En) + "\n",
			}
		}
		voir := modele.Texte{Fr: "\nVoir : ", En: "\nSee: "}
		return compte.Courriel{Sujet: ecrit.Phrase(sujet, l) + x.NumeroASP, Texte: t.In(l) + voir.In(l) + s.Adresse + adresse(p.ID) + "\n"}
	}
}
