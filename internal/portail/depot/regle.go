package depot

import (
	"net/http"
	"strings"

	"guichet/controle"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageRegle is what regle.html shows: all places where a file breaks one rule, page by page.
type pageRegle struct {
	pageFichier
	Groupe controle.Groupe
}

// montrerRegle shows one group of a report.
func (s *Service) montrerRegle(trouver trouveur) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		d, err := trouver(r)
		if err != nil {
			return err
		}
		code, balise := r.PathValue("code"), r.URL.Query().Get("balise")
		p := &pageRegle{pageFichier: s.pageDe(r, d)}
		p.Fil = append(p.Fil, web.Lien{Nom: p.Titre, Adresse: p.adresse})
		p.Titre = modele.Texte{Fr: strings.TrimSpace(code + " " + balise), En: strings.TrimSpace(code + " " + balise)}
		err = s.lire(r.Context(), d, p.Langue, func(rapport *relu) error { return p.lireRegle(r, rapport, code, balise) })
		if err != nil {
			return err
		}
		return gabarits().Montrer(w, r, "regle.html", p)
	}
}

func (p *pageRegle) lireRegle(r *http.Request, rapport *relu, code, balise string) error {
	g, ok := rapport.Groupe(code, balise, 0, 0, p.Langue)
	if !ok {
		return web.Introuvable
	}
	debut, err := rang(r, g.Nombre)
	if err != nil {
		return err
	}
	p.Groupe, _ = rapport.Groupe(code, balise, debut, parRegle, p.Langue)
	adresse := adresseRegle(p.adresse, code, balise)
	if strings.Contains(adresse, "?") {
		adresse += "&"
	} else {
		adresse += "?"
	}
	p.Avant, p.Apres, p.Dites = p.suite(debut, debut+len(p.Groupe.Trouvees), g.Nombre, parRegle, adresse, "")
	return nil
}
