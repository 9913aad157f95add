package portail

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/bilan"
	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/examen"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// assemblerAgence makes the rooms of the agency.
func (p *Portail) assemblerAgence() {
	p.lettres = lettre.Nouveau(lettre.Config{
		Base: p.base, Fichiers: p.fichiers, Maintenant: p.Maintenant, Adresse: p.Adresse, Agence: p.signataire(), Recours: p.Delais.Recours, Tribunal: p.Delais.Tribunal,
		NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, Valideurs: p.valideurs,
		Vive: p.decisionVive, Toucher: p.retoucher, Destinataires: p.comptes.Destinataires, Annoncer: p.annoncerLettre,
		Entendu: func(ctx context.Context, q db.Lecteur, c etat.Cle) (modele.Texte, error) {
			return p.entendus.Entendu(ctx, q, c)
		},
	})
	p.courriers = courrier.Nouveau(courrier.Config{
		Base: p.base, Fichiers: p.fichiers, Maintenant: p.Maintenant, Adresse: p.Adresse, Delais: p.Delais, Lettres: p.lettres,
		NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, Terme: p.suivis.AuTerme(),
	})
	p.decisions = decision.Nouveau(decision.Config{Base: p.base, Maintenant: p.Maintenant, Repit: p.Repit, Changer: p.changer, Inexact: inexact,
		Lettres: decision.Lettres{Version: p.lettres.Version, Figer: p.lettres.Figer, Preparer: p.lettres.Preparer, Envoyer: p.lettres.Envoyer, Dire: p.lettres.Dire}})
	p.examens = instruction.Nouveau(instruction.Config{
		Base: p.base, Maintenant: p.Maintenant, Delais: p.Delais, Bail: p.Bail, Rappels: p.Rappels, RefusSansReponse: p.RefusSansReponse,
		NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, Changer: p.changer, Agents: p.agents,
		Decisions: p.decisions, Lire: p.lireDossier, Ouvrir: p.ouvrirPiece, Lettre: p.lettreDe, Modification: p.modificationDe,
		OuvrirBalises: func(ctx context.Context, tx *sql.Tx, c etat.Cle, pointeurs []string) error {
			return p.suivis.Ouvrir(ctx, tx, c, pointeurs)
		},
		Relever: p.relever, Registres: p.jeuActuel,
		Rappeler: func(ctx context.Context, tx *sql.Tx, r instruction.Relance) error {
			return p.suivis.Rappeler(ctx, tx, r.Fournisseur, r.Cle, r.Limite)
		},
		EnLot:    lot.Pour,
		Opinions: func(ctx context.Context, c etat.Cle) ([]instruction.Opinion, error) { return p.avis.Opinions(ctx, c) },
	})
	p.avis = avis.Nouveau(p.configAvis())
	p.assemblerEntendus()
	p.lots = lot.Nouveau(lot.Config{Base: p.base, Log: p.Log, Maintenant: p.Maintenant, Examens: p.examens, Decisions: p.decisions, Agent: p.agent})
	p.livres = &comptabilite.Service{Base: p.base, NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP}
	p.bilan = bilan.Nouveau(bilan.Config{Base: p.base, Etats: p.etats, Maintenant: p.Maintenant, NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, Agents: p.agents})
}

// signataire is the agency as letters name it: without what nobody has set, unless all is an example.
func (p *Portail) signataire() web.Agence {
	a := p.Agence
	if p.Scene == nil {
		for nom, t := range map[string]*string{"agence-nom": &a.Nom, "agence-adresse": &a.Adresse} {
			if slices.Contains(p.Fictifs, nom) {
				*t = ""
			}
		}
	}
	return a
}

// recontroler makes the controls of a deposit on a demande that was corrected.
func (p *Portail) recontroler(ctx context.Context, fournisseur, id int64, demande []byte, l modele.Langue) (*suivi.Recontrole, error) {
	x, err := p.depots.Recontroler(ctx, fournisseur, id, demande, l)
	if err != nil {
		return nil, err
	}
	return &suivi.Recontrole{Montant: x.Apercu.Montant, OG: x.Apercu.OG, ESMS: x.ESMS, Anomalies: x.Anomalies}, nil
}

// agents lists the people of the agency who have one of these roles.
func (p *Portail) agents(ctx context.Context, q db.Lecteur, r etat.Role) (agents []instruction.Agent, err error) {
	membres, err := p.comptes.MembresAgence(ctx, q, r)
	for _, m := range membres {
		agents = append(agents, instruction.Agent{Compte: m.Compte, Nom: m.Nom, Roles: m.Role.Fonctions()})
	}
	return agents, err
}

