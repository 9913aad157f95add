package lettre

import (
	"database/sql"
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// apercevoir shows what the letter of a demande would be with a text that is not saved.
func (s *Service) apercevoir(w http.ResponseWriter, r *http.Request, p *pageModele, texte string) error {
	depot, rang, ok := s.LireNumeroASP(p.Valeur("numero"))
	if !ok {
		p.Refuser("numero", "Donnez le numeroASP d'une demande, comme il se lit dans « Travail ».", "Give the numeroASP of a request, as “Work” shows it.")
		return gabarits().Montrer(w, r, "modele.html", p)
	}
	d := &decision.Decision{Cle: etat.Cle{Depot: depot, Rang: rang}, Sens: decision.Sens(p.V.Genre)}
	err := s.Base.Lire().QueryRowContext(r.Context(), `SELECT d.fournisseur_id, d.montant FROM depot p JOIN demande d ON d.fournisseur_id = p.fournisseur_id AND d.depot_id = p.id
		WHERE p.id = $1 AND d.rang = $2`, depot, rang).Scan(&d.Fournisseur, &d.Montant)
	if errors.Is(err, sql.ErrNoRows) {
		p.Refuser("numero", "Aucune demande ne porte ce numéro.", "No request has this number.")
		return gabarits().Montrer(w, r, "modele.html", p)
	}
	if err != nil {
		return err
	}
	f, err := s.faits(r.Context(), s.Base.Lire(), d, 0)
	if err != nil {
		return err
	}
	x := &Lettre{Langue: p.V.Langue, Fautes: Analyser(p.V.Genre, texte)}
	for _, l := range langues {
		if l.Mot == x.Langue {
			x.Rendue, err = rendre(texte, f, titre(d, l.Langue), l.Langue)
		}
	}
	if err != nil {
		return err
	}
	p.Apercu = x
	p.refuser("texte", x.Fautes)
	return gabarits().Montrer(w, r, "modele.html", p)
}

// pageVersion is what version.html shows.
type pageVersion struct {
	web.Page
	V Version
}

// Depuis tells who saved it, and when.
func (p *pageVersion) Depuis() string { return depuis(&p.Page, p.V) }

func (s *Service) montrerVersion(w http.ResponseWriter, r *http.Request) error {
	g, langue, ok := modeleDe(r.PathValue("modele"))
	n, err := strconv.ParseInt(r.PathValue("version"), 10, 64)
	if !ok || err != nil {
		return web.Introuvable
	}
	v, err := s.ModeleVersion(r.Context(), s.Base.Lire(), g, langue, n)
	if err != nil {
		return introuvable(err)
	}
	t := modele.Texte{Fr: "Version " + strconv.FormatInt(n, 10), En: "Version " + strconv.FormatInt(n, 10)}
	p := &pageVersion{Page: web.NouvellePage(r, t, filModeles), V: *v}
	nom := nomModele(&p.Page, *v)
	p.Fil = append(p.Fil, web.Lien{Nom: pareil(nom), Adresse: adresseModeles + "/" + r.PathValue("modele")})
	return gabarits().Montrer(w, r, "version.html", p)
}
