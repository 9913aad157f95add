package portail

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/portail/antivirus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

func adresseDepot(id int64) string { return "/depots/" + depot.ImpID(id) }

// configPieces passes the room of documents what it needs of the others.
func (p *Portail) configPieces() pieces.Config {
	c := pieces.Config{
		Base: p.base, Fichiers: p.fichiers, Maintenant: p.Maintenant, Adresse: p.Adresse,
		Inserer: func(ctx context.Context, tx *sql.Tx, e pieces.Examen) error { return p.taches.Inserer(ctx, tx, e) },
		Limite:  p.suivis.LimitePieces,
		Toucher: func(ctx context.Context, tx *sql.Tx, id int64, rang int) error {
			return p.toucher(ctx, tx, etat.Cle{Depot: id, Rang: rang})
		},
		Ouverte:   func(mot string) bool { return etat.Etat(mot).Ouverte() },
		Completer: p.completer, Refuser: p.suivis.RefuserPiece, Vue: p.suivis.VueParAgence, Envoyer: p.envoyerPieces, Utilise: p.reference,
		ImpID: depot.ImpID, LireImpID: depot.LireImpID, NumeroASP: depot.NumeroASP, AdresseDepot: adresseDepot,
	}
	if a := p.analyser(); a != nil {
		c.Analyser = a
	}
	return c
}

// analyser looks for viruses, where a clamd is set.
func (p *Portail) analyser() antivirus.Analyser {
	if p.Clamd == "" {
		return nil
	}
	return antivirus.Clamd{Adresse: p.Clamd}.Analyser
}

// archives has the form of a deposit take archives, too: the room of documents keeps them.
func (p *Portail) archives() *depot.Archives {
	return &depot.Archives{
		MaxOctets: pieces.MaxEnvoi,
		Prendre: func(ctx context.Context, d *depot.Depot, qui compte.Identite, nom string, corps io.Reader) error {
			_, err := p.recues.Recevoir(ctx, pieces.Envoi{Fournisseur: d.Fournisseur, Compte: qui.Compte, Mandataire: qui.Mandataire, Depot: d.ID, Nom: nom, Corps: corps})
			var refus pieces.Refuse
			if errors.As(err, &refus) {
				return depot.Refuse{Texte: refus.Texte}
			}
			return err
		},
		Lister: func(ctx context.Context, d *depot.Depot) (jointes []depot.Jointe, err error) {
			toutes, err := p.recues.Archives(ctx, d.Fournisseur, d.ID)
			for _, a := range toutes {
				ton, mot := a.Mot()
				jointes = append(jointes, depot.Jointe{Nom: a.Titre(), Ton: ton, Mot: mot, Texte: a.Motif})
			}
			return jointes, err
		},
	}
}

// completer leads demandes whose documents are all there on.
func (p *Portail) completer(ctx context.Context, tx *sql.Tx, fournisseur, id int64, rangs []int) error {
	return p.suivis.Changer(ctx, tx, suivi.Changement{
		Fournisseur: fournisseur, Depot: id, Rangs: rangs, A: etat.Complete, Par: etat.Programme,
	})
}

// envoyerPieces writes to those people of a supplier who want to know of documents.
func (p *Portail) envoyerPieces(ctx context.Context, tx *sql.Tx, fournisseur int64, sujet, texte modele.Texte, page string) error {
	gens, err := p.comptes.Destinataires(ctx, tx, fournisseur, compte.CourrielIncompletes)
	for _, g := range gens {
		c := g.Annoncer(fournisseur, compte.CourrielIncompletes, compte.Courriel{Sujet: sujet.In(g.Langue), Texte: texte.In(g.Langue)}, compte.Ligne{Texte: sujet.In(g.Langue), Adresse: page})
		err = errors.Join(err, p.envoyer(ctx, tx, c))
	}
	return err
}

// piecesJointes lists the documents of a demande for its page. The agency has no page of documents yet: it is told
// what has come, without a link.
func (p *Portail) piecesJointes(ctx context.Context, fournisseur int64, c suivi.Cle) (jointes []suivi.PieceJointe, err error) {
	attendues, err := p.recues.Pieces(ctx, fournisseur, c.Depot, c.Rang)
	if err != nil {
		return nil, err
	}
	i, _ := compte.De(ctx)
	for _, a := range attendues {
		j := suivi.PieceJointe{Nom: a.Attendu, Type: a.Type, Motif: a.Motif}
		j.Ton, j.Etat = a.Situation()
		if i.Peut(web.Deposant) && etat.Etat(a.EtatDepot).Ouverte() {
			j.Envoyer = p.recues.AdressePiece(c.Depot, a)
		}
		if a.Etat == pieces.Recue && i.Peut(web.Lecteur) {
			j.Adresse = p.recues.AdressePiece(c.Depot, a)
		}
		jointes = append(jointes, j)
	}
	return jointes, nil
}

// examinateur does the jobs that examine archives.
type examinateur struct {
	river.WorkerDefaults[pieces.Examen]
	portail *Portail
}

// Work examines one archive.
func (e *examinateur) Work(ctx context.Context, job *river.Job[pieces.Examen]) error {
	err := e.portail.recues.Examiner(ctx, job.Args)
	if errors.Is(err, pieces.ErrTour) {
		return river.JobSnooze(time.Second) // behind what others have sent meanwhile
	}
	return err
}

// Timeout leaves the child process its own limit, and time to store what it found.
func (e *examinateur) Timeout(*river.Job[pieces.Examen]) time.Duration { return 10 * time.Minute }

// relirePieces has the documents of a demande read again, beside values that are corrected in the same transaction.
func (p *Portail) relirePieces(ctx context.Context, tx *sql.Tx, fournisseur int64, c suivi.Cle) error {
	if err := p.recues.Perimer(ctx, tx, c.Depot, c.Rang); err != nil {
		return err
	}
	return p.taches.Inserer(ctx, tx, pieces.Relecture{Fournisseur: fournisseur, Depot: c.Depot, Rang: c.Rang})
}

// relecteur does the jobs that read documents again.
type relecteur struct {
	river.WorkerDefaults[pieces.Relecture]
	portail *Portail
}

// Work reads those of one demande.
func (r *relecteur) Work(ctx context.Context, job *river.Job[pieces.Relecture]) error {
	return r.portail.recues.Relire(ctx, job.Args)
}

// Timeout leaves each of them the time of an examination.
func (r *relecteur) Timeout(*river.Job[pieces.Relecture]) time.Duration { return 10 * time.Minute }

// reference tells whether something of the counter refers to a kept file.
func (p *Portail) reference(ctx context.Context, sha string) (oui bool, err error) {
	err = p.base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM depot WHERE sha256 = $1)`, sha).Scan(&oui)
	for _, f := range []func(context.Context, string) (bool, error){p.recues.Reference, p.suivis.Reference, p.enrole.Reference, p.charges.Reference, p.lettres.Reference, p.courriers.Reference} {
		if oui || err != nil {
			return oui, err
		}
		oui, err = f(ctx, sha)
	}
	return oui, err
}
