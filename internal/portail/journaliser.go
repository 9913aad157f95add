package portail

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"path/filepath"
	"time"

	"guichet/internal/portail/courriel"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// ouvrirJournal takes the key of the journal, which the folder gets when it has none, and seals the chains of an earlier version.
func (p *Portail) ouvrirJournal(ctx context.Context) error {
	nom := filepath.Join(p.Donnees, journal.FichierCle)
	cle, err := journal.LireCle(nom)
	if errors.Is(err, fs.ErrNotExist) {
		cle, err = journal.CreerCle(nom, p.nomJournal())
	}
	if err != nil {
		return &CleRefusee{modele.Texte{
			Fr: "la clé du journal " + nom + " ne se lit pas ; remettez celle que vous gardez",
			En: "the key of the journal " + nom + " cannot be read; bring back the one that you keep",
		}, err}
	}
	p.arbre = &journal.Arbre{Base: p.base, Cle: cle}
	autre, err := p.arbre.Annoncer(ctx, p.Maintenant())
	if autre {
		p.Log.WarnContext(ctx, "le journal est désormais signé par une autre clé : gardez la nouvelle clé publique avec les ancres", slog.String("cle", cle.Publique))
	}
	return err
}

// nomJournal is the counter's host.
func (p *Portail) nomJournal() string {
	u, err := url.Parse(p.Adresse)
	if err != nil {
		return sansHote
	}
	return cmp.Or(u.Host, sansHote)
}

// sansHote names the journal of a counter that has no address.
const sansHote = "guichet"

// integration is how long entries of the journal wait for their places in the tree, at most, where nothing fails.
const integration = time.Second

func (p *Portail) integrer(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := p.arbre.Integrer(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "intégration du journal en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(integration):
		case <-ctx.Done():
		}
	}
}

// ancrage is how often is looked whether the head of the journal is to be kept elsewhere, repos how long after that failed.
const (
	ancrage = 3 * time.Second
	repos   = time.Minute
)

// ancrer keeps heads of the journal outside of the database.
func (p *Portail) ancrer(ctx context.Context) {
	x := journal.Ancrage{Dossier: p.DossierAncres(), Chaque: cmp.Or(p.AncresChaque, 24*time.Hour), Dire: p.direAncre}
	for ctx.Err() == nil {
		pause := ancrage
		nom, err := p.arbre.Ancrer(ctx, x, p.Maintenant())
		switch {
		case err != nil && ctx.Err() == nil:
			pause = repos
			p.Log.ErrorContext(ctx, "ancre du journal en échec", slog.String("cause", err.Error()))
		case nom != "":
			p.Log.InfoContext(ctx, "ancre du journal", slog.String("fichier", nom))
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// direAncre mails an anchor to whom the agency names.
func (p *Portail) direAncre(ctx context.Context, tx *sql.Tx, t journal.Tete, signee string) error {
	var messages []courriel.Message
	for _, a := range p.AncresA {
		messages = append(messages, courriel.Message{A: a, Langue: "fr", Sujet: fmt.Sprintf("Ancre du journal : %d entrées", t.Taille), Texte: "Gardez ce message : le bloc qui suit est la tête signée du journal du guichet. Enregistré tel quel dans un fichier, il prouve avec\n" +
			"« guichet journal verify --ancre FICHIER » que rien de ce qui le précède n'a changé.\n\n" + signee + "\nClé publique : " + p.arbre.Cle.Publique + "\n"})
	}
	return courriel.Ecrire(ctx, tx, p.taches, p.coffre, messages...)
}
