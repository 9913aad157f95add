package instruction

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// parPage is how many demandes a page of the queue lists.
const parPage = 50

// pageFile is what travail.html shows.
type pageFile struct {
	web.Page
	Onglets  []onglet
	Part     *Part
	Suite    web.Suite
	Requete  string // of the address: what is looked for
	Filtree  bool
	Instruit bool // may take
	Confie   bool // may hand over all that somebody holds
	Moi      int64
	Etats    []web.Choix
	Tris     []web.Choix
	Filtres  []filtreGarde
	EnLot    []web.Choix // what can be done to many demandes of the list at once
	champs   Filtre
	s        *Service
}

// onglet is a list with how many it has.
type onglet struct {
	Nom     modele.Texte
	Compte  string
	Adresse string
	Ici     bool
}

// filtreGarde is a filter that a person has given a name.
type filtreGarde struct{ Nom, Adresse string }

func (s *Service) montrerFile(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageFile(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "travail.html", p)
}

func (s *Service) pageFile(r *http.Request) (*pageFile, error) {
	p := s.nouvelleFile(r)
	return p, s.remplirFile(r, p)
}

func (s *Service) nouvelleFile(r *http.Request) *pageFile {
	return &pageFile{Page: web.NouvellePage(r, Titre), Instruit: moi(r).Roles&etat.Instructeur != 0, Moi: moi(r).Compte, s: s}
}

// remplirFile lists what the address asks for; or the form that keeps a filter, which carries what its page listed.
func (s *Service) remplirFile(r *http.Request, p *pageFile) error {
	i, _ := compte.De(r.Context())
	p.Confie = p.Instruit || i.Peut(web.Administrateur)
	v := r.URL.Query()
	if p.Donne("requete") {
		v = p.portee()
	}
	p.Garder(v)
	p.champs = lireFiltre(&p.Page, moi(r))
	p.Filtree = p.champs != Filtre{File: p.champs.File, Agent: p.champs.Agent, Tri: p.champs.Tri}
	p.Requete = requete(v).Encode()
	p.Etats, p.Tris = optionsEtats(p.champs.Etat, p.Langue), optionsTris(p.champs.Tri, p.Langue)
	p.EnLot = s.EnLot(moi(r), p.champs.File, p.Langue)
	var err error
	if !p.Valide() { // what is narrowed by it would be a longer list
		p.Part, p.EnLot = &Part{}, nil
	} else if p.Part, err = s.Lister(r.Context(), p.champs, LirePlace(v.Get("apres")), parPage); err != nil {
		return err
	}
	if p.Onglets, err = s.onglets(r.Context(), p, v); err != nil {
		return err
	}
	if a := p.Part.Apres; a != nil {
		v := requete(v)
		v.Set("apres", a.Ecrire())
		p.Suite = p.Page.Suite("", adresseTravail+"?"+v.Encode(), "")
	}
	p.Filtres, err = s.filtres(r.Context(), p.Moi)
	return err
}

// portee is what the list is narrowed by that the form of a kept filter was sent from.
func (p *pageFile) portee() url.Values {
	v, err := url.ParseQuery(p.Valeur("requete"))
	if err != nil {
		return url.Values{}
	}
	return requete(v)
}

