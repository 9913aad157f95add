package bilan

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"guichet/internal/classeur"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// Titre names the figures, titreDecisions the list of decisions.
var (
	Titre          = modele.Texte{Fr: "Chiffres", En: "Figures"}
	titreDecisions = modele.Texte{Fr: "Décisions", En: "Decisions"}
)

const (
	adresseChiffres  = "/chiffres"
	adresseDecisions = "/decisions"
)

// Routes lists the pages of figures. All people of the agency may read them.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET " + adresseChiffres, Acces: web.Agent, Servir: s.montrerChiffres},
		{Motif: "GET /export/chiffres/{format}", Acces: web.Agent, Servir: s.exporterChiffres},
		{Motif: "GET " + adresseDecisions, Acces: web.Agent, Servir: s.montrerDecisions},
		{Motif: "GET /export/decisions/{format}", Acces: web.Agent, Servir: s.exporterDecisions},
	}
}

// jourURL is a day as addresses have it.
const jourURL = "02/01/2006"

func ecrireJour(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(jourURL)
}

// pageDecisions is what decisions.html shows.
type pageDecisions struct {
	web.Page
	Prises      []Prise
	Suite       web.Suite
	Sens        []web.Choix
	Motifs      []web.Choix
	Agents      []web.Choix
	Filtree     bool
	filtre      Filtre
	requete     url.Values
	noms        map[int64]string // of people
	entreprises map[int64]string
	catalogue   *decision.Catalogue
}

// parPage is how many decisions a page lists.
const parPage = 50

func (s *Service) montrerDecisions(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDecisions(r)
	if err != nil {
		return err
	}
	var place *Place
	var x Place
	if n, err := fmt.Sscanf(r.URL.Query().Get("apres"), "%d.%d", &x.Instant, &x.ID); n == 2 && err == nil {
		place = &x
	}
	var apres *Place
	if !p.Valide() {
		return gabarits().Montrer(w, r, "decisions.html", p)
	}
	if p.Prises, apres, err = s.Lister(r.Context(), p.filtre, place, parPage); err != nil {
		return err
	}
	if apres != nil {
		v := url.Values{"apres": {fmt.Sprintf("%d.%d", apres.Instant, apres.ID)}}
		for nom, x := range p.requete {
			v[nom] = x
		}
		p.Suite = p.Page.Suite("", adresseDecisions+"?"+v.Encode(), "")
	}
	if p.entreprises, err = s.Noms(r.Context(), fournisseurs(p.Prises)); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "decisions.html", p)
}

func fournisseurs(prises []Prise) (ids []int64) {
	for _, p := range prises {
		ids = append(ids, p.Fournisseur)
	}
	return ids
}

// champsDecisions are the parts of an address that say which decisions are looked for.
var champsDecisions = []string{"q", "du", "au", "sens", "motif", "fournisseur", "decide_par", "propose_par", "toutes"}

func (s *Service) pageDecisions(r *http.Request) (*pageDecisions, error) {
	p := &pageDecisions{Page: web.NouvellePage(r, titreDecisions, web.Lien{Nom: Titre, Adresse: adresseChiffres}), requete: url.Values{}}
	v := r.URL.Query()
	p.Garder(v)
	for _, nom := range champsDecisions {
		if x := v.Get(nom); x != "" {
			p.requete.Set(nom, x)
		}
	}
	p.Filtree = len(p.requete) > 0
	p.filtre = Filtre{
		Sens: decision.Sens(p.Valeur("sens")), Motif: p.Valeur("motif"),
		Fournisseur: entier(p.Valeur("fournisseur")), DecidePar: entier(p.Valeur("decide_par")), ProposePar: entier(p.Valeur("propose_par")), Toutes: p.Valeur("toutes") != "",
	}
	p.filtre.Prises.Du, p.filtre.Prises.Au = p.Jours("du", "au")
	for champ, n := range map[string]int64{"fournisseur": p.filtre.Fournisseur, "decide_par": p.filtre.DecidePar, "propose_par": p.filtre.ProposePar} {
		if n <= 0 && p.Valeur(champ) != "" {
			dit := web.FiltreInconnu(champ, p.Valeur(champ))
			p.Refuser("", dit.Fr, dit.En)
		}
	}
	if q := p.Valeur("q"); q != "" {
		if depot, rang, ok := s.LireNumeroASP(strings.ToUpper(q)); ok {
			p.filtre.Demande, p.filtre.Toutes = &etat.Cle{Depot: depot, Rang: rang}, true
		} else {
			p.filtre.Reference, p.filtre.Toutes = q, true
		}
	}
	return p, s.choix(r.Context(), p)
}

