package depot

import (
	"context"
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
	prendre   func(ctx context.Context, e Envoi) (*Depot, error) // what is done with the file
	vu        bool                                               // the file was there
	pose      string                                             // the draft that it waits in, until its software is known
	nom       string                                             // of that file
	depot     *Depot                                             // what became of it
	prises    int                                                // archives that are kept
	refusees  int                                                // archives that are not
	nonPrises modele.Texte                                       // why
}

// recevoir takes a deposit as it streams in: the file, the fields, then archives, which never undo the deposit.
func (s *Service) recevoir(w http.ResponseWriter, r *http.Request) error {
	return s.accepter(w, r, s.Deposer)
}

// controler takes the same form, and deposits nothing of it.
func (s *Service) controler(w http.ResponseWriter, r *http.Request) error {
	return s.accepter(w, r, s.Garder)
}

func (s *Service) accepter(w http.ResponseWriter, r *http.Request, prendre func(context.Context, Envoi) (*Depot, error)) error {
	c := &reception{Service: s, r: r, page: s.formulaire(r), prendre: prendre}
	defer c.oublier()
	if err := c.page.LireEnvoi(r, c.fichier); err != nil {
		return c.coupe(err)
	}
	if err := c.reprendre(); err != nil {
		return err
	}
	return c.repondre(w)
}

func (c *reception) fichier(f web.Fichier) error {
	switch {
	case f.Champ == champArchives:
		if err := c.reprendre(); err != nil {
			return err
		}
		return c.joindre(f)
	case f.Champ == "fichier" && !c.vu && c.page.Valeur("numeroAns") == "":
		c.vu = true
		return c.poser(f)
	case f.Champ == "fichier" && !c.vu:
		c.vu = true
		return c.envoyer(f)
	}
	return nil
}

func (c *reception) envoyer(f web.Fichier) (err error) {
	numero := c.page.Valeur("numeroAns")
	if numero == "" {
		c.page.Refuser("numeroAns", "Choisissez un de vos logiciels.", "Choose one of your software.")
		return nil
	}
	i, _ := compte.De(c.r.Context())
	c.depot, err = c.prendre(c.r.Context(), Envoi{
		Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Type: c.page.Brut("type"),
		NumeroAns: numero, Nom: f.Nom, Corps: f.Corps, Taille: min(max(c.r.ContentLength, 0), MaxOctets),
	})
	return c.noter(err)
}

// noter tells a refusal beside its field.
func (c *reception) noter(err error) error {
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
	if c.depot == nil {
		c.page.Fait, c.page.Ton = c.nonPrises, web.TonErreur
		return c.page.montrer(w, c.r, c.Service)
	}
	dit := c.bilan()
	if c.depot.DejaDepose {
		dit = joindreTextes(dejaDepose, dit)
	}
	if dit == (modele.Texte{}) {
		return web.Aller(w, c.r, c.depot.adresse())
	}
	if c.refusees > 0 {
		return web.AllerAvertir(w, c.r, c.depot.adresse(), dit)
	}
	return web.AllerDire(w, c.r, c.depot.adresse(), dit)
}
