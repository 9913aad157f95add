package portail

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/url"
	"path/filepath"
	"time"

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
