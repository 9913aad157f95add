package carnet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// bureau is a folder with a ledger, worked in as by commands: each opens the ledger and closes it.
type bureau struct {
	dossier string
	etape   func(string)
}

func (b bureau) chemin() string     { return filepath.Join(b.dossier, Nom) }
func (b bureau) depots() string     { return filepath.Join(b.dossier, "depots") }
func (b bureau) sauvegarde() string { return filepath.Join(b.dossier, "copie.db") }

// sur runs a command on the open ledger.
func (b bureau) sur(ctx context.Context, faire func(*Carnet) error) error {
	c, err := (&Carnet{maintenant: horloge, etape: b.etape}).ouvrir(ctx, b.chemin())
	if err != nil {
		return err
	}
	return errors.Join(faire(c), c.Close())
}

// preparer makes files of some demandes each. Those that send others again are the first ones.
func (b bureau) preparer(ctx context.Context, fichiers, demandes int, anciennes ...string) (numeros []string, err error) {
	return numeros, b.sur(ctx, func(c *Carnet) error {
		l, err := c.Commencer(ctx, intention(b.depots(), fichiers*demandes, fichiers))
		if err != nil {
			return err
		}
		for i, groupe := range slices.Collect(slices.Chunk(l.Numeros, demandes)) {
			f, err := ecrire(l, l.Rangs[i], groupe)
			for k := range f.Demandes {
				if n := i*demandes + k; n < len(anciennes) {
					f.Demandes[k].Remplace = anciennes[n]
				}
			}
			if err := errors.Join(err, l.Ajouter(ctx, f)); err != nil {
				return errors.Join(err, l.Abandonner(ctx))
			}
		}
		numeros = l.Numeros
		return l.Decider(ctx)
	})
}

// defaire takes a file apart that waits: some demandes are taken back, some are replaced, the others move.
func (b bureau) defaire(ctx context.Context, nom string, annulees, remplacees []string) (nouveaux []string, err error) {
	return nouveaux, b.sur(ctx, func(c *Carnet) error {
		attendus, err := c.ADeposer(ctx)
		i := slices.IndexFunc(attendus, func(a Attendu) bool { return a.Nom == nom })
		if err != nil || i < 0 {
			return errors.Join(err, &ErreurInconnu{Fichier: nom})
		}
		reste := slices.DeleteFunc(attendus[i].Numeros, func(n string) bool {
			return slices.Contains(annulees, n) || slices.Contains(remplacees, n)
		})
		l, err := c.Commencer(ctx, intention(b.depots(), len(remplacees), min(1, len(remplacees))+min(1, len(reste))))
		if err != nil {
			return err
		}
		nouveaux = l.Numeros
		_, err = l.Ecarter(ctx, nom, annulees)
		if err := errors.Join(err, recomposer(ctx, l, remplacees, reste)); err != nil {
			return errors.Join(err, l.Abandonner(ctx))
		}
		return l.Decider(ctx)
	})
}

// recomposer makes the files of a lot that takes one apart.
func recomposer(ctx context.Context, l *Lot, remplacees, reste []string) (err error) {
	rangs := l.Rangs
	if len(remplacees) > 0 {
		f, echec := ecrire(l, rangs[0], l.Numeros)
		for k := range f.Demandes {
			f.Demandes[k].Remplace = remplacees[k]
		}
		err, rangs = errors.Join(echec, l.Ajouter(ctx, f)), rangs[1:]
	}
	if len(reste) > 0 {
		f, echec := ecrire(l, rangs[0], reste)
		f.Demandes = nil
		for k, n := range reste {
			f.Deplacees = append(f.Deplacees, Deplacee{n, k + 1})
		}
		err = errors.Join(err, echec, l.Ajouter(ctx, f))
	}
	return err
}

func (b bureau) sauver(ctx context.Context) error {
	c, err := Consulter(ctx, b.chemin())
	if err != nil {
		return err
	}
	c.etape = b.etape
	_, err = c.Sauver(ctx, b.sauvegarde(), true)
	return errors.Join(err, c.Close())
}

func (b bureau) restaurer(ctx context.Context) (Restauration, error) {
	return restaurer(ctx, &Carnet{maintenant: horloge, etape: b.etape}, b.chemin(), b.sauvegarde())
}

// reconstruire teaches the ledger all that lies in the folder, then the answers.
func (b bureau) reconstruire(ctx context.Context, retours ...Retour) (r Reconstruction, err error) {
	c, err := Completer(ctx, b.chemin(), horloge)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	trouves, err := b.retrouver()
	if err != nil {
		return r, err
	}
	if r, err = c.Reconstruire(ctx, trouves); err != nil {
		return r, err
	}
	for _, lu := range retours {
		if _, err := c.Enregistrer(ctx, lu); err != nil {
			return r, err
		}
	}
	return r, c.Rapprocher(ctx, &r)
}

var devantEcarte = regexp.MustCompile(`^\d+-`)

// retrouver reads the files of the folder; those that were set aside come last.
func (b bureau) retrouver() (trouves []Retrouve, err error) {
	for _, dossier := range []string{b.depots(), filepath.Join(b.depots(), DossierEcartes)} {
		entrees, _ := os.ReadDir(dossier)
		for _, e := range entrees {
			nom := devantEcarte.ReplaceAllString(e.Name(), "")
			rang := rangDe(nom, unNumeroAns, unJour)
			texte, echec := os.ReadFile(filepath.Join(dossier, e.Name()))
			if rang == 0 || echec != nil {
				continue
			}
			somme := sha256.Sum256(texte)
			f := Retrouve{
				Nom: nom, Dossier: b.depots(), SHA256: hex.EncodeToString(somme[:]), NumeroAns: unNumeroAns, Jour: unJour, Rang: rang,
				Ecarte: dossier != b.depots(),
			}
			for i, n := range strings.Fields(string(texte)) {
				f.Demandes = append(f.Demandes, demande(n, i+1))
			}
			trouves = append(trouves, f)
		}
	}
	return trouves, nil
}

// enDepot are the numbers of the files that are to be deposited or were, with the names of those.
func (b bureau) enDepot() (map[string]string, error) {
	numeros := map[string]string{}
	trouves, err := b.retrouver()
	for _, f := range trouves {
		for _, d := range f.Demandes {
			if f.Ecarte {
				continue
			}
			if numeros[d.Numero] != "" {
				return nil, errors.New(d.Numero + " is in " + numeros[d.Numero] + " and in " + f.Nom)
			}
			numeros[d.Numero] = f.Nom
		}
	}
	return numeros, err
}

// suivies are the demandes of the ledger.
func (b bureau) suivies(ctx context.Context) (toutes []Suivie, err error) {
	c, err := Consulter(ctx, b.chemin())
	if err != nil {
		return nil, err
	}
	for s, echec := range c.Demandes(ctx, Filtre{}) {
		err = errors.Join(err, echec)
		toutes = append(toutes, s)
	}
	return toutes, errors.Join(err, c.Close())
}
