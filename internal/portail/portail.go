// Package portail is the counter: it opens what its features need, passes each what it needs of the others,
// and answers for all routes.
package portail

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/http"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/riverqueue/river"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/avis"
	"guichet/internal/portail/bilan"
	"guichet/internal/portail/brouillon"
	"guichet/internal/portail/coffre"
	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/lot"
	"guichet/internal/portail/nouvelles"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/registres"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/tache"
	"guichet/internal/portail/traces"
	"guichet/internal/portail/web"
	"guichet/modele/ms1dui"
	"guichet/referentiel"
)

// Portail is a counter that is open.
type Portail struct {
	Config
	base      *db.Base
	coffre    *coffre.Coffre
	fichiers  *fichier.Magasin
	controles *brouillon.Magasin // files that are controlled, and not deposited
	poste     *courriel.Poste
	taches    *tache.Taches
	comptes   *compte.Service
	depots    *depot.Service
	suivis    *suivi.Service
	enrole    *enrolement.Service
	recues    *pieces.Service
	charges   *registres.Service
	examens   *instruction.Service
	decisions *decision.Service
	lots      *lot.Service
	bilan     *bilan.Service
	livres    *comptabilite.Service
	lettres   *lettre.Service
	courriers *courrier.Service
	nouvelles *nouvelles.Service
	avis      *avis.Service
	entendus  *contradictoire.Service
	traces    *traces.Service
	arbre     *journal.Arbre
	registre  *prometheus.Registry
	disque    *disque
	site      http.Handler

	pageAccueil web.Fixe
}

// Ouvrir opens the counter. The schema is brought up to date; jobs begin with Demarrer. demo.ErrOccupe, and nothing
// changed, when a demonstration is asked of the database of a real counter.
func Ouvrir(ctx context.Context, c Config) (p *Portail, err error) {
	if c.Scene != nil {
		c.Maintenant, c.SMTP = c.Scene.Maintenant, courriel.Serveur{}
	}
	c.Delais = cmp.Or(c.Delais, accuse.Usuels)
	p = &Portail{Config: c, disque: c.disque(), registre: prometheus.NewRegistry(), pageAccueil: web.Fixe{Jeu: pages(), Nom: "accueil.html"}}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Fermer(ctx))
		}
	}()
	if p.base, err = c.OuvrirBase(ctx); err != nil {
		return p, err
	}
	if c.Scene != nil {
		if err := reserver(ctx, p.base); err != nil {
			return p, err
		}
	}
	if err := Migrer(ctx, p.base); err != nil {
		return p, err
	}
	if err := p.ouvrirJournal(ctx); err != nil {
		return p, err
	}
	if p.fichiers, err = fichier.Ouvrir(filepath.Join(c.Donnees, "fichiers")); err != nil {
		return p, err
	}
	if p.controles, err = brouillon.Ouvrir(filepath.Join(c.Donnees, "controles"), depot.BornesControles, c.Maintenant); err != nil {
		return p, err
	}
	c.Expediteur.Pour, c.Expediteur.Contact, c.Expediteur.Site = c.Agence.Nom, c.Agence.Contact(), c.Adresse
	if p.poste, err = courriel.Ouvrir(c.Expediteur, c.SMTP, filepath.Join(c.Donnees, "courriels"), c.Maintenant); err != nil {
		return p, err
	}
	return p, p.assembler(ctx)
}

// Migrer brings the schema of a database up to date, that of jobs included.
func Migrer(ctx context.Context, b *db.Base) error {
	if _, err := b.Migrer(ctx); err != nil {
		return err
	}
	if err := journal.Sceller(ctx, b); err != nil {
		return err
	}
	return tache.Migrer(ctx, b)
}