// lireFiltre reads what is looked for from the address.
func lireFiltre(p *web.Page, a Agent) Filtre {
	f := Filtre{
		File: File(p.Formulaire.Valeur("file")), Agent: a.Compte, Tenue: entier(p.Formulaire.Valeur("tenue")), Fournisseur: entier(p.Formulaire.Valeur("fournisseur")),
		Logiciel: strings.ToUpper(p.Formulaire.Valeur("logiciel")), OG: ecrit.Numero(p.Formulaire.Valeur("og")),
		Age: ageDe(p), Tri: Tri(p.Formulaire.Valeur("tri")),
	}
	f.Min, f.Max = p.Fourchette("min", "max")
	f.Recue.Du, f.Recue.Au = p.Jours("recu_du", "recu_au")
	f.Limite.Du, f.Limite.Au = p.Jours("limite_du", "limite_au")
	if f.File.Nom() == (modele.Texte{}) {
		if f.File != "" {
			inconnu(p, "file")
		}
		f.File = APrendre
	}
	if f.Tri != "" && !slices.ContainsFunc(optionsTris("", p.Langue), func(c web.Choix) bool { return c.Valeur == string(f.Tri) }) {
		inconnu(p, "tri")
	}
	switch a := p.Formulaire.Valeur("alerte"); {
	case a == "" || a == AvecAlerte || a == SansAlerte || titres()[a] != (modele.Texte{}):
		f.Alerte = a
	default:
		inconnu(p, "alerte")
	}
	if f.Avis = p.Formulaire.Valeur("avis"); !slices.ContainsFunc(choixAvis, func(n choixDAvis) bool { return n.Valeur == f.Avis }) {
		inconnu(p, "avis")
		f.Avis = ""
	}
	switch d, ok := etat.Decrire(etat.Etat(p.Formulaire.Valeur("etat"))); {
	case ok:
		f.Etat = d.Etat
	case p.Formulaire.Valeur("etat") != "":
		inconnu(p, "etat")
	}
	for champ, n := range map[string]int64{"fournisseur": f.Fournisseur, "tenue": f.Tenue} {
		if n <= 0 && p.Formulaire.Valeur(champ) != "" {
			inconnu(p, champ)
		}
	}
	return f
}

// inconnu tells of a part of the address that names nothing. One that is no field of the form is of a link that was changed by hand.
func inconnu(p *web.Page, champ string) {
	dit := web.FiltreInconnu(champ, p.Formulaire.Valeur(champ))
	if champ == "fournisseur" || champ == "tenue" || champ == "file" {
		champ = ""
	}
	p.Refuser(champ, dit.Fr, dit.En)
}

// ageDe is the days of the field, 0 where it is empty.
func ageDe(p *web.Page) int {
	t := p.Formulaire.Valeur("age")
	n, err := strconv.Atoi(t)
	if t != "" && (err != nil || n < 0) {
		p.Refuser("age", "Écrivez un nombre de jours, par exemple 30.", "Write a number of days, for example 30.")
		return 0
	}
	return min(n, 10_000)
}

// requete is the parts of an address that say what is looked for.
func requete(v url.Values) url.Values {
	q := url.Values{}
	for _, nom := range []string{"file", "tenue", "fournisseur", "logiciel", "og", "etat", "min", "max", "age", "alerte", "avis", "recu_du", "recu_au", "limite_du", "limite_au", "tri"} {
		if x := v.Get(nom); x != "" {
			q.Set(nom, x)
		}
	}
	return q
}

// LirePlace reads a place in a list; nil for the beginning.
func LirePlace(t string) *Place {
	p := &Place{}
	if n, err := fmt.Sscanf(t, "%d.%d.%d", &p.Valeur, &p.Depot, &p.Rang); n != 3 || err != nil {
		return nil
	}
	return p
}

// onglets are the lists, each with how many it has whatever the other filters; with none where a filter cannot be read, and nothing is listed.
func (s *Service) onglets(ctx context.Context, p *pageFile, v url.Values) (onglets []onglet, err error) {
	for _, d := range files {
		q := requete(v)
		q.Set("file", string(d.file))
		o := onglet{Nom: d.nom, Adresse: adresseTravail + "?" + q.Encode(), Ici: d.file == p.champs.File}
		if o.Compte, err = p.compter(func() (int, error) { return s.Compter(ctx, Filtre{File: d.file, Agent: p.champs.Agent}) }); err != nil {
			return nil, err
		}
		onglets = append(onglets, o)
	}
	o := onglet{Nom: titreIncompletes, Adresse: adresseIncompletes, Ici: p.champs.File == ""}
	o.Compte, err = p.compter(func() (int, error) { return s.compterIncompletes(ctx) })
	return append(onglets, o), err
}

// compter counts what a list has; nothing is counted beside a list that is not shown.
func (p *pageFile) compter(combien func() (int, error)) (string, error) {
	if !p.Valide() {
		return "", nil
	}
	n, err := combien()
	return p.auPlus(n), err
}