// agent is a person of the agency as it is now; without any role when there is no such person any longer.
func (p *Portail) agent(ctx context.Context, q db.Lecteur, compte int64) (instruction.Agent, error) {
	tous, err := p.agents(ctx, q, etat.Instructeur|etat.Valideur|etat.Comptable)
	for _, a := range tous {
		if a.Compte == compte {
			return a, err
		}
	}
	return instruction.Agent{Compte: compte}, err
}

// valideurs lists the people who may decide.
func (p *Portail) valideurs(ctx context.Context, q db.Lecteur) ([]compte.Membre, error) {
	return p.comptes.MembresAgence(ctx, q, etat.Valideur)
}

// changer leads demandes to a state.
func (p *Portail) changer(ctx context.Context, tx *sql.Tx, c etat.Changement) error {
	return p.suivis.Changer(ctx, tx, c)
}

// suivrePas tells the agency's rooms of the steps that demandes take.
func (p *Portail) suivrePas(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	if err := p.examens.Suivre(ctx, tx, pas); err != nil {
		return err
	}
	if err := p.avis.Suivre(ctx, tx, pas); err != nil {
		return err
	}
	if err := p.decisions.Suivre(ctx, tx, pas); err != nil {
		return err
	}
	if err := p.courriers.Suivre(ctx, tx, pas); err != nil {
		return err
	}
	return p.entendus.Suivre(ctx, tx, pas)
}

// toucher has the agency's people who have read a demande read it again.
func (p *Portail) toucher(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	return p.examens.Toucher(ctx, tx, c)
}

// etats counts the demandes of each state.
func (p *Portail) etats(ctx context.Context) (map[etat.Etat]bilan.Compte, error) {
	lus, err := p.suivis.Etats(ctx, compte.Agence)
	tous := map[etat.Etat]bilan.Compte{}
	for _, x := range lus {
		tous[x.Etat] = bilan.Compte{Nombre: x.Nombre, Montant: x.Montant}
	}
	return tous, err
}

// charge is who holds a demande; 0 for nobody.
func (p *Portail) charge(ctx context.Context, tx *sql.Tx, c etat.Cle) (int64, error) {
	d, err := p.examens.Dossier(ctx, tx, c)
	if errors.Is(err, instruction.ErrInconnu) { // it lacks documents
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return d.Agent, nil
}

// examinent are the people who examine.
func (p *Portail) examinent(ctx context.Context, q db.Lecteur) (comptes []int64, err error) {
	membres, err := p.comptes.MembresAgence(ctx, q, etat.Instructeur)
	for _, m := range membres {
		comptes = append(comptes, m.Compte)
	}
	return comptes, err
}

// notification is how often it is looked for decisions to notify, and answers to wait for no longer.
const notification = 20 * time.Second

// notifier tells suppliers of the decisions that can no longer be taken back, reminds them of what they are to answer, and tells the
// agency of what they said while nobody was in charge, and of opinions, until ctx ends.
func (p *Portail) notifier(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := p.decisions.Notifier(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "notification en échec", slog.String("cause", err.Error()))
		}
		if _, err := p.entendus.Relancer(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "relance en échec", slog.String("cause", err.Error()))
		}
		if _, err := p.examens.Relancer(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "relance en échec", slog.String("cause", err.Error()))
		}
		if err := p.suivis.Condenser(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "courriel à l'agence en échec", slog.String("cause", err.Error()))
		}
		if _, err := p.avis.Relancer(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "relance des avis en échec", slog.String("cause", err.Error()))
		}
		if _, err := p.avis.Dire(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "courriels des avis en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(notification):
		case <-ctx.Done():
		}
	}
}

// annonces is how often it is looked for mails that have waited for others.
const annonces = 5 * time.Second

// dire tells people of what they are told together, until ctx ends. What waited when the counter was last run with a window is told without one, too.
func (p *Portail) dire(ctx context.Context) {
	for ctx.Err() == nil {
		_, err := p.nouvelles.Dire(ctx)
		if err = errors.Join(err, p.nouvelles.Oublier(ctx)); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "courriels groupés en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(annonces):
		case <-ctx.Done():
		}
	}
}

