package depot

import (
	"errors"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// reception is the form of a deposit while it comes in.
type reception struct {
	*Service
	r         *http.Request
	page      *pageDeposer
	vu        bool         // the file was there
	depot     *Depot       // what became of it
	prises    int          // archives that are kept
	refusees  int          // archives that are not
	nonPrises modele.Texte // why
}

// recevoir takes a deposit as it streams in: fields, then the file, then archives, which never undo the deposit.
func (s *Service) recevoir(w http.ResponseWriter, r *http.Request) error {
	c := &reception{Service: s, r: r, page: s.formulaire(r)}
	if err := c.page.LireEnvoi(r, c.prendre); err != nil {
		return c.coupe(err)
	}
	return c.repondre(w)
}

func (c *reception) prendre(f web.Fichier) error {
	switch {
	case f.Champ == champArchives:
		return c.joindre(f)
	case f.Champ == "fichier" && !c.vu:
		c.vu = true
		return c.deposer(f)
	}
	return nil
}

func (c *reception) deposer(f web.Fichier) (err error) {
	numero := c.page.Valeur("numeroAns")
	if numero == "" {
		c.page.Refuser("numeroAns", "Choisissez un de vos logiciels.", "Choose one of your software.")
		return nil
	}
	i, _ := compte.De(c.r.Context())
	c.depot, err = c.Deposer(c.r.Context(), Envoi{
		Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Type: c.page.Brut("type"),
		NumeroAns: numero, Nom: f.Nom, Corps: f.Corps, Taille: min(max(c.r.ContentLength, 0), MaxOctets),
		Simulation: c.page.Brut("simulation") != "", Langue: c.page.Langue,
	})
	var refus Refuse
	if errors.As(err, &refus) {
		c.page.Refuser(refus.champ(), refus.Fr, refus.En)
		return nil
	}
	return err
}

// champ is the field of the form that a refusal is about.
func (r Refuse) champ() string {
	if r == sansLogiciel {
		return "numeroAns"
	}
	return "fichier"
}

// repondre leads to the deposit, or shows what is to be mended.
func (c *reception) repondre(w http.ResponseWriter) error {
	if !c.vu {
		c.page.Refuser("fichier", "Choisissez le fichier JSON à déposer.", "Choose the JSON file to deposit.")
	}
	switch {
	case c.depot == nil:
		c.page.Fait = c.nonPrises
		return c.page.montrer(w, c.r, c.Service)
	case c.depot.Simulation():
		return c.presenter(w, c.r, c.depot, c.nonPrises)
	}
	dit := c.bilan()
	if c.depot.DejaDepose {
		dit = joindreTextes(modele.Texte{
			Fr: "Ce fichier a déjà été déposé : rien n'a été enregistré à nouveau. Voici ce dépôt.",
			En: "This file was deposited before: nothing was stored again. Here is that deposit.",
		}, dit)
	}
	if dit == (modele.Texte{}) {
		return web.Aller(w, c.r, c.depot.adresse())
	}
	return web.AllerDire(w, c.r, c.depot.adresse(), dit)
}

func (d *Depot) adresse() string { return "/depots/" + d.ImpID() }
