// Package demo loads a living example into an empty counter: suppliers, people, deposits of the past weeks in every
// state, documents, messages. All of it goes through the services that people's pages use, so that what it leaves
// is what use leaves. Everything in it is fictitious.
package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/enrolement"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/suivi"
	"guichet/modele"
)

// Guichet is the counter to load: its services, and its scene.
type Guichet struct {
	Base       *db.Base
	Scene      *Scene
	Comptes    *compte.Service
	Enrolement *enrolement.Service
	Depots     *depot.Service
	Pieces     *pieces.Service
	Suivi      *suivi.Service
	Examens    *instruction.Service
	Decisions  *decision.Service
	Lettres    *lettre.Service
	Avis       *avis.Service
	Registres  string // folder of the registers; "" to leave them alone
	Entendus   *contradictoire.Service
}

// Compte is somebody who can sign in to the demonstration.
type Compte struct {
	Courriel, MotDePasse string
	Role                 compte.Role
	Chez                 modele.Texte // for whom
}

// ErrOccupe says that the counter is not empty.
var ErrOccupe = errors.New("the counter is not empty")

// Charger loads the example, whose last day is today, and returns its accounts. ErrOccupe when somebody has begun
// to use the counter: nothing was changed then.
func Charger(ctx context.Context, g Guichet) ([]Compte, error) {
	premier, vide, err := g.Comptes.PremierAdministrateur(ctx)
	if err != nil || !vide {
		return nil, errors.Join(err, ErrOccupe)
	}
	p := &recit{Guichet: g, ctx: ctx, jour: g.Scene.Maintenant().UTC().Truncate(24 * time.Hour)}
	defer g.Scene.revenir()
	p.jouer(premier)
	if p.err != nil {
		return nil, fmt.Errorf("load the demonstration: %w", p.err)
	}
	return p.comptes, nil
}

// recit is the story that is played: it stops at the first error.
type recit struct {
	Guichet
	ctx                         context.Context
	err                         error
	jour                        time.Time // the last day, at midnight
	comptes                     []Compte
	agent                       compte.Identite // who sets the counter up
	instruit, decide, comptable compte.Identite
	deposant                    compte.Identite // of the first supplier
	examine, distribue          *depot.Depot    // what the agency is at, and what the other supplier has deposited
	silence                     int64           // a procedure whose supplier has not answered
	depuis                      map[string]int  // by software, how many demandes its files had
}

// jouer plays the weeks in their order: numbers and references follow the dates, as in real use.
func (p *recit) jouer(premier string) {
	p.depuis = map[string]int{}
	p.le(50, 9)
	p.registres()
	p.agent = p.ouvrir(premier, compte.Identite{
		Nom: "Agathe Exemple", Courriel: "agence@exemple.invalid", Role: compte.Administrateur, NomFournisseur: "Agence",
	})
	p.instruit = p.inviter(49, p.agent, compte.Instructeur, "Inès Exemple", "instruction@exemple.invalid")
	p.inviter(49, p.agent, compte.Instructeur, "Ivan Exemple", "collegue@exemple.invalid")
	p.decide = p.inviter(49, p.agent, compte.Valideur, "Victor Exemple", "decision@exemple.invalid")
	p.reglerLettres()
	p.comptable = p.inviter(49, p.agent, compte.Comptable, "Carole Exemple", "comptable@exemple.invalid")
	p.inviter(49, p.agent, compte.Controleur, "Conrad Exemple", "controle@exemple.invalid")
	e, d := p.enroler(editeur, 49), p.enroler(distributeur, 47)
	p.accorder(e)
	deposant := p.inviter(46, e, compte.Deposant, "Denis Exemple", "deposant@editeur.exemple.invalid")
	p.inviter(46, e, compte.Lecteur, "Lise Exemple", "lecteur@editeur.exemple.invalid")
	p.mandater(45, e, distributeur.SIRET)
	p.histoire(e, deposant, d)
	p.refuser(cooperative, 30)
	p.chezLeDistributeur(d)
	p.demander(jeunePousse, 1)
	p.logicielDePlus(e)
	p.correspondre(e, deposant, d)
	p.trancher(p.examine, maintenant, 0, 3)
	p.revoquer(maintenant, 0, p.silence)
	p.relancer()
}

// maintenant stands for the moment at which the example is loaded, where a day is expected.
const maintenant = -1

// le puts the clock at a day so many days ago, at an hour of UTC.
func (p *recit) le(jours, heure int) {
	if jours == maintenant {
		p.Scene.revenir()
		return
	}
	p.Scene.aller(p.jour.AddDate(0, 0, -jours).Add(time.Duration(heure) * time.Hour))
}

// rater keeps the first error, and tells whether there is one.
func (p *recit) rater(quoi string, err error) bool {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("%s: %w", quoi, err)
	}
	return p.err != nil
}

// motDePasse makes a password that can be typed: 80 random bits, in four words.
func motDePasse() string {
	t := strings.ToLower(rand.Text())
	return t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:16]
}
