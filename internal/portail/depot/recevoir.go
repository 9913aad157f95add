package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageDeposer is the form of deposer.html.
type pageDeposer struct {
	web.Page
	Types     []web.Choix
	Logiciels []web.Choix // by numeroAns
}

var titreDeposer = modele.Texte{Fr: "Déposer un fichier", En: "Deposit a file"}

// preparer shows the form.
func (s *Service) preparer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.formulaire(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "deposer.html", p)
}

func (s *Service) formulaire(r *http.Request) (*pageDeposer, error) {
	i, _ := compte.De(r.Context())
	p := &pageDeposer{Page: web.NouvellePage(r, titreDeposer, filDepots)}
	p.Types = []web.Choix{
		{Valeur: Avance, Libelle: p.T("Demande d'avance", "Advance request"), Choisi: true},
		{Valeur: Solde, Libelle: p.T("Demande de solde", "Balance request"), Aide: p.T("pas encore ouverte sur ce guichet", "not open on this counter yet")},
	}
	var err error
	p.Logiciels, err = s.logiciels(r.Context(), i.Fournisseur)
	return p, err
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

// recevoir takes a deposit, streamed: the fields stand before the file in the form.
func (s *Service) recevoir(w http.ResponseWriter, r *http.Request) error {
	p, err := s.formulaire(r)
	if err != nil {
		return err
	}
	champs, fichier, err := premierFichier(r)
	if err != nil {
		return err
	}
	p.Garder(champs)
	if fichier == nil || fichier.FileName() == "" {
		p.Refuser("fichier", "Choisissez le fichier JSON à déposer.", "Choose the JSON file to deposit.")
		return gabarits().Montrer(w, r, "deposer.html", p)
	}
	if n := p.Choisi("numeroAns", p.Logiciels, modele.Texte{Fr: "un de vos logiciels", En: "one of your software"}); n == "" {
		return gabarits().Montrer(w, r, "deposer.html", p)
	}
	d, err := s.Deposer(r.Context(), envoi(r, champs, fichier))
	var refus Refuse
	switch {
	case errors.As(err, &refus):
		p.Refuser("fichier", refus.Fr, refus.En)
		return gabarits().Montrer(w, r, "deposer.html", p)
	case err != nil:
		return err
	case d.Simulation():
		return s.presenter(w, r, d)
	case d.DejaDepose:
		return web.AllerDire(w, r, "/depots/"+d.ImpID(), modele.Texte{
			Fr: "Ce fichier a déjà été déposé : rien n'a été enregistré à nouveau. Voici ce dépôt.",
			En: "This file was deposited before: nothing was stored again. Here is that deposit.",
		})
	}
	return web.Aller(w, r, "/depots/"+d.ImpID())
}

func envoi(r *http.Request, champs url.Values, fichier *multipart.Part) Envoi {
	i, _ := compte.De(r.Context())
	return Envoi{
		Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Type: champs.Get("type"),
		NumeroAns: champs.Get("numeroAns"), Nom: path.Base(strings.ReplaceAll(fichier.FileName(), `\`, "/")),
		Corps: fichier, Simulation: champs.Get("simulation") != "",
	}
}

// maxChamp bounds each field of the form beside the file, in bytes.
const maxChamp = 4 << 10

// premierFichier reads the fields of a form up to its file, which is left to be read.
func premierFichier(r *http.Request) (champs url.Values, fichier *multipart.Part, err error) {
	champs = url.Values{}
	m, err := r.MultipartReader()
	if err != nil {
		return nil, nil, illisible(err)
	}
	for {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return champs, nil, nil
		}
		if err != nil {
			return nil, nil, illisible(err)
		}
		if part.FormName() == "fichier" {
			return champs, part, nil
		}
		valeur, err := io.ReadAll(io.LimitReader(part, maxChamp))
		if err != nil {
			return nil, nil, illisible(err)
		}
		champs.Add(part.FormName(), string(valeur))
	}
}

// illisible is the answer to a body that is no form; what says more is left as it is.
func illisible(err error) error {
	var refus *web.Refus
	var trop *http.MaxBytesError
	if errors.As(err, &refus) || errors.As(err, &trop) {
		return err
	}
	return &web.Refus{
		Etat: http.StatusBadRequest, Cause: err,
		Titre: modele.Texte{Fr: "Envoi illisible", En: "Unreadable"},
		Texte: modele.Texte{
			Fr: "L'envoi s'est interrompu, ou ne vient pas du formulaire de dépôt. Rien n'a été enregistré : recommencez.",
			En: "What was sent broke off, or does not come from the deposit form. Nothing was stored: try again.",
		},
	}
}

// Essai is the box that asks for a simulation.
func (p *pageDeposer) Essai() []web.Choix {
	return []web.Choix{{Valeur: "oui", Libelle: p.T("Contrôler sans rien enregistrer", "Check without storing anything")}}
}