// choix are what the fields of the form offer.
func (s *Service) choix(ctx context.Context, p *pageDecisions) (err error) {
	tous := modele.Texte{Fr: "Tous", En: "All"}
	p.Sens = []web.Choix{{Libelle: p.Tx(tous)}}
	for _, x := range []decision.Sens{decision.Attribution, decision.Rejet, decision.Retrait} {
		p.Sens = append(p.Sens, web.Choix{Valeur: string(x), Libelle: p.Tx(x.Nom()), Choisi: x == p.filtre.Sens})
	}
	p.Motifs = []web.Choix{{Libelle: p.Tx(tous)}}
	if p.catalogue, err = decision.LireCatalogue(ctx, s.Base.Lire()); err != nil {
		return err
	}
	for _, m := range p.catalogue.Motifs() {
		p.Motifs = append(p.Motifs, web.Choix{Valeur: m.Code, Libelle: p.Tx(m.Nom), Choisi: m.Code == p.filtre.Motif})
	}
	p.Filtre("sens", p.Sens)
	p.Filtre("motif", p.Motifs)
	p.Agents = []web.Choix{{Libelle: p.Tx(tous)}}
	p.noms, err = s.agents(ctx, func(a instruction.Agent) {
		if a.Roles&etat.Valideur != 0 {
			p.Agents = append(p.Agents, web.Choix{Valeur: strconv.FormatInt(a.Compte, 10), Libelle: ecrit.Nom(a.Nom), Choisi: a.Compte == p.filtre.DecidePar})
		}
	})
	return err
}

// agents are the names of the people who examine and decide; each is given to f (may be nil).
func (s *Service) agents(ctx context.Context, f func(instruction.Agent)) (map[int64]string, error) {
	tous, err := s.Agents(ctx, s.Base.Lire(), etat.Instructeur|etat.Valideur)
	noms := map[int64]string{}
	for _, a := range tous {
		if noms[a.Compte] = ecrit.Nom(a.Nom); f != nil {
			f(a)
		}
	}
	return noms, err
}

func entier(t string) int64 {
	n, _ := strconv.ParseInt(t, 10, 64) // what is no number finds nothing
	return n
}

// Qui names a person of the agency; who is no longer one has no name here.
func (p *pageDecisions) Qui(compte int64) string { return p.noms[compte] }

// Entreprise names a supplier.
func (p *pageDecisions) Entreprise(id int64) string { return p.entreprises[id] }

// Mot is the word of the state of a decision.
func (p *pageDecisions) Mot(d *Prise) web.Etiquette {
	switch {
	case !d.Retrait.IsZero():
		return p.Etiquette("rejet", p.T("retirée", "withdrawn"))
	case !d.Abandon.IsZero():
		return p.Etiquette("neutre", p.T("abandonnée", "given up"))
	case d.Etat == decision.Notifiee:
		return p.Etiquette("ok", p.T("notifiée", "notified"))
	case d.Etat == decision.Decidee:
		return p.Etiquette("info", p.T("à notifier", "to be notified"))
	}
	return p.Etiquette("neutre", p.T("reprise ou caduque", "taken back, or lapsed"))
}

