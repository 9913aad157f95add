package comptabilite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"guichet/internal/classeur"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// Titre names the accounts.
var Titre = modele.Texte{Fr: "Comptes", En: "Accounts"}

const adresse = "/comptes"

// Routes lists the pages of the accounts.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET " + adresse, Acces: web.Comptes, Servir: s.montrerComptes},
		{Motif: "GET /comptes/postes/{poste}", Acces: web.Comptes, Servir: s.montrerPoste},
		{Motif: "GET /comptes/demandes/{numero}", Acces: web.Comptes, Servir: s.montrerDemande},
		{Motif: "GET /export/comptes/{format}", Acces: web.Comptes, Servir: s.exporter},
	}
}

// pageComptes is what comptes.html shows.
type pageComptes struct {
	web.Page
	Annees     []web.Choix
	Soldes     Soldes
	Entreprise string // the supplier's name; "" for all
	Filtree    bool
	filtre     Filtre
	requete    url.Values
}

// tableLivre is one table of the page.
type tableLivre struct {
	Titre   modele.Texte
	Rangees []Ligne
}

// Livres are the two tables: what the others are of comes first, and is written as it is asked or granted.
func (p *pageComptes) Livres() []tableLivre {
	livres := []tableLivre{
		{Titre: modele.Texte{Fr: "Ce qui est demandé", En: "What is asked"}}, {Titre: modele.Texte{Fr: "Ce qui est accordé", En: "What is granted"}},
	}
	for i, d := range Postes {
		montant := p.Soldes[i]
		if d.Poste.Contrepartie() {
			montant = -montant
		}
		if l := &livres[d.Livre]; montant != 0 || len(d.Poste.Etats()) > 0 { // nothing is ordered or recovered where nothing leads there
			l.Rangees = append(l.Rangees, Ligne{d, montant})
		}
	}
	return livres
}

// Lien is the list behind a number; "" where there is nothing.
func (p *pageComptes) Lien(l Ligne) string {
	if l.Montant == 0 {
		return ""
	}
	return avec("/comptes/postes/"+l.Code, p.requete)
}

func avec(ou string, v url.Values) string {
	if q := v.Encode(); q != "" {
		return ou + "?" + q
	}
	return ou
}

// Exports are where the balances are had as a table.
func (p *pageComptes) Exports() (liens []web.Lien) {
	for _, f := range classeur.Formats() {
		liens = append(liens, web.Lien{Nom: f.Nom, Adresse: avec("/export/comptes/"+f.Code, p.requete)})
	}
	return liens
}

func (s *Service) montrerComptes(w http.ResponseWriter, r *http.Request) error {
	p, err := s.page(r, Titre)
	if err != nil {
		return err
	}
	if p.Valide() {
		if p.Soldes, err = s.Solder(r.Context(), s.Base.Lire(), p.filtre); err != nil {
			return err
		}
	}
	return gabarits().Montrer(w, r, "comptes.html", p)
}

// page reads the filters.
func (s *Service) page(r *http.Request, titre modele.Texte, fil ...web.Lien) (*pageComptes, error) {
	p := &pageComptes{Page: web.NouvellePage(r, titre, fil...), requete: url.Values{}}
	v := r.URL.Query()
	p.Garder(v)
	for _, nom := range []string{"siret", "logiciel", "annee"} {
		if x := strings.TrimSpace(v.Get(nom)); x != "" {
			p.requete.Set(nom, x)
		}
	}
	p.Filtree = len(p.requete) > 0
	p.filtre = Filtre{NumeroAns: p.requete.Get("logiciel")}
	p.filtre.Annee, _ = strconv.Atoi(p.requete.Get("annee")) // Filtre says what is no year
	if err := s.choixAnnees(r.Context(), p); err != nil {
		return nil, err
	}
	return p, s.trouver(r.Context(), p)
}