// assembler makes the features, and passes each what it needs of the others.
func (p *Portail) assembler(ctx context.Context) (err error) {
	if p.coffre, err = p.ouvrirCoffre(ctx); err != nil {
		return err
	}
	ouvriers := river.NewWorkers()
	river.AddWorker(ouvriers, p.poste.Ouvrier(p.base, p.coffre, p.rediger, p.presse))
	river.AddWorker(ouvriers, &examinateur{portail: p})
	river.AddWorker(ouvriers, &relecteur{portail: p})
	if p.taches, err = tache.Nouveau(p.base, tache.Options{Log: p.Log, Ouvriers: ouvriers}); err != nil {
		return err
	}
	p.comptes = compte.Nouveau(compte.Config{Base: p.base, Coffre: p.coffre, Maintenant: p.Maintenant, Envoyer: p.envoyer, Adresse: p.Adresse, Agence: p.Agence, SansFacteur: p.Scene != nil, FacteurExige: p.FacteurExige, Federation: p.relation(), AQui: p.aQui, Tient: func(ctx context.Context, c int64) (int64, error) { return p.examens.Tient(ctx, c) }})
	if err := p.sceller(ctx); err != nil {
		return err
	}
	p.nouvelles = nouvelles.Nouveau(nouvelles.Config{
		Base: p.base, Maintenant: p.Maintenant, Adresse: p.Adresse, Fenetre: p.Ensemble, Destinataires: p.comptes.Destinataires,
		Ecrire: func(ctx context.Context, tx *sql.Tx, messages ...courriel.Message) error {
			return courriel.Ecrire(ctx, tx, p.taches, p.coffre, messages...)
		},
	})
	p.enrole = enrolement.Nouveau(enrolement.Config{
		Analyser: p.analyser(),
		Base:     p.base, Fichiers: p.fichiers, Comptes: p.comptes, Maintenant: p.Maintenant, Envoyer: p.envoyer, Adresse: p.Adresse,
		Freiner: nouveauFrein(p.Maintenant, maxEnrolements).freiner, FreinerPieces: nouveauFrein(p.Maintenant, maxPiecesEnrolement).freiner,
		Utilise: p.reference, SecondePersonne: p.SecondePersonne,
	})
	p.suivis = suivi.Nouveau(suivi.Config{
		Analyser: p.analyser(),
		Base:     p.base, Fichiers: p.fichiers, Maintenant: p.Maintenant, Adresse: p.Adresse, Delais: p.Delais,
		NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, LirePartieASP: depot.LirePartieASP, Modele: ms1dui.Edition,
		Destinataires: p.comptes.Destinataires, Envoyer: p.envoyer, Pieces: p.piecesJointes, AFaire: p.aFaire, Recontroler: p.recontroler,
		Reclamer: func(ctx context.Context, tx *sql.Tx, c etat.Cle, avant, apres []string) error {
			return p.depots.Reclamer(ctx, tx, c.Depot, c.Rang, avant, apres)
		},
		Attribuee: p.attribuee, Relire: p.relirePieces, Suivre: p.suivrePas, Toucher: p.toucher, Charge: p.charge, Examinent: p.examinent, Homonymes: p.comptes.Homonymes, RefusSansReponse: p.RefusSansReponse, Lettres: p.lettresDe, Courrier: p.courrierDe,
		Entendre: func(ctx context.Context, c etat.Cle) ([]web.Lien, error) { return p.entendus.Liens(ctx, c) },
		Referentiels: func(ctx context.Context) referentiel.Jeu {
			jeu, _ := p.charges.Actuels(ctx)
			return jeu
		},
		AdresseDepot: adresseDepot, AdressePieces: func(id int64) string { return adresseDepot(id) + "/pieces" },
	})
	p.assemblerAgence()
	if err := p.lettres.Livrer(ctx); err != nil {
		return err
	}
	p.charges = registres.Ouvrir(ctx, registres.Config{
		Dossier: p.DossierReferentiels(), Base: p.base, Fichiers: p.fichiers, Maintenant: p.Maintenant, Log: p.Log,
	})
	p.depots, err = depot.Ouvrir(ctx, depot.Options{
		Base: p.base, Fichiers: p.fichiers, Brouillons: p.controles, Maintenant: p.Maintenant, Registres: p.charges, Apres: p.apresDepot, Archives: p.archives(),
		Mentions: accuse.Mentions{Agence: p.Agence, Delais: p.Delais}, Adresse: p.Adresse,
		Incompletes: func(ctx context.Context, fournisseur int64) (int, error) {
			return p.recues.Incompletes(ctx, fournisseur)
		},
		Attente: func(ctx context.Context, d *depot.Depot) (depot.Attente, error) {
			b, err := p.recues.Bilan(ctx, d.Fournisseur, d.ID)
			return depot.Attente{Manquent: b.Manquent(), Ouvertes: b.Ouvertes}, err
		},
	})
	if err != nil {
		return err
	}
	p.recues = pieces.Nouveau(p.configPieces())
	p.traces = traces.Nouveau(traces.Config{Base: p.base, Log: p.Log, Maintenant: p.Maintenant, Duree: p.Traces})
	p.registre.MustRegister(&chiffres{p}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	p.site = web.Routeur(p.routes(), &web.Site{
		Maintenant: p.Maintenant, Log: p.Log, Mesures: p.registre, Limites: p.Limites, Adresse: p.Adresse, Agence: p.Agence, Textes: p.Textes,
		Expliquer: expliquer, Place: p.disque.assez, Identifier: p.comptes.Identifier, Proteger: p.comptes.Proteger, Visiteur: compte.Visiteur(menu), Reprise: p.comptes.Reprise, Tracer: p.traces.Noter,
	})
	return nil
}

// envoyer takes charge of a mail: a job of the transaction that it tells of, or something that waits for what else that person is told.
func (p *Portail) envoyer(ctx context.Context, tx *sql.Tx, c compte.Courriel) error {
	if p.Scene != nil {
		p.Scene.Recevoir(c)
	}
	if c.Annonce != nil && p.Ensemble > 0 {
		return p.nouvelles.Garder(ctx, tx, c)
	}
	return courriel.Ecrire(ctx, tx, p.taches, p.coffre, courriel.Message{
		A: c.A, Nom: c.Nom, Langue: courriel.Langue(c.Langue), Sujet: c.Sujet, Texte: c.Texte, Sur: c.Sur,
	})
}

// Handler answers for the whole site, to who asks behind the proxies that are trusted.
func (p *Portail) Handler() http.Handler { return p.Relais.Handler(p.site) }

// Demarrer begins the jobs and the upkeep, until ctx ends.
func (p *Portail) Demarrer(ctx context.Context) error {
	if err := p.taches.Demarrer(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	go p.entretenir(ctx)
	go p.integrer(ctx)
	go p.ancrer(ctx)
	go p.ranger(ctx)
	go p.arreterComptes(ctx)
	go p.notifier(ctx)
	go p.dire(ctx)
	go p.lots.Tourner(ctx)
	go p.veiller(ctx)
	return nil
}

// What one network may do in an hour without an account: drafts of enrolment that it begins, documents that it sends there.
const (
	maxEnrolements      = 20
	maxPiecesEnrolement = 100
)

// LienAdministrateur is the link that makes the first administrator; ok is false once there is one.
func (p *Portail) LienAdministrateur(ctx context.Context) (lien string, ok bool, err error) {
	return p.comptes.PremierAdministrateur(ctx)
}

// DossierCourriels is where mails are put, "" when they are sent.
func (p *Portail) DossierCourriels() string { return p.poste.Dossier() }

// Fermer ends the jobs and closes everything. Requests must have ended.
func (p *Portail) Fermer(ctx context.Context) (err error) {
	if p.taches != nil {
		err = p.taches.Arreter(ctx)
	}
	if p.base != nil {
		err = errors.Join(err, p.base.Fermer())
	}
	return err
}
