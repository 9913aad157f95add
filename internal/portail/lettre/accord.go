package lettre

import (
	"net/http"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// TitreAccord names the page on which a supplier chooses how it is notified.
var TitreAccord = modele.Texte{Fr: "Notification des décisions", En: "Notification of decisions"}

const adresseAccord = "/notification"

// versionAccord is that of the words below: others are agreed to anew.
const versionAccord = 1

// texteAccord is what a supplier agrees to.
var texteAccord = modele.Texte{
	Fr: "J'accepte, pour mon entreprise, que les décisions de l'agence lui soient notifiées par voie électronique dans son espace du guichet (CRPA, art. L112-15). Un courriel avertit de chaque lettre. La date de la première lecture est gardée. Ce choix peut être changé ici à tout moment, pour les décisions à venir.",
	En: "I agree, for my company, that the agency's decisions be notified to it by electronic means in its space of the counter (CRPA, art. L112-15). A mail tells of each letter. The date of the first reading is kept. This choice can be changed here at any time, for decisions to come.",
}

// pageAccord is what accord.html shows.
type pageAccord struct {
	web.Page
	Accord
	Chef bool // who looks chooses
}

func (s *Service) pageDeAccord(r *http.Request) (p *pageAccord, err error) {
	i := qui(r)
	p = &pageAccord{Page: web.NouvellePage(r, TitreAccord, web.Lien{Nom: modele.Texte{Fr: "Mon entreprise", En: "My company"}, Adresse: "/entreprise"}), Chef: i.Peut(web.Proprietaire)}
	p.Accord, err = s.Accord(r.Context(), s.Base.Lire(), i.Fournisseur)
	return p, err
}

// Texte is what a supplier agrees to.
func (p *pageAccord) Texte() string { return p.Tx(texteAccord) }

// Version is that of those words.
func (p *pageAccord) Version() int { return versionAccord }

// Quand says who has chosen, and when.
func (p *pageAccord) Quand() string { return ecrit.Nom(p.Nom) + ", " + p.Instant(db.Temps(p.Le)) }

// Possibles are the two choices.
func (p *pageAccord) Possibles() []web.Choix {
	return []web.Choix{
		{Valeur: "oui", Libelle: p.T("Par voie électronique, au guichet", "By electronic means, at the counter"), Choisi: p.Choisi && p.Oui},
		{Valeur: "non", Libelle: p.T("Par la poste ; le guichet en garde une copie", "By post; the counter keeps a copy"), Choisi: p.Choisi && !p.Oui},
	}
}

func (s *Service) montrerAccord(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeAccord(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "accord.html", p)
}

func (s *Service) choisirAccord(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeAccord(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	choix := p.Formulaire.Choisi("choix", p.Possibles(), modele.Texte{Fr: "comment vos décisions vous sont notifiées", En: "how your decisions are notified"})
	if !p.Valide() {
		return gabarits().Montrer(w, r, "accord.html", p)
	}
	if err := s.Accorder(r.Context(), qui(r), choix == "oui"); err != nil {
		return err
	}
	return web.AllerDire(w, r, adresseAccord, modele.Texte{Fr: "Votre choix est enregistré.", En: "Your choice is saved."})
}
