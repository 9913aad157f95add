package portail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// CleRefusee says that the counter cannot open with the key it is given, or without one.
type CleRefusee struct {
	modele.Texte
	Cause error
}

func (e *CleRefusee) Error() string { return e.En }
func (e *CleRefusee) Unwrap() error { return e.Cause }

// ouvrirCoffre takes the key that was set, or that of the folder. A folder without key gets one, unless the database
// was sealed under another: that one is to be brought back before anything is sealed under a new one.
func (p *Portail) ouvrirCoffre(ctx context.Context) (*coffre.Coffre, error) {
	if p.Cle != "" {
		c, err := coffre.DeCle(p.Cle)
		if err != nil {
			return nil, &CleRefusee{modele.Texte{
				Fr: "le réglage « cle » n'est pas une clé : attendu 32 octets en base64, comme en donne « openssl rand -base64 32 »",
				En: "the setting \"cle\" is no key: 32 bytes in base64 expected, such as \"openssl rand -base64 32\" gives",
			}, err}
		}
		return c, nil
	}
	nom := filepath.Join(p.Donnees, "cle")
	c, err := coffre.Lire(nom)
	if !errors.Is(err, fs.ErrNotExist) {
		return c, cleIllisible(nom, err)
	}
	n, err := compte.FacteursScelles(ctx, p.base.Lire())
	if err != nil {
		return nil, err
	}
	if n > 0 {
		return nil, clePerdue(nom, n)
	}
	return coffre.Creer(nom)
}

func cleIllisible(nom string, err error) error {
	if err == nil {
		return nil
	}
	return &CleRefusee{modele.Texte{
		Fr: fmt.Sprintf("la clé %s ne se lit pas (attendu : 32 octets en base64) ; remettez celle de la sauvegarde", nom),
		En: fmt.Sprintf("the key %s cannot be read (expected: 32 bytes in base64); bring back that of the backup", nom),
	}, err}
}

func clePerdue(nom string, n int) error {
	facteurs := ecrit.Compter(int64(n), modele.Texte{Fr: "second facteur", En: "second factor"}, modele.Texte{Fr: "seconds facteurs", En: "second factors"})
	return &CleRefusee{Texte: modele.Texte{
		Fr: fmt.Sprintf("la clé %s manque, et elle sert à %s : remettez celle de la sauvegarde. Si elle est perdue, « openssl rand -base64 32 > %s » en fait une autre : chacun entrera avec un code de secours et remettra un second facteur", nom, facteurs.Fr, nom),
		En: fmt.Sprintf("the key %s is missing, and serves %s: bring back that of the backup. If it is lost, \"openssl rand -base64 32 > %s\" makes another: people come in with a recovery code and set up a second factor again", nom, facteurs.En, nom),
	}}
}

// sceller seals or erases what an earlier version left in the clear, and says how much the key does not open.
func (p *Portail) sceller(ctx context.Context) error {
	if err := p.comptes.ScellerFacteurs(ctx); err != nil {
		return err
	}
	if err := courriel.Effacer(ctx, p.base); err != nil {
		return err
	}
	n, err := p.comptes.FacteursIllisibles(ctx)
	if n > 0 {
		p.Log.WarnContext(ctx, "la clé de l'installation n'est pas celle de ces seconds facteurs : remettez l'ancienne, ou chacun entre avec un code de secours", slog.Int("seconds_facteurs", n))
	}
	return err
}
