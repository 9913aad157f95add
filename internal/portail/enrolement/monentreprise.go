package enrolement

import (
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

var titreMien = modele.Texte{Fr: "Mon entreprise", En: "My company"}

// montrerMonEntreprise shows the supplier that the person acts for.
func (s *Service) montrerMonEntreprise(w http.ResponseWriter, r *http.Request) error {
	i, _ := compte.De(r.Context())
	p, err := s.pageFournisseur(r, i.Fournisseur)
	if err != nil {
		return err
	}
	p.Titre = titreMien
	return gabarits().Montrer(w, r, "monentreprise.html", &pageMien{*p, i.Peut(web.Proprietaire)})
}

// pageMien is what monentreprise.html shows.
type pageMien struct {
	pageFournisseur
	Demande bool // the person may ask for changes
}

// titresNouveau names the two forms of a supplier's own requests.
var titresNouveau = map[Genre]modele.Texte{
	Ajout: {Fr: "Demander un logiciel de plus", En: "Ask for one more software"}, Virement: {Fr: "Changer de compte bancaire", En: "Change the bank account"},
}

var piecesNouveau = map[Genre]string{Ajout: "fichier-certificat", Virement: "fichier-rib"}

func pageNouveau(r *http.Request, g Genre) *page {
	return &page{web.NouvellePage(r, titresNouveau[g], web.Lien{Nom: titreMien, Adresse: "/entreprise"}), Enrolement{Genre: g}}
}

func (s *Service) montrerNouveau(g Genre) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return gabarits().Montrer(w, r, "nouveau.html", pageNouveau(r, g))
	}
}

func (s *Service) demanderNouveau(g Genre) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p := pageNouveau(r, g)
		f, err := lireEnvoi(r, piecesNouveau[g], &p.Formulaire)
		if err != nil {
			return err
		}
		i, _ := compte.De(r.Context())
		var reference string
		if g == Ajout {
			reference, err = s.DemanderLogiciel(r.Context(), i, logicielSaisi(&p.Formulaire), f)
		} else {
			reference, err = s.DemanderVirement(r.Context(), i, p.Brut("titulaire"), p.Brut("iban"), p.Brut("bic"), f)
		}
		if err != nil {
			return refuser(w, r, "nouveau.html", p, &p.Formulaire, err)
		}
		return web.AllerDire(w, r, "/entreprise", modele.Texte{Fr: "La demande " + reference + " est envoyée à l'agence.", En: "The request " + reference + " has been sent to the agency."})
	}
}