// Precision goes on with the word of an award that stands no longer: since when, by whom, of how much.
func (p *pageDecisions) Precision(d *Prise) string {
	m := web.Montant(d.Montant)
	if le := web.Date(d.Retrait); !d.Retrait.IsZero() {
		return p.T("le "+le.Fr+" ("+m.Fr+")", "on "+le.En+" ("+m.En+")")
	}
	if le := web.Date(d.Abandon); !d.Abandon.IsZero() {
		return p.T("par le fournisseur le "+le.Fr+" ("+m.Fr+")", "by the supplier on "+le.En+" ("+m.En+")")
	}
	return ""
}

// Motif names the reasons of a decision.
func (p *pageDecisions) Motif(d *Prise) string {
	var noms []string
	for _, code := range d.Motifs {
		noms = append(noms, p.Tx(nomMotif(p.catalogue, code)))
	}
	return strings.Join(noms, ", ")
}

// nomMotif names a reason as it is called now.
func nomMotif(c *decision.Catalogue, code string) modele.Texte {
	if m, ok := c.Actuel(code); ok {
		return m.Nom
	}
	return modele.Texte{Fr: code, En: code}
}

// AvecToutes is the same list with the decisions that count no longer; "" where they are in it.
func (p *pageDecisions) AvecToutes() string {
	if p.filtre.Toutes {
		return ""
	}
	v := maps.Clone(p.requete)
	v.Set("toutes", "oui")
	return adresseDecisions + "?" + v.Encode()
}

// Exports are where the list is had as a table.
func (p *pageDecisions) Exports() []web.Lien { return exports("/export/decisions/", p.requete) }

func exports(ou string, v url.Values) (liens []web.Lien) {
	for _, f := range classeur.Formats() {
		l := web.Lien{Nom: f.Nom, Adresse: ou + f.Code}
		if q := v.Encode(); q != "" {
			l.Adresse += "?" + q
		}
		liens = append(liens, l)
	}
	return liens
}

// maxExport bounds the rows of an export, which is made in memory.
const maxExport = 20_000

func (s *Service) exporterDecisions(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDecisions(r)
	if err != nil {
		return err
	}
	f, ok := classeur.FormatDe(r.PathValue("format"))
	if !ok {
		return web.Introuvable
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "decisions.html", p)
	}
	var suite *Place
	if p.Prises, suite, err = s.Lister(r.Context(), p.filtre, nil, maxExport); err != nil {
		return err
	}
	if p.entreprises, err = s.Noms(r.Context(), fournisseurs(p.Prises)); err != nil {
		return err
	}
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "decisions." + f.Code})
	web.Telechargement(w.Header(), f.Genre, "decisions."+f.Code)
	t := p.tableau()
	if suite != nil {
		t.Couper(p.Langue)
	}
	return f.Ecrire(w, t)
}

func (p *pageDecisions) tableau() classeur.Tableau {
	t := classeur.Tableau{Nom: p.Tx(titreDecisions)}
	for _, x := range []modele.Texte{
		{Fr: "Décision", En: "Decision"}, {Fr: "Décidée le", En: "Decided on"}, {Fr: "Sens", En: "Outcome"}, {Fr: "Accordé HT", En: "Granted before tax"}, {Fr: "Motifs", En: "Reasons"}, {Fr: "numeroASP", En: "numeroASP"},
		{Fr: "Fournisseur", En: "Supplier"}, {Fr: "Proposée par", En: "Proposed by"}, {Fr: "Décidée par", En: "Decided by"}, {Fr: "Délai (jours)", En: "Delay (days)"}, {Fr: "État", En: "State"},
	} {
		t.Entete = append(t.Entete, p.Tx(x))
	}
	for i := range p.Prises {
		d := &p.Prises[i]
		t.Lignes = append(t.Lignes, []any{
			d.Reference, d.Decide.In(web.Paris()), p.Tx(d.Sens.Nom()), classeur.Centimes(d.Accorde()), p.Motif(d), d.NumeroASP,
			ecrit.Visible(p.Entreprise(d.Fournisseur)), p.Qui(d.ProposePar), p.Qui(d.DecidePar), d.Delai(), strings.TrimSpace(p.Mot(d).Texte + " " + p.Precision(d)),
		})
	}
	return t
}