// auPlus writes how many a list has, up to where lists are counted.
func (p *pageFile) auPlus(n int) string {
	if n > MaxCompte {
		return p.Nombre(MaxCompte) + "+"
	}
	return p.Nombre(int64(n))
}

func optionsEtats(choisi etat.Etat, l modele.Langue) []web.Choix {
	choix := []web.Choix{{Libelle: modele.Texte{Fr: "Tous", En: "All"}.In(l)}}
	for _, d := range etat.Tous {
		if d.Etat != etat.Incomplete {
			choix = append(choix, web.Choix{Valeur: string(d.Etat), Libelle: d.Nom.In(l), Choisi: d.Etat == choisi})
		}
	}
	return choix
}

// ChoixAlertes are what a list may be narrowed to by the remarks on its demandes.
func (p *pageFile) ChoixAlertes() []web.Choix {
	choix := []web.Choix{
		{Libelle: p.T("Avec ou sans", "With or without")}, {Valeur: AvecAlerte, Libelle: p.T("Au moins une alerte", "An alert at least")}, {Valeur: SansAlerte, Libelle: p.T("Aucune alerte", "No alert")},
	}
	for _, code := range slices.Sorted(maps.Keys(titres())) {
		choix = append(choix, web.Choix{Valeur: code, Libelle: code + p.T(" : ", ": ") + p.Tx(titres()[code])})
	}
	for i := range choix {
		choix[i].Choisi = choix[i].Valeur == p.champs.Alerte
	}
	return choix
}

// Alertes are the remarks on a demande: each rule, and how often.
func (p *pageFile) Alertes(d *Dossier) string {
	var mots []string
	for _, a := range d.Alertes {
		mot := a.Code
		if a.Nombre > 1 {
			mot += " × " + p.Nombre(int64(a.Nombre))
		}
		mots = append(mots, mot)
	}
	if !d.Revue && ouverte(d.Etat) {
		return p.T("pas encore vérifiées", "not checked yet")
	}
	return strings.Join(mots, ", ")
}

func optionsTris(choisi Tri, l modele.Langue) (choix []web.Choix) {
	for _, t := range []struct {
		tri Tri
		nom modele.Texte
	}{
		{ParEcheance, modele.Texte{Fr: "Échéance, la plus proche d'abord", En: "Deadline, the nearest first"}},
		{ParEcheanceD, modele.Texte{Fr: "Échéance, la plus lointaine d'abord", En: "Deadline, the farthest first"}},
		{ParMontantD, modele.Texte{Fr: "Montant, le plus élevé d'abord", En: "Amount, the highest first"}},
		{ParMontant, modele.Texte{Fr: "Montant, le plus bas d'abord", En: "Amount, the lowest first"}},
	} {
		choix = append(choix, web.Choix{Valeur: string(t.tri), Libelle: t.nom.In(l), Choisi: t.tri == choisi})
	}
	return choix
}

// prendreSuivante takes the first demande of the list that nobody holds, and shows it.
func (s *Service) prendreSuivante(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageFile(r)
	if err != nil {
		return err
	}
	c, err := s.Suivante(r.Context(), moi(r), p.champs)
	if errors.Is(err, ErrVide) {
		return web.AllerDire(w, r, adresseTravail+"?"+p.Requete, modele.Texte{Fr: "Rien n'attend d'être pris, dans cette liste : choisissez-en une autre.", En: "Nothing waits to be taken in this list: choose another one."})
	}
	if err != nil {
		return err
	}
	return web.Aller(w, r, adresseDossier(s.NumeroASP(c.Depot, c.Rang))+avec(p.Requete))
}

func avec(requete string) string {
	if requete == "" {
		return ""
	}
	return "?" + requete
}

// The bounds of kept filters: how many a person has, how long a name is, in characters.
const (
	maxFiltres   = 20
	maxNomFiltre = 60
)