// choixAnnees offers the years that there are deposits of.
func (s *Service) choixAnnees(ctx context.Context, p *pageComptes) error {
	var premier, dernier int
	if err := s.Base.Lire().QueryRowContext(ctx, `SELECT COALESCE(MIN(annee), 0), COALESCE(MAX(annee), 0) FROM arrete_montant`).Scan(&premier, &dernier); err != nil {
		return fmt.Errorf("read the years of the accounts: %w", err)
	}
	var annee int // of the last entry, which may be later than the closing
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT annee FROM ecriture ORDER BY id DESC LIMIT 1`).Scan(&annee)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the years of the accounts: %w", err)
	}
	if dernier = max(dernier, annee); premier == 0 {
		premier = dernier
	}
	p.Annees = []web.Choix{{Libelle: p.T("Toutes", "All")}}
	for a := dernier; a >= premier && a > 0; a-- {
		p.Annees = append(p.Annees, web.Choix{Valeur: strconv.Itoa(a), Libelle: strconv.Itoa(a), Choisi: a == p.filtre.Annee})
	}
	p.Filtre("annee", p.Annees)
	return nil
}

// trouver finds the supplier and the software of the filters.
func (s *Service) trouver(ctx context.Context, p *pageComptes) error {
	if siret := strings.ReplaceAll(p.requete.Get("siret"), " ", ""); siret != "" {
		err := s.Base.Lire().QueryRowContext(ctx, `SELECT id, raison_sociale FROM fournisseur WHERE siret = $1`, siret).Scan(&p.filtre.Fournisseur, &p.Entreprise)
		if errors.Is(err, sql.ErrNoRows) {
			p.Refuser("siret", "Aucun fournisseur n'a ce SIRET.", "No supplier has this SIRET.")
		} else if err != nil {
			return fmt.Errorf("find a supplier: %w", err)
		}
	}
	if p.filtre.NumeroAns == "" {
		return nil
	}
	var connu bool
	if err := s.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM logiciel WHERE numero_ans = $1)`, p.filtre.NumeroAns).Scan(&connu); err != nil {
		return fmt.Errorf("find a software: %w", err)
	}
	if !connu {
		p.Refuser("logiciel", "Aucun logiciel n'a ce numéro.", "No software has this number.")
	}
	return nil
}

// pagePoste is what poste.html shows.
type pagePoste struct {
	pageComptes
	Poste    Description
	Demandes []Situee
	Suite    web.Suite
	noms     map[int64]string
	service  *Service
}

// parPage is how many demandes a page lists.
const parPage = 50

func (s *Service) montrerPoste(w http.ResponseWriter, r *http.Request) error {
	poste, ok := Lire(r.PathValue("poste"))
	if !ok {
		return web.Introuvable
	}
	pc, err := s.page(r, Postes[poste].Nom, web.Lien{Nom: Titre, Adresse: adresse})
	if err != nil {
		return err
	}
	p := &pagePoste{pageComptes: *pc, Poste: Postes[poste], service: s}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "poste.html", p)
	}
	depuis := Place{Fournisseur: p.filtre.Fournisseur, Cle: etat.Cle{Rang: -1}}
	_, _ = fmt.Sscanf(r.URL.Query().Get("apres"), "%d.%d.%d", &depuis.Fournisseur, &depuis.Depot, &depuis.Rang) // else from the beginning
	var apres *Place
	if p.Demandes, apres, err = s.Lister(r.Context(), s.Base.Lire(), p.filtre, poste, depuis, parPage); err != nil {
		return err
	}
	if apres != nil {
		v := url.Values{"apres": {fmt.Sprintf("%d.%d.%d", apres.Fournisseur, apres.Depot, apres.Rang)}}
		for nom, x := range p.requete {
			v[nom] = x
		}
		p.Suite = p.Page.Suite("", avec("/comptes/postes/"+p.Poste.Code, v), "")
	}
	if p.noms, err = s.noms(r.Context(), p.Demandes); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "poste.html", p)
}

// NumeroASP names a demande of the list.
func (p *pagePoste) NumeroASP(d Situee) string { return p.service.NumeroASP(d.Depot, d.Rang) }

// Nom names its supplier.
func (p *pagePoste) Nom(d Situee) string { return p.noms[d.Fournisseur] }

// Signe is an amount as the page of the balance has it.
func (p *pagePoste) Signe(d Situee) int64 {
	if p.Poste.Poste.Contrepartie() {
		return -d.Montant
	}
	return d.Montant
}

