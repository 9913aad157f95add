package traces

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiers embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiers, "communs.html") })

// Titre names the pages in the menu.
var Titre = modele.Texte{Fr: "Journal", En: "Journal"}

var (
	filJournal    = web.Lien{Nom: Titre, Adresse: "/journal"}
	titreSecurite = modele.Texte{Fr: "Traces de sécurité", En: "Security traces"}
)

// Routes lists the pages.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /journal", Acces: web.Controle, Servir: s.montrerJournal},
		{Motif: "GET /journal/export", Acces: web.Controle, Servir: s.exporterJournal},
		{Motif: "GET /journal/securite", Acces: web.Controle, Servir: s.montrerTraces},
		{Motif: "GET /journal/securite/export", Acces: web.Controle, Servir: s.exporterTraces},
	}
}

// parPage is how many rows one page lists.
const parPage = 100

// page is what both pages have.
type page struct {
	web.Page
	gens  map[int64]string
	Apres string // the address of the rows before these
}

// Qui names an account.
func (p *page) Qui(compte int64) string {
	switch nom := p.gens[compte]; {
	case compte == 0:
		return ""
	case nom == "":
		return p.T("compte ", "account ") + strconv.FormatInt(compte, 10)
	default:
		return ecrit.Nom(nom)
	}
}

// nommer reads the addresses of the accounts that a page shows.
func (s *Service) nommer(ctx context.Context, p *page, comptes []int64) error {
	p.gens = map[int64]string{}
	slices.Sort(comptes)
	for _, c := range slices.Compact(comptes) {
		var nom string
		err := s.Base.Lire().QueryRowContext(ctx, `SELECT COALESCE(MAX(courriel), '') FROM compte WHERE id = $1`, c).Scan(&nom)
		if err != nil {
			return fmt.Errorf("name an account: %w", err)
		}
		p.gens[c] = nom
	}
	return nil
}

// pageJournal is what journal.html shows: one chain, the last row first.
type pageJournal struct {
	page
	Chaines []web.Choix
	Chaine  int64
	Lignes  []journal.Ligne
}

// Action says what a row is.
func (p *pageJournal) Action(code string) string {
	if t, ok := actions[code]; ok {
		return p.Tx(t)
	}
	return code
}

// Details are those of a row, on one line, in the order of their names.
func (p *pageJournal) Details(l journal.Ligne) (texte string) {
	noms := make([]string, 0, len(l.Details))
	for nom := range l.Details {
		noms = append(noms, nom)
	}
	slices.Sort(noms)
	for i, nom := range noms {
		if i > 0 {
			texte += ", "
		}
		texte += ecrit.Nom(nom) + p.T(" : ", ": ") + ecrit.Nom(l.Details[nom])
	}
	return texte
}

func (s *Service) montrerJournal(w http.ResponseWriter, r *http.Request) error {
	p := &pageJournal{page: page{Page: web.NouvellePage(r, Titre)}}
	p.Garder(r.URL.Query())
	p.Chaine = entier(p.Valeur("chaine"))
	chaines, err := Chaines(r.Context(), s.Base.Lire())
	if err != nil {
		return err
	}
	for _, c := range chaines {
		p.Chaines = append(p.Chaines, web.Choix{Valeur: strconv.FormatInt(c.ID, 10), Libelle: c.Nommer(p.Langue), Choisi: c.ID == p.Chaine})
	}
	if p.Filtre("chaine", p.Chaines); !p.Valide() {
		return gabarits().Montrer(w, r, "journal.html", p)
	}
	if p.Lignes, err = journal.Dernieres(r.Context(), s.Base.Lire(), p.Chaine, entier(p.Valeur("avant")), parPage); err != nil {
		return err
	}
	var comptes []int64
	for _, l := range p.Lignes {
		comptes = append(comptes, l.Acteur)
	}
	if n := len(p.Lignes); n == parPage {
		p.Apres = adresse("/journal", "chaine", strconv.FormatInt(p.Chaine, 10), "avant", strconv.FormatInt(p.Lignes[n-1].Entree, 10))
	}
	if err := s.nommer(r.Context(), &p.page, comptes); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "journal.html", p)
}

// Nommer is the name of a chain.
func (c Chaine) Nommer(l modele.Langue) string {
	switch {
	case c.ID == journal.Agence:
		return modele.Texte{Fr: "l'agence", En: "the agency"}.In(l)
	case c.Nom == "":
		return modele.Texte{Fr: "fournisseur ", En: "supplier "}.In(l) + strconv.FormatInt(c.ID, 10)
	}
	return ecrit.Nom(c.Nom)
}

// pageTraces is what securite.html shows.
type pageTraces struct {
	page
	Traces []Trace
}

// Genre says what a trace is.
func (p *pageTraces) Genre(code string) string {
	for _, g := range genres {
		if g.Code == code {
			return p.Tx(g.Nom)
		}
	}
	return code
}

// Genres are those to choose among.
func (p *pageTraces) Genres() []web.Choix {
	choix := []web.Choix{{Libelle: p.T("toutes", "all")}}
	for _, g := range genres {
		choix = append(choix, web.Choix{Valeur: g.Code, Libelle: p.Tx(g.Nom)})
	}
	return choix
}

func (s *Service) montrerTraces(w http.ResponseWriter, r *http.Request) (err error) {
	p := &pageTraces{page: page{Page: web.NouvellePage(r, titreSecurite, filJournal)}}
	p.Garder(r.URL.Query())
	f := Filtre{Genre: p.Filtre("genre", p.Genres()), Avant: entier(p.Valeur("avant")), Max: parPage}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "securite.html", p)
	}
	if p.Traces, err = s.Lister(r.Context(), f); err != nil {
		return err
	}
	var comptes []int64
	for _, t := range p.Traces {
		comptes = append(comptes, t.Compte)
	}
	if n := len(p.Traces); n == parPage {
		p.Apres = adresse("/journal/securite", "genre", f.Genre, "avant", strconv.FormatInt(p.Traces[n-1].ID, 10))
	}
	if err := s.nommer(r.Context(), &p.page, comptes); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "securite.html", p)
}

func (s *Service) exporterJournal(w http.ResponseWriter, r *http.Request) error {
	chaine := entier(r.URL.Query().Get("chaine"))
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "journal " + strconv.FormatInt(chaine, 10)})
	web.Telechargement(w.Header(), lignesJSON, "journal-"+strconv.FormatInt(chaine, 10)+".jsonl")
	return s.envoyer(r, ExporterJournal(r.Context(), s.Base.Lire(), w, chaine))
}

func (s *Service) exporterTraces(w http.ResponseWriter, r *http.Request) error {
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "traces"})
	web.Telechargement(w.Header(), lignesJSON, "traces.jsonl")
	return s.envoyer(r, ExporterTraces(r.Context(), s.Base.Lire(), w))
}

const lignesJSON = "application/jsonl; charset=utf-8"

// envoyer overlooks that whoever asked has gone.
func (s *Service) envoyer(r *http.Request, err error) error {
	if err != nil && errors.Is(r.Context().Err(), context.Canceled) {
		return nil
	}
	return err
}

// entier reads a number of an address; what is none is 0.
func entier(t string) int64 {
	n, _ := strconv.ParseInt(t, 10, 64)
	return n
}

func adresse(chemin string, paires ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(paires); i += 2 {
		v.Set(paires[i], paires[i+1])
	}
	return chemin + "?" + v.Encode()
}
