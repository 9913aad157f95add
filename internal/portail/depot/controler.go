package depot

import (
	"errors"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageControle is what controle.html shows: what would become of a file.
type pageControle struct {
	pageFichier
	Depose bool // who looks may deposit
}

// controleFini answers who comes back too late.
var controleFini error = &web.Refus{
	Etat:  http.StatusNotFound,
	Titre: modele.Texte{Fr: "Ce contrôle n'est plus là", En: "This check is no longer there"},
	Texte: modele.Texte{
		Fr: "Un contrôle reste une heure à son adresse, puis le fichier est effacé ; rien n'en a été déposé. Choisissez le fichier à nouveau sur la page « Déposer un fichier ».",
		En: "A check stays at its address for an hour, then the file is erased; nothing of it was deposited. Choose the file again on the page “Deposit a file”.",
	},
}

// controleDe finds the control that an address names, if the person's supplier asked for it.
func (s *Service) controleDe(r *http.Request) (*Depot, error) {
	i, ok := compte.De(r.Context())
	if !ok || i.Fournisseur == compte.Agence {
		return nil, web.Introuvable
	}
	c, err := s.Controle(r.Context(), i.Fournisseur, r.PathValue("controle"))
	if errors.Is(err, ErrInconnu) {
		return nil, controleFini
	}
	return c, err
}

// montrerControle shows what would become of a file; one that has been deposited meanwhile leads to its deposit.
func (s *Service) montrerControle(w http.ResponseWriter, r *http.Request) error {
	c, err := s.controleDe(r)
	if err != nil {
		return err
	}
	d, err := pareil(r.Context(), s.base.Lire(), c)
	if err != nil {
		return err
	}
	if d != nil {
		return web.AllerDire(w, r, d.adresse(), dejaDepose)
	}
	return s.presenterControle(w, r, c, nil)
}

// presenterControle shows a control, and why it could not be deposited.
func (s *Service) presenterControle(w http.ResponseWriter, r *http.Request, c *Depot, refus *Refuse) error {
	i, _ := compte.De(r.Context())
	p := &pageControle{pageFichier: s.pageDe(r, c), Depose: i.Peut(web.Deposant)}
	if refus != nil {
		p.Refuser("", refus.Fr, refus.En)
	}
	err := s.lire(r.Context(), c, p.Langue, func(rapport *relu) error { return p.lire(r, rapport) })
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "controle.html", p)
}

// deposerControle deposits a file that was controlled, without its being sent again.
func (s *Service) deposerControle(w http.ResponseWriter, r *http.Request) error {
	c, err := s.controleDe(r)
	if err != nil {
		return err
	}
	i, _ := compte.De(r.Context())
	d, err := s.DeposerControle(r.Context(), c, i.Compte, i.Mandataire)
	var refus Refuse
	if errors.As(err, &refus) {
		return s.presenterControle(w, r, c, &refus)
	}
	if err != nil {
		return err
	}
	if d.DejaDepose {
		return web.AllerDire(w, r, d.adresse(), dejaDepose)
	}
	return web.Aller(w, r, d.adresse())
}

var dejaDepose = modele.Texte{
	Fr: "Ce fichier a déjà été déposé : rien n'a été enregistré à nouveau. Voici ce dépôt.",
	En: "This file was deposited before: nothing was stored again. Here is that deposit.",
}