// garderFiltre gives the list of the form a name, or forgets the one that has it: the button says which. What is refused is told beside
// that same list.
func (s *Service) garderFiltre(w http.ResponseWriter, r *http.Request) error {
	p := s.nouvelleFile(r)
	if err := p.Lire(r); err != nil {
		return err
	}
	oublie := p.Valeur("oublier") != ""
	if err := s.remplirFile(r, p); err != nil {
		return err
	}
	if oublie { // whatever the list is narrowed by
		p.Fautes = nil
	}
	nom := p.Requis("nom", maxNomFiltre, modele.Texte{Fr: "le nom du filtre", En: "the name of the filter"})
	if !p.Valide() {
		return gabarits().Montrer(w, r, "travail.html", p)
	}
	dit := modele.Texte{Fr: "Le filtre « " + nom + " » est enregistré.", En: "The filter “" + nom + "” is kept."}
	faire := func(ctx context.Context, tx *sql.Tx) error { return ecrireFiltre(ctx, tx, p.Moi, nom, p.Requete) }
	if oublie {
		dit = modele.Texte{Fr: "Le filtre « " + nom + " » est oublié.", En: "The filter “" + nom + "” is forgotten."}
		faire = func(ctx context.Context, tx *sql.Tx) error { return oublierFiltre(ctx, tx, p.Moi, nom) }
	}
	var refus *Refus
	switch err := s.Base.Ecrire(r.Context(), faire); {
	case errors.As(err, &refus):
		p.Refuser("nom", refus.Texte.Fr, refus.Texte.En)
		return gabarits().Montrer(w, r, "travail.html", p)
	case err != nil:
		return err
	}
	return web.AllerDire(w, r, adresseTravail+avec(p.Requete), dit)
}

// ecrireFiltre puts a list under a name, in the place of the one that had it. The plain list has nothing to be narrowed by.
func ecrireFiltre(ctx context.Context, tx *sql.Tx, compte int64, nom, quoi string) error {
	if _, err := oterFiltre(ctx, tx, compte, nom); err != nil {
		return err
	}
	if err := inscrireFiltre(ctx, tx, compte, nom, quoi); err != nil {
		return fmt.Errorf("keep a filter: %w", err)
	}
	return nil
}

func oublierFiltre(ctx context.Context, tx *sql.Tx, compte int64, nom string) error {
	n, err := oterFiltre(ctx, tx, compte, nom)
	if err == nil && n == 0 {
		return refuser("Vous ne gardez pas de filtre « "+nom+" » : rien n'est oublié.", "You keep no filter “"+nom+"”: nothing is forgotten.")
	}
	return err
}

func oterFiltre(ctx context.Context, tx *sql.Tx, compte int64, nom string) (n int64, err error) {
	ote, err := tx.ExecContext(ctx, `DELETE FROM filtre WHERE compte_id = $1 AND nom = $2`, compte, nom)
	if err == nil {
		n, err = ote.RowsAffected()
	}
	if err != nil {
		return 0, fmt.Errorf("forget a filter: %w", err)
	}
	return n, nil
}

func inscrireFiltre(ctx context.Context, tx *sql.Tx, compte int64, nom, quoi string) error {
	mis, err := tx.ExecContext(ctx, `INSERT INTO filtre (compte_id, nom, requete) SELECT $1, $2, $3 WHERE (SELECT COUNT(*) FROM filtre WHERE compte_id = $1) < $4`, compte, nom, quoi, maxFiltres)
	if err != nil {
		return err
	}
	n, err := mis.RowsAffected()
	if err == nil && n == 0 {
		return refuser(fmt.Sprintf("Vous gardez déjà %d filtres : oubliez-en un, puis recommencez.", maxFiltres), fmt.Sprintf("You keep %d filters already: forget one, then try again.", maxFiltres))
	}
	return err
}

func (s *Service) filtres(ctx context.Context, compte int64) ([]filtreGarde, error) {
	filtres, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, f *filtreGarde) error {
		err := l.Scan(&f.Nom, &f.Adresse)
		f.Adresse = adresseTravail + avec(f.Adresse)
		return err
	}, `SELECT nom, requete FROM filtre WHERE compte_id = $1 ORDER BY lower(nom)`, compte)
	if err != nil {
		return nil, fmt.Errorf("list the kept filters: %w", err)
	}
	return filtres, nil
}

