package lot

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"guichet/internal/classeur"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// parPage is how many demandes the page of a lot lists, and how many lots the list of them.
const parPage = 50

// pageLot is what lot.html shows.
type pageLot struct {
	web.Page
	L         *Lot
	Lignes    []Ligne
	Issues    []onglet
	Suite     web.Suite
	Mien      bool   // who looks has prepared it
	Retenues  Somme  // what it keeps
	Faites    Somme  // what of that is done
	Liste     string // where its demandes come from
	catalogue *decision.Catalogue
}

// onglet is the demandes of a lot with one outcome.
type onglet struct {
	Nom     modele.Texte
	Compte  string
	Adresse string
	Ici     bool
}

// issues are the outcomes in the order of the page; "toutes" is no outcome.
var issues = []struct {
	code  string
	issue Issue
	nom   modele.Texte
	n     func(*Lot) int64
}{
	{"toutes", "", modele.Texte{Fr: "Toutes", En: "All"}, func(l *Lot) int64 { return l.Total }},
	{"attend", Attend, modele.Texte{Fr: "À faire", En: "To be done"}, (*Lot).Restent},
	{"faite", Faite, modele.Texte{Fr: "Faites", En: "Done"}, func(l *Lot) int64 { return l.Faites }},
	{"laissee", Laissee, modele.Texte{Fr: "Laissées", En: "Left"}, func(l *Lot) int64 { return l.Laissees }},
	{"ecartee", Ecartee, modele.Texte{Fr: "Écartées", En: "Set aside"}, func(l *Lot) int64 { return l.Ecartees }},
}

func (s *Service) montrerLot(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageLot(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "lot.html", p)
}

func (s *Service) pageLot(r *http.Request) (*pageLot, error) {
	l, err := s.lotDe(r)
	if err != nil {
		return nil, err
	}
	nom, n := l.Genre.Nom(), strconv.FormatInt(l.ID, 10)
	p := &pageLot{Page: web.NouvellePage(r, modele.Texte{Fr: "Lot " + n + " : " + nom.Fr, En: "Batch " + n + ": " + nom.En}, filTravail, filLots), L: l, Mien: l.Compte == moi(r).Compte}
	if p.catalogue, err = s.Decisions.Catalogue(r.Context(), s.Base.Lire()); err != nil {
		return nil, err
	}
	p.Liste = "/travail"
	if l.Requete != "" {
		p.Liste += "?" + l.Requete
	}
	if p.Retenues, p.Faites, err = s.Sommes(r.Context(), l); err != nil {
		return nil, err
	}
	v := r.URL.Query()
	seule := p.onglets(v.Get("issue"))
	apres, _ := strconv.ParseInt(v.Get("apres"), 10, 64)
	if p.Lignes, err = s.Lignes(r.Context(), s.Base.Lire(), l.ID, seule, apres, parPage+1); err != nil {
		return nil, err
	}
	if len(p.Lignes) > parPage {
		p.Lignes = p.Lignes[:parPage]
		p.Suite = p.Page.Suite("", adresseLot(l.ID)+"?issue="+url.QueryEscape(v.Get("issue"))+"&apres="+strconv.FormatInt(p.Lignes[parPage-1].Ordre, 10), "")
	}
	return p, nil
}

// onglets makes the lists of the page, and returns the outcome that is shown; nil for all.
func (p *pageLot) onglets(code string) (seule *Issue) {
	for _, x := range issues {
		n := x.n(p.L)
		if n == 0 && x.code != "toutes" && x.code != code {
			continue
		}
		o := onglet{Nom: x.nom, Compte: p.Nombre(n), Adresse: adresseLot(p.L.ID) + "?issue=" + x.code, Ici: x.code == code}
		if o.Ici && x.code != "toutes" {
			seule = &x.issue
		}
		p.Issues = append(p.Issues, o)
	}
	p.Issues[0].Ici = seule == nil
	return seule
}

// Etat is the word of the state of the lot.
func (p *pageLot) Etat() web.Etiquette {
	ton := map[Etat]string{Preparation: "info", AConfirmer: "alerte", EnCours: "info", Arrete: "rejet", Fini: "ok"}[p.L.Etat]
	return p.Etiquette(ton, p.Tx(p.L.Etat.Nom()))
}

// Issue is the word of the outcome of a demande.
func (p *pageLot) Issue(l *Ligne) web.Etiquette {
	switch l.Issue {
	case Faite:
		return p.Etiquette("ok", p.T("faite", "done"))
	case Laissee:
		return p.Etiquette("alerte", p.T("laissée", "left"))
	case Ecartee:
		return p.Etiquette("alerte", p.T("écartée", "set aside"))
	}
	if p.L.Etat == Arrete {
		return p.Etiquette("neutre", p.T("pas faite", "not done"))
	}
	return p.Etiquette("neutre", p.T("à faire", "to be done"))
}