// inexact says a step that cannot be taken to the people of the agency.
func inexact(err error) error {
	var r *suivi.Refus
	if !errors.As(err, &r) {
		return nil
	}
	return &decision.Refus{Texte: r.Texte()}
}

// lireDossier reads what a demande says and what became of it, for the agency's sheet.
func (p *Portail) lireDossier(ctx context.Context, d *instruction.Dossier) (*instruction.Vue, error) {
	i, _ := compte.De(ctx)
	f, err := p.suivis.Feuille(ctx, i, d.Cle)
	if err != nil {
		return nil, err
	}
	v := &instruction.Vue{
		Groupes: f.Groupes, Illisible: f.Illisible, Demande: f.Montants.Demande, Plafond: f.Montants.Plafond, Calcul: f.Montants.Calcul, Depasse: f.Montants.Depasse,
	}
	for _, o := range f.Ouvrables {
		v.Ouvrables = append(v.Ouvrables, instruction.Ouvrable{Pointeur: o.Pointeur, Balise: o.Champ.Balise, Nom: o.Nom, Valeur: o.Valeur, Liees: o.Liees})
	}
	for _, x := range f.Corrections {
		v.Corrections = append(v.Corrections, instruction.Correction{Balise: x.Balise, Nom: x.Nom, Avant: x.Avant, Apres: x.Apres, Qui: ecrit.Nom(x.Qui), Instant: x.Instant})
	}
	for n, e := range f.Historique {
		v.Histoire = append(v.Histoire, instruction.Pas{Instant: e.Instant, Qui: auteur(e, web.Langue(ctx)), A: e.A, Motif: cmp.Or(e.Motif, e.Reprise().In(web.Langue(ctx))), Muet: n > 0 && e.Muet()})
	}
	for _, x := range f.Fils {
		v.Fils = append(v.Fils, web.Lien{Nom: modele.Texte{Fr: x.Sujet, En: x.Sujet}, Adresse: suivi.AdresseFil(x.ID)})
		v.Ecrits = append(v.Ecrits, instruction.Ecrit{Sujet: x.Sujet, Instant: x.Dernier})
	}
	if v.Courriers, err = p.courriersDe(ctx, d.Cle); err != nil {
		return nil, err
	}
	if v.Revue, err = p.revoir(ctx, d.Cle); err != nil && !f.Illisible {
		return nil, err
	}
	lus, err := p.recues.Lus(ctx, d.Fournisseur, d.Depot, d.Rang)
	if err != nil {
		return nil, err
	}
	v.Pieces, err = p.annoncees(ctx, d)
	if err != nil {
		return nil, err
	}
	for i := range v.Pieces {
		x := &v.Pieces[i]
		if lu, ok := lus[x.Type]; ok && x.Format != "" {
			x.SansTexte = !lu.Texte
			if x.Type == "BON_COMMANDE" {
				x.Indices = indices(d, lu)
			}
		}
	}
	return v, p.autresDocuments(ctx, d, v)
}

// indices are where the text of a document says what a demande says.
func indices(d *instruction.Dossier, lu examen.Lu) []instruction.Indice {
	numero := ecrit.Visible(d.Numero)
	tous := []instruction.Indice{
		{Nom: modele.Texte{Fr: "Montant hors taxe", En: "Amount before tax"}, Page: lu.Montant},
		{Nom: modele.Texte{Fr: "Mention de la prise en charge", En: "Sentence on the funding"}, Page: lu.Mention},
		{Nom: modele.Texte{Fr: "Date de la commande", En: "Date of the order"}, Page: lu.Date},
		{Nom: modele.Texte{Fr: "numeroEditeur " + numero, En: "numeroEditeur " + numero}, Page: lu.Numero},
	}
	for _, f := range lu.FINESS {
		n := ecrit.Visible(f.Numero)
		tous = append(tous, instruction.Indice{Nom: modele.Texte{Fr: "FINESS " + n, En: "FINESS " + n}, Page: f.Page})
	}
	return tous
}