// Echeance says how many days are left, and in which colour.
func (p *pageFile) Echeance(d *Dossier) web.Etiquette { return echeance(&p.Page, d, p.s) }

// Court tells whether the time to decide runs.
func (d *Dossier) Court() bool { return ouverte(d.Etat) }

func echeance(p *web.Page, d *Dossier, s *Service) web.Etiquette {
	if d.Arrete(s.Maintenant()) {
		return p.Etiquette("neutre", p.T("délai suspendu", "time suspended"))
	}
	j := d.Jours(s.Maintenant())
	ton, texte := "neutre", fmt.Sprintf(p.T("J-%d", "D-%d"), j)
	switch {
	case j < 0:
		ton, texte = "erreur", fmt.Sprintf(p.T("J+%d", "D+%d"), -j)
	case j < 5:
		ton = "erreur"
	case j <= JoursEcheance:
		ton = "alerte"
	}
	return p.Etiquette(ton, texte)
}

// Limite is the day of the deadline; "" while no day can be told.
func (p *pageFile) Limite(d *Dossier) string {
	if d.Arrete(p.s.Maintenant()) {
		return ""
	}
	return p.Jour(d.Echeance)
}

// EtatDe is the word of a state.
func (p *pageFile) EtatDe(d *Dossier) web.Etiquette {
	e, _ := etat.Decrire(d.Etat)
	return p.Etiquette(e.Ton, p.Tx(e.Nom))
}

// Attendue says by when the supplier is to answer, or that it has not; "" for neither.
func (p *pageFile) Attendue(d *Dossier) string { return attendue(&p.Page, d) }

func attendue(p *web.Page, d *Dossier) string {
	switch {
	case d.Etat == etat.Incomplete:
		return p.T("pièces au plus tard le ", "documents no later than ") + p.Jour(d.Reponse)
	case !d.Reponse.IsZero():
		return p.T("réponse au plus tard le ", "answer no later than ") + p.Jour(d.Reponse)
	case !d.SansReponse.IsZero():
		return p.T("sans réponse depuis le ", "no answer since ") + p.Jour(d.SansReponse)
	}
	return ""
}

// Lien is where a demande of the list is worked on, so that one comes back to the list.
func (p *pageFile) Lien(d *Dossier) string { return adresseDossier(d.NumeroASP) + avec(p.Requete) }

// Tenue says who holds a demande, or until when it waits; "" for nobody.
func (p *pageFile) Tenue(d *Dossier) string {
	t, qui := p.s.Maintenant(), ecrit.Nom(d.NomAgent)
	if d.Agent > 0 && d.Agent == p.Moi {
		qui = p.T("vous", "you")
	}
	switch {
	case d.Attend(t) && d.Agent > 0:
		return qui + p.T(", en attente jusqu'au ", ", waits until ") + p.Jour(d.Attente)
	case d.Attend(t):
		return p.T("attend jusqu'au ", "waits until ") + p.Jour(d.Attente)
	case d.Agent == p.Moi || !d.Tenu(t):
		return qui
	case d.Bail.Sub(t) > 12*time.Hour:
		return qui + p.T(", jusqu'au ", ", until ") + p.Instant(d.Bail)
	}
	return qui + p.T(", jusqu'à ", ", until ") + d.Bail.In(web.Paris()).Format("15:04")
}

// Prendre is where the next demande of the list that is shown is taken.
func (p *pageFile) Prendre() string { return "/suivante" + avec(p.Requete) }

// LienFournisseur leads to all demandes of the supplier.
func (p *pageFile) LienFournisseur(d *Dossier) string { return p.filtrer("fournisseur", d.Fournisseur) }

// LienAgent leads to all that somebody holds.
func (p *pageFile) LienAgent(d *Dossier) string { return p.filtrer("tenue", d.Agent) }

func (p *pageFile) filtrer(champ string, id int64) string {
	return adresseTravail + "?" + url.Values{"file": {string(Toutes)}, champ: {strconv.FormatInt(id, 10)}}.Encode()
}