// noms are the names of the suppliers of a list.
func (s *Service) noms(ctx context.Context, demandes []Situee) (map[int64]string, error) {
	noms := map[int64]string{}
	for _, d := range demandes {
		if _, ok := noms[d.Fournisseur]; ok {
			continue
		}
		var nom string
		if err := s.Base.Lire().QueryRowContext(ctx, `SELECT raison_sociale FROM fournisseur WHERE id = $1`, d.Fournisseur).Scan(&nom); err != nil {
			return nil, fmt.Errorf("read the name of a supplier: %w", err)
		}
		noms[d.Fournisseur] = ecrit.Visible(nom)
	}
	return noms, nil
}

// pageDemande is what demande.html shows.
type pageDemande struct {
	web.Page
	Quoi    Demande
	Numero  string
	Passees []Passee
}

// Calcul is the computation of the advance, in words; "" where nothing is granted.
func (p *pageDemande) Calcul() string {
	if !p.Quoi.Etat.Accordee() {
		return ""
	}
	m := web.Montant(p.Quoi.Accorde)
	return p.T("30 % de "+m.Fr+", au centime le plus proche", "30% of "+m.En+", to the nearest cent")
}

// Avance is the advance of what is granted.
func (p *pageDemande) Avance() int64 { return etat.Avance(p.Quoi.Accorde) }

func (s *Service) montrerDemande(w http.ResponseWriter, r *http.Request) error {
	depot, rang, ok := s.LireNumeroASP(r.PathValue("numero"))
	if !ok {
		return web.Introuvable
	}
	c := etat.Cle{Depot: depot, Rang: rang}
	d, fournisseur, ok, err := s.Trouver(r.Context(), s.Base.Lire(), c)
	switch {
	case err != nil:
		return err
	case !ok:
		return web.Introuvable
	}
	numero := s.NumeroASP(depot, rang)
	p := &pageDemande{Page: web.NouvellePage(r, modele.Texte{Fr: "Comptes de " + numero, En: "Accounts of " + numero}, web.Lien{Nom: Titre, Adresse: adresse}), Quoi: d, Numero: numero}
	if p.Passees, err = s.Histoire(r.Context(), s.Base.Lire(), fournisseur, c); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "demande.html", p)
}

// maxExport bounds the rows of an export, which is made in memory.
const maxExport = 20_000

func (s *Service) exporter(w http.ResponseWriter, r *http.Request) error {
	f, ok := classeur.FormatDe(r.PathValue("format"))
	if !ok {
		return web.Introuvable
	}
	p, err := s.page(r, Titre)
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "comptes.html", p)
	}
	soldes, err := s.Detailler(r.Context(), s.Base.Lire(), p.filtre, maxExport+1)
	if err != nil {
		return err
	}
	coupe := len(soldes) > maxExport
	soldes = soldes[:min(len(soldes), maxExport)]
	t := classeur.Tableau{Nom: p.Tx(Titre), Entete: []string{p.T("Fournisseur", "Supplier"), p.T("Logiciel", "Software"), p.T("Année", "Year")}}
	for _, d := range Postes {
		t.Entete = append(t.Entete, p.Tx(d.Nom))
	}
	var siens []Situee
	for _, x := range soldes {
		siens = append(siens, Situee{Place: Place{Fournisseur: x.Fournisseur}})
	}
	noms, err := s.noms(r.Context(), siens)
	if err != nil {
		return err
	}
	for _, x := range soldes {
		ligne := []any{noms[x.Fournisseur], x.NumeroAns, x.Annee}
		for i, montant := range x.Soldes {
			if Poste(i).Contrepartie() {
				montant = -montant
			}
			ligne = append(ligne, classeur.Centimes(montant))
		}
		t.Lignes = append(t.Lignes, ligne)
	}
	if coupe {
		t.Couper(p.Langue)
	}
	web.Tracer(r.Context(), web.Trace{Genre: "export", Objet: "comptes." + f.Code})
	web.Telechargement(w.Header(), f.Genre, "comptes."+f.Code)
	return f.Ecrire(w, t)
}