// autresDocuments adds the documents that others have taken the place of, and those of the messages.
func (p *Portail) autresDocuments(ctx context.Context, d *instruction.Dossier, v *instruction.Vue) error {
	avant, err := p.recues.Anterieures(ctx, d.Fournisseur, d.Depot, d.Rang)
	if err != nil {
		return err
	}
	for _, a := range avant {
		v.Anterieures = append(v.Anterieures, instruction.Piece{Type: a.Type, Ordre: a.Ordre, Nature: pieces.Nature(a.Type), Nom: a.Nom, Format: a.Format, Recu: a.Recu})
	}
	jointes, err := p.suivis.Jointes(ctx, d.Cle)
	for _, j := range jointes {
		nature := modele.Texte{Fr: "Pièce jointe du fournisseur", En: "Attachment of the supplier"}
		if j.Agence {
			nature = modele.Texte{Fr: "Pièce jointe de l'agence", En: "Attachment of the agency"}
		}
		v.Jointes = append(v.Jointes, instruction.Piece{Adresse: j.Adresse(), Nature: nature, Nom: j.Nom, Format: j.Format, Recu: j.Instant})
	}
	return err
}

// auteur names who took a step.
func auteur(e suivi.Evenement, l modele.Langue) string {
	switch {
	case e.Qui != "":
		return ecrit.Nom(e.Qui)
	case e.Par == etat.Programme:
		return modele.Texte{Fr: "le guichet", En: "the counter"}.In(l)
	}
	return ""
}

// ouvrirPiece opens a document for the agency.
func (p *Portail) ouvrirPiece(ctx context.Context, d *instruction.Dossier, typ string, ordre int) (*instruction.Piece, io.ReadSeekCloser, error) {
	x, f, err := p.ouvrirVersion(ctx, d, typ, ordre)
	if errors.Is(err, pieces.ErrInconnu) {
		return nil, nil, instruction.ErrInconnu
	}
	if err != nil {
		return nil, nil, err
	}
	return &instruction.Piece{Type: x.Type, Nom: x.Nom[strings.LastIndexByte(x.Nom, '/')+1:], Format: x.Format}, f, nil
}

func (p *Portail) ouvrirVersion(ctx context.Context, d *instruction.Dossier, typ string, ordre int) (pieces.Piece, *os.File, error) {
	if ordre > 0 {
		return p.recues.OuvrirAnterieure(ctx, d.Fournisseur, d.Depot, d.Rang, typ, ordre)
	}
	return p.recues.Ouvrir(ctx, d.Fournisseur, d.Depot, d.Rang, typ)
}

// travail is what waits for who examines, or decides.
func (p *Portail) travail(ctx context.Context, i compte.Identite) (liens []web.Lien, err error) {
	for _, x := range []struct {
		acces         web.Acces
		file          instruction.File
		un, plusieurs modele.Texte
	}{
		{web.Instructeur, instruction.APrendre, modele.Texte{Fr: "demande à prendre", En: "request to be taken"}, modele.Texte{Fr: "demandes à prendre", En: "requests to be taken"}},
		{web.Instructeur, instruction.Miennes, modele.Texte{Fr: "demande que vous tenez", En: "request that you hold"}, modele.Texte{Fr: "demandes que vous tenez", En: "requests that you hold"}},
		{web.Instructeur, instruction.Reponses, modele.Texte{Fr: "réponse reçue", En: "answer received"}, modele.Texte{Fr: "réponses reçues", En: "answers received"}},
		{web.Instructeur, instruction.Muettes, modele.Texte{Fr: "demande restée sans réponse", En: "request without an answer in time"}, modele.Texte{Fr: "demandes restées sans réponse", En: "requests without an answer in time"}},
		{web.Agent, instruction.Echeances, modele.Texte{Fr: "demande dont l'échéance est proche", En: "request whose deadline is near"}, modele.Texte{Fr: "demandes dont l'échéance est proche", En: "requests whose deadline is near"}},
		{web.Valideur, instruction.AValider, modele.Texte{Fr: "demande à valider", En: "request to be decided"}, modele.Texte{Fr: "demandes à valider", En: "requests to be decided"}},
	} {
		if !i.Peut(x.acces) {
			continue
		}
		n, err := p.examens.Compter(ctx, instruction.Filtre{File: x.file, Agent: i.Compte})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			liens = append(liens, web.Lien{Adresse: "/travail?file=" + string(x.file), Nom: auPlus(int64(n), x.un, x.plusieurs)})
		}
	}
	return liens, nil
}

// auPlus counts up to where lists are counted.
func auPlus(n int64, un, plusieurs modele.Texte) modele.Texte {
	if n <= instruction.MaxCompte {
		return ecrit.Compter(n, un, plusieurs)
	}
	plus := ecrit.Compter(instruction.MaxCompte, un, plusieurs)
	return modele.Texte{Fr: "plus de " + plus.Fr, En: "more than " + plus.En}
}
