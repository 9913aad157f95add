package courrier

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// Titre names the list of these letters.
var Titre = modele.Texte{Fr: "Lettres sans décision", En: "Letters without a decision"}

const adresse = "/courriers"

var fil = []web.Lien{{Nom: modele.Texte{Fr: "Lettres", En: "Letters"}, Adresse: "/lettres"}, {Nom: Titre, Adresse: adresse}}

// Routes lists the pages of these letters: a supplier reads its own, all people of the agency read each.
func (s *Service) Routes() []web.Route {
	page := adresse + "/{courrier}"
	return []web.Route{
		{Motif: "GET " + adresse, Acces: web.Connecte, Pour: true, Servir: s.montrerListe},
		{Motif: "GET " + page, Acces: web.Connecte, Pour: true, Servir: s.montrer},
		{Motif: "GET " + page + "/{format}", Acces: web.Connecte, Pour: true, Servir: s.telecharger},
		{Motif: "POST " + page, Acces: web.Agent, Servir: s.poster},
	}
}

// quiLit is who reads letters, once it is known for whom.
func quiLit(r *http.Request) (compte.Identite, error) {
	i, _ := compte.De(r.Context())
	if i.Role == "" || (i.Fournisseur == compte.Agence) != i.DeAgence() {
		return i, web.Introuvable
	}
	return i, nil
}

// posteur tells whether somebody notes when letters were posted.
func posteur(i compte.Identite) bool {
	return i.DeAgence() && (i.Peut(web.Instructeur) || i.Peut(web.Valideur))
}

// pageListe is what liste.html shows.
type pageListe struct {
	web.Page
	Courriers []Courrier
	Agent     bool
	Suite     web.Suite
}

func (s *Service) montrerListe(w http.ResponseWriter, r *http.Request) error {
	i, err := quiLit(r)
	if err != nil {
		return err
	}
	file := r.URL.Query().Get("file")
	p := &pageListe{Page: web.NouvellePage(r, Titre, fil[0]), Agent: i.DeAgence()}
	f := Filtre{Fournisseur: i.Fournisseur, Limite: Max + 1, APoster: file == "poste" && p.Agent, NonLus: file == "nonlues"}
	f.Avant, _ = strconv.ParseInt(r.URL.Query().Get("avant"), 10, 64) // what is no number is the beginning
	if file != "" && !f.APoster && !f.NonLus {
		t := web.FiltreInconnu("file", file)
		p.Refuser("", t.Fr, t.En)
		return gabarits().Montrer(w, r, "liste.html", p)
	}
	texte := p.Recherche(r)
	depot, rang, connu := s.LireNumeroASP(texte)
	if texte == "" || connu {
		if f.Cle = (&etat.Cle{Depot: depot, Rang: rang}); texte == "" {
			f.Cle = nil
		}
		if p.Courriers, err = s.Lister(r.Context(), s.Base.Lire(), f); err != nil {
			return err
		}
	}
	if len(p.Courriers) > Max {
		p.Courriers = p.Courriers[:Max]
		p.Suite = p.Page.Suite("", adresse+"?"+web.Cherche(texte, "avant", strconv.FormatInt(p.Courriers[Max-1].ID, 10))+"&file="+file, "")
	}
	return gabarits().Montrer(w, r, "liste.html", p)
}

// pageCourrier is what montrer.html shows.
type pageCourrier struct {
	web.Page
	C     *Courrier
	F     *Fige
	Agent bool
	Poste bool // who looks may note when it was posted
	qui   compte.Identite
}

func (s *Service) page(r *http.Request) (*pageCourrier, error) {
	i, err := quiLit(r)
	if err != nil {
		return nil, err
	}
	id, err := strconv.ParseInt(r.PathValue("courrier"), 10, 64)
	if err != nil || id <= 0 {
		return nil, web.Introuvable
	}
	ctx := r.Context()
	c, err := s.Un(ctx, s.Base.Lire(), Filtre{ID: id, Fournisseur: i.Fournisseur})
	if err != nil {
		return nil, introuvable(err)
	}
	p := &pageCourrier{Page: web.NouvellePage(r, c.Titre(), fil...), C: c, Agent: i.DeAgence(), Poste: c.Postale && posteur(i), qui: i}
	langue := courriel.Langue(p.Langue)
	if x := r.URL.Query().Get("texte"); x == "fr" || x == "en" {
		langue = x
	}
	if p.F, err = s.Fige(ctx, s.Base.Lire(), id, langue); err != nil {
		return nil, err
	}
	return p, s.Lire(ctx, c, i)
}

func introuvable(err error) error {
	if errors.Is(err, ErrInconnu) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

// Autre is the other language of the letter, NomAutre its word.
func (p *pageCourrier) Autre() string {
	if p.F.Langue == "fr" {
		return "en"
	}
	return "fr"
}

// NomAutre is its word.
func (p *pageCourrier) NomAutre() string {
	if p.Autre() == "fr" {
		return p.T("français", "French")
	}
	return p.T("anglais", "English")
}

// Demande is where the page of its demande is.
func (p *pageCourrier) Demande() string {
	if p.Agent {
		return "/travail/" + p.C.NumeroASP
	}
	return "/demandes/" + p.C.NumeroASP
}

func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "montrer.html", p)
}

// telecharger gives the bytes of a letter: those that went out.
func (s *Service) telecharger(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r)
	if err != nil {
		return err
	}
	octets, genre, format := p.F.HTML, "text/html; charset=utf-8", r.PathValue("format")
	switch format {
	case "html":
	case "pdf":
		genre = "application/pdf"
		if octets, err = s.PDF(r.Context(), p.C, p.F); err != nil {
			return err
		}
	default:
		return web.Introuvable
	}
	web.Telechargement(w.Header(), genre, p.C.fichier(p.F.Langue)+"."+format)
	_, err = w.Write(octets)
	return err
}

// poster notes when a letter went by post.
func (s *Service) poster(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r)
	if err != nil {
		return err
	}
	if !posteur(p.qui) {
		return web.Introuvable
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	jour := p.Date("jour")
	if jour.IsZero() && p.Valide() {
		p.Refuser("jour", "Donnez le jour de l'envoi, par exemple 15/01/2027.", "Give the day of posting, for example 15/01/2027.")
	}
	if p.Valide() {
		err = s.Poster(r.Context(), p.C, p.qui.Compte, jour)
	}
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("jour", refus.Texte.Fr, refus.Texte.En)
		err = nil
	}
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "montrer.html", p)
	}
	return web.AllerDire(w, r, p.C.Page(), modele.Texte{Fr: "La date d'envoi par la poste est gardée.", En: "The date of posting is kept."})
}
