package enrolement

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

var (
	titreListe = modele.Texte{Fr: "Demandes des fournisseurs", En: "Suppliers' requests"}
	filListe   = web.Lien{Nom: titreListe, Adresse: "/enrolements"}
)

// pageListe is what liste.html shows.
type pageListe struct {
	page
	Liste        []Enrolement
	Filtree      bool // not all requests are looked for
	Avant, Apres string
}

// Etats are the states to choose among; Genres the kinds.
func (p *pageListe) Etats() []web.Choix {
	return []web.Choix{{Libelle: p.T("tous", "all")}, {Valeur: "demande", Libelle: p.T("à examiner", "to look at")},
		{Valeur: "avis", Libelle: p.T("second avis attendu", "second opinion awaited")},
		{Valeur: "refuse", Libelle: p.T("à corriger", "to correct")}, {Valeur: "accepte", Libelle: p.T("acceptée", "accepted")}}
}

// Genres are the kinds to choose among.
func (p *pageListe) Genres() []web.Choix {
	choix := []web.Choix{{Libelle: p.T("tous", "all")}}
	for _, g := range []Genre{Enroler, Ajout, Virement} {
		choix = append(choix, web.Choix{Valeur: string(g), Libelle: p.GenreDe(g)})
	}
	return choix
}

func (s *Service) montrerListe(w http.ResponseWriter, r *http.Request) error {
	p := &pageListe{page: page{Page: web.NouvellePage(r, titreListe)}}
	q := r.URL.Query()
	p.Garder(q)
	n, _ := strconv.Atoi(q.Get("page")) // what is no number is the first page
	f := Filtre{Etat: p.Filtre("etat", p.Etats()), Genre: p.Filtre("genre", p.Genres()), Cherche: p.Valeur("cherche"), Page: n}
	p.Filtree = p.Valeur("etat")+p.Valeur("genre")+p.Valeur("cherche") != ""
	if !p.Valide() {
		return gabarits().Montrer(w, r, "liste.html", p)
	}
	liste, suite, err := s.Lister(r.Context(), f)
	if err != nil {
		return err
	}
	p.Liste = liste
	if n > 0 {
		p.Avant = pageVoisine(q, n-1)
	}
	if suite {
		p.Apres = pageVoisine(q, n+1)
	}
	return gabarits().Montrer(w, r, "liste.html", p)
}

func pageVoisine(q url.Values, n int) string {
	q.Set("page", nombre(n))
	return "/enrolements?" + q.Encode()
}

// servirPiece gives a document back, never as a page.
func (s *Service) servirPiece(w http.ResponseWriter, r *http.Request) (err error) {
	e, err := s.demandee(r)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("piece"), 10, 64)
	if err != nil {
		return introuvable(err)
	}
	p, f, err := s.OuvrirPiece(e, id)
	if errors.Is(err, ErrInconnu) {
		return introuvable(err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	web.Tracer(r.Context(), web.Trace{Genre: "piece.ouverte", Objet: e.Reference + " " + p.Genre})
	web.FichierRecu(w.Header(), p.Type(), p.Nom)
	if p.Image() { // the browser's viewer of PDF does not work in a sandbox
		w.Header().Add("Content-Security-Policy", "sandbox")
	}
	w.Header().Set("Content-Length", strconv.FormatInt(p.Taille, 10))
	return web.Donner(w, f)
}

// pageFournisseur is what fournisseur.html shows.
type pageFournisseur struct {
	page
	F        Fournisseur
	Demandes []Enrolement
}

func (s *Service) pageFournisseur(r *http.Request, id int64) (*pageFournisseur, error) {
	f, err := s.LireFournisseur(r.Context(), id)
	if errors.Is(err, ErrInconnu) {
		err = introuvable(err)
	}
	if err != nil {
		return nil, err
	}
	nom := f.Dossier.RaisonSociale
	p := &pageFournisseur{page: page{Page: web.NouvellePage(r, modele.Texte{Fr: nom, En: nom})}, F: f}
	if p.Demandes, err = s.DemandesDe(r.Context(), id); err != nil {
		return nil, err
	}
	return p, s.avecPieces(r.Context(), p.Demandes)
}

func (s *Service) montrerFournisseur(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("fournisseur"), 10, 64) // there is no supplier 0
	p, err := s.pageFournisseur(r, id)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "fournisseur.html", p)
}

func (s *Service) changerFournisseur(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("fournisseur"), 10, 64)
	p, err := s.pageFournisseur(r, id)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	i, _ := compte.De(r.Context())
	changer := s.Suspendre
	if p.Brut("action") == "reactiver" {
		changer = s.Reactiver
	}
	if err := changer(r.Context(), i.Compte, id, p.Valeur("motif")); err != nil {
		return refuser(w, r, "fournisseur.html", p, &p.Formulaire, err)
	}
	return web.AllerDire(w, r, r.URL.Path, modele.Texte{Fr: "C'est fait ; le fournisseur est prévenu par courriel.", En: "It is done; the supplier is told by mail."})
}