// Propose is what a demande of the lot is, or will be, proposed for: "Attribution", "Refus : Plafond dépassé".
func (p *pageLot) Propose(l *Ligne) string {
	sens, motifs := l.Sens, l.Motifs
	switch {
	case p.L.Genre == Refuser:
		sens, motifs = decision.Rejet, p.L.Motifs
	case p.L.Genre == Attribuer:
		sens = decision.Attribution
	case sens == "":
		return ""
	}
	t := p.Tx(sens.Nom())
	for i, r := range motifs {
		if m, ok := p.catalogue.De(r); ok {
			t += map[bool]string{true: p.T(" : ", ": "), false: ", "}[i == 0] + p.Tx(m.Nom)
		}
	}
	return t
}

// Cours tells whether something is under way.
func (p *pageLot) Cours() bool { return p.L.Etat == Preparation || p.L.Etat == EnCours }

// Arretable tells whether who looks may stop or drop it; Confirmable, confirm it.
func (p *pageLot) Arretable() bool {
	return p.Mien && (p.Cours() || p.L.Etat == AConfirmer)
}

func (p *pageLot) Confirmable() bool { return p.Mien && p.L.Etat == AConfirmer && p.L.Retenues() > 0 }

// Somme writes what demandes come to: "3 attributions, 5 000 € ; 1 refus".
func (p *pageLot) Somme(s Somme) string {
	var dit []string
	if s.Attributions > 0 {
		dit = append(dit, p.Compte(s.Attributions, "attribution", "attributions", "award", "awards")+", "+p.Montant(s.Montant))
	}
	if s.Refus > 0 {
		dit = append(dit, p.Compte(s.Refus, "refus", "refus", "refusal", "refusals"))
	}
	if dit == nil {
		return p.T("aucune demande", "no request")
	}
	return strings.Join(dit, p.T(" ; ", "; "))
}

// Passees are the demandes whose turn has come, out of Retenues.
func (p *pageLot) Passees() int64 { return p.L.Faites + p.L.Laissees }

// Qui names who has prepared it.
func (p *pageLot) Qui() string { return ecrit.Nom(p.L.Qui) }

// Motifs are the reasons of a refusal.
func (p *pageLot) Motifs() (textes []string) {
	for _, t := range p.catalogue.Dites(p.L.Motifs) {
		textes = append(textes, p.Tx(t))
	}
	return textes
}

// agir does an act on the lot in the address. What is refused is told on its page.
func (s *Service) agir(faire func(context.Context, instruction.Agent, int64) error, dit modele.Texte) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		l, err := s.lotDe(r)
		if err != nil {
			return err
		}
		err = faire(r.Context(), moi(r), l.ID)
		var refus *Refus
		switch {
		case errors.As(err, &refus):
			return web.AllerAvertir(w, r, adresseLot(l.ID), refus.Texte)
		case err != nil:
			return err
		}
		return web.AllerDire(w, r, adresseLot(l.ID), dit)
	}
}

// exporter gives all demandes of a lot with what became of them, as a table.
func (s *Service) exporter(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageLot(r)
	if err != nil {
		return err
	}
	f, ok := classeur.FormatDe(r.PathValue("format"))
	if !ok {
		return web.Introuvable
	}
	t, err := s.tableau(r.Context(), p)
	if err != nil {
		return err
	}
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "lot." + f.Code})
	web.Telechargement(w.Header(), f.Genre, "lot-"+strconv.FormatInt(p.L.ID, 10)+"."+f.Code)
	return f.Ecrire(w, t)
}

func (s *Service) tableau(ctx context.Context, p *pageLot) (classeur.Tableau, error) {
	t := classeur.Tableau{Nom: p.Tx(Titre)}
	for _, x := range []modele.Texte{{Fr: "numeroASP", En: "numeroASP"}, {Fr: "Montant HT", En: "Amount before tax"}, {Fr: "Proposée", En: "Proposed"}, {Fr: "Issue", En: "Outcome"}, {Fr: "Pourquoi", En: "Why"}} {
		t.Entete = append(t.Entete, p.Tx(x))
	}
	for apres := int64(0); ; {
		lignes, err := s.Lignes(ctx, s.Base.Lire(), p.L.ID, nil, apres, 1000)
		if err != nil || len(lignes) == 0 {
			return t, err
		}
		for i := range lignes {
			l := &lignes[i]
			t.Lignes = append(t.Lignes, []any{l.NumeroASP, classeur.Centimes(l.Montant), p.Propose(l), p.Issue(l).Texte, p.Tx(l.Cause)})
			apres = l.Ordre
		}
	}
}
