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
	Types        []web.Choix
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
	p.Types = []web.Choix{
		{Valeur: Avance, Libelle: p.T("Demande d'avance", "Advance request"), Choisi: true},
		{Valeur: Solde, Libelle: p.T("Demande de solde", "Balance request"), Aide: p.T("pas encore ouverte sur ce guichet", "not open on this counter yet")},
	}
	return p
}

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

// Essai is the box that asks for a simulation.
func (p *pageDeposer) Essai() []web.Choix {
	return []web.Choix{{Valeur: "oui", Libelle: p.T("Contrôler sans rien enregistrer", "Check without storing anything")}}
}
