package carnet

import (
	"context"
	"fmt"

	"guichet/internal/partage"
	"guichet/modele"
)

// ErreurReseau says that the ledger is where the lock may not hold: two machines would give the same numbers, or
// damage it.
type ErreurReseau struct {
	Chemin  string
	Systeme string // "nfs", `\\serveur\partage`
}

func (e *ErreurReseau) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurReseau) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("le carnet %s est sur un dossier partagé ou un disque du réseau (%s) : les verrous n'y sont pas sûrs, deux postes pourraient donner les mêmes numéros ou l'abîmer ; gardez guichet.db sur un disque de ce poste (carnet: dans guichet.yaml), avec un numeros.prefixe par poste ; si un seul poste à la fois y écrit, dites-le avec guichet carnet adopter --reseau", e.Chemin, e.Systeme),
		En: fmt.Sprintf("the ledger %s is in a shared folder or on a network disk (%s): locks are not safe there, two machines could give the same numbers or damage it; keep guichet.db on a disk of this machine (carnet: in guichet.yaml), with one numeros.prefixe per machine; if only one machine writes there at a time, say so with guichet carnet adopter --reseau", e.Chemin, e.Systeme),
	}
}

// localiser refuses to write where the lock may not hold, unless the user insists or has done so once.
func (c *Carnet) localiser(ctx context.Context) error {
	c.systeme = partage.De(ctx, c.chemin)
	if t := c.lireTemoin(); t != nil && t.Reseau {
		c.reseau = true
	}
	if c.systeme.Reseau() && !c.reseau {
		return &ErreurReseau{Chemin: c.chemin, Systeme: c.systeme.Nom}
	}
	return nil
}
