package portail

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"guichet/internal/portail/accuse"
	"guichet/internal/portail/certificat"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/demo"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
)

// Config is what the counter is set to.
type Config struct {
	Donnees      string // folder of the received files, and of the SQLite database
	Base         string // postgres:// URL or path of an SQLite file; "" for portail.db in Donnees
	Cle          string // of the installation, in base64; "" for the file cle in Donnees
	Referentiels string // folder of the registers; "" for referentiels in Donnees
	Adresse      string // where browsers find the site, without a slash at its end
	Agence       web.Agence
	Fictifs      []string      // settings of Agence that are an example's: outside of a demonstration no letter goes out with them
	Delais       accuse.Delais // accuse.Usuels for the zero value
	Expediteur   courriel.Expediteur
	SMTP         courriel.Serveur
	MesuresJeton string        // opens /metrics of a site that others reach
	Clamd        string        // antivirus, unix:… or tcp:…; "" for none
	Limites      web.Limites   // zero for the ordinary ones
	Relais       relais.Relais // the proxies before it
	Reserve      int64         // room that uploads leave on the disk, in bytes; reserveUsuelle for 0
	Federation   federe.Config // the identity provider of the agency
	FacteurExige bool          // suppliers' people need a second factor, too
	Traces       time.Duration // that traces of security are kept; traces.DureeUsuelle for 0
	Ancres       string        // folder where heads of the journal are kept; "" for ancres in Donnees
	AncresChaque time.Duration // how often; a day for 0
	AncresA      []string      // who gets them by mail as well
	Log          *slog.Logger
	Certificat   certificat.Fichiers // none when the counter speaks HTTP, or ACME gets one
	ACME         certificat.ACME
	Maintenant   func() time.Time

	// Textes are what the agency says on the pages of the foot.
	Textes web.Textes

	// SecondePersonne asks for two people to accept what says where money is paid.
	SecondePersonne bool

	// Bail is how long a demande is kept for the agent who works on it, Repit how long a decision may be taken back before its
	// supplier is told: half an hour and an hour for 0.
	Bail, Repit time.Duration

	// Rappels are how many days before the last day to answer a supplier is reminded of what the agency asks for; RefusSansReponse has a
	// refusal proposed where it has not answered by then.
	Rappels          []int
	RefusSansReponse bool

	// Ensemble is within how long many mails to one person are told together; 0 for each at once.
	Ensemble time.Duration
	// DelaiAvis is how many days somebody has to give an opinion where who asks does not say; 10 for 0.
	DelaiAvis int

	// Observations is how many days a supplier has to answer before the withdrawal of its award; 15 for 0.
	Observations int

	// Libre is the room left on the disk of a folder, in bytes; nil asks the system.
	Libre func(dossier string) (uint64, error)

	// Scene makes the counter a demonstration, which Demontrer fills: its clock is the scene's, no mail leaves this
	// machine, and nobody needs a second factor. nil for a real counter.
	Scene *demo.Scene
}

// AdresseBase is where the database is.
func (c *Config) AdresseBase() string {
	if c.Base != "" {
		return c.Base
	}
	return filepath.Join(c.Donnees, "portail.db")
}

// DossierReferentiels is where the registers are.
func (c *Config) DossierReferentiels() string {
	if c.Referentiels != "" {
		return c.Referentiels
	}
	return filepath.Join(c.Donnees, "referentiels")
}

// DossierAncres is where heads of the journal are kept.
func (c *Config) DossierAncres() string {
	if c.Ancres != "" {
		return c.Ancres
	}
	return filepath.Join(c.Donnees, "ancres")
}

// OuvrirBase opens the database, and makes the folder of the counter first.
func (c *Config) OuvrirBase(ctx context.Context) (*db.Base, error) {
	if err := os.MkdirAll(c.Donnees, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the counter: %w", err)
	}
	return db.Ouvrir(ctx, c.AdresseBase())
}
