package depot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDeposer is the form of deposer.html.
type pageDeposer struct {
	web.Page
	Logiciels    []web.Choix // by numeroAns
	AvecArchives bool        // the form takes them, too
}

var titreDeposer = modele.Texte{Fr: "Déposer un fichier", En: "Deposit a file"}

// preparer shows the form.
func (s *Service) preparer(w http.ResponseWriter, r *http.Request) error {
	return s.formulaire(r).montrer(w, r, s)
}

func (s *Service) formulaire(r *http.Request) *pageDeposer {
	p := &pageDeposer{Page: web.NouvellePage(r, titreDeposer, filDepots), AvecArchives: s.archives != nil}
	return p
}

// Seul is the only software there is to choose, nil when there are several.
func (p *pageDeposer) Seul() *web.Choix {
	if len(p.Logiciels) != 1 {
		return nil
	}
	return &p.Logiciels[0]
}

// Avance is the type of the deposits that are taken.
func (p *pageDeposer) Avance() string { return Avance }

// montrer shows the form, with the software there is to choose from.
func (p *pageDeposer) montrer(w http.ResponseWriter, r *http.Request, s *Service) (err error) {
	i, _ := compte.De(r.Context())
	if p.Logiciels, err = s.logiciels(r.Context(), i.Fournisseur); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "deposer.html", p)
}

// logiciels lists the référencements of a supplier.
func (s *Service) logiciels(ctx context.Context, fournisseur int64) (choix []web.Choix, err error) {
	lignes, err := s.base.Lire().QueryContext(ctx, `SELECT numero_ans, nom, version FROM logiciel WHERE fournisseur_id = $1 ORDER BY numero_ans`, fournisseur)
	if err != nil {
		return nil, fmt.Errorf("list the software: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var numero, nom, version string
		if err := lignes.Scan(&numero, &nom, &version); err != nil {
			return nil, fmt.Errorf("list the software: %w", err)
		}
		choix = append(choix, web.Choix{Valeur: numero, Libelle: strings.TrimSpace(numero + " – " + nom + " " + version), Choisi: len(choix) == 0})
	}
	return choix, lignes.Err()
}
