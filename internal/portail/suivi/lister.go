package suivi

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// parPage is how many demandes a page lists.
const parPage = 50

// pageListe is what lister.html shows.
type pageListe struct {
	web.Page
	Liste    *Page
	Suite    web.Suite
	Etats    []web.Choix
	Filtree  bool   // not all demandes are looked for
	Cherche  string // what was searched for, "" for nothing
	Ouverte  bool   // the filters are open
	Exports  []web.Lien
	Depot    string
	Agent    bool
	Supplier string          // whose list the agency looks at
	Tous     []unFournisseur // while the agency has not chosen one
	Effectif int64           // how many there are, -1 where that is not counted
}

var (
	titreListe = modele.Texte{Fr: "Demandes", En: "Requests"}
	filListe   = web.Lien{Nom: titreListe, Adresse: "/demandes"}
)

func (s *Service) lister(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p := &pageListe{Page: web.NouvellePage(r, titreListe), Agent: estAgence(i), Effectif: -1}
	p.Garder(r.URL.Query())
	f := p.filtre(i)
	p.Etats = optionsEtats(p.Langue, f.Etat)
	p.Ouverte = p.Filtree || !p.Valide()
	p.Liste = &Page{}
	if p.Valide() {
		place, retour := lirePlace(r.URL.Query())
		if p.Liste, err = s.Lister(r.Context(), f, place, retour, parPage); err != nil {
			return err
		}
	}
	if p.Valide() {
		if p.Effectif, err = s.effectif(r, f, p); err != nil {
			return err
		}
	}
	p.paginer(r.URL.Query())
	p.Cherche = s.cherche(&p.Page, f.Texte)
	if p.Agent && p.Supplier == "" {
		if err := s.proposer(r, p, f.Etat); err != nil {
			return err
		}
	}
	return gabarits().Montrer(w, r, "lister.html", p)
}

// filtre reads what is asked for from the address.
func (p *pageListe) filtre(i compte.Identite) Filtre {
	f := Filtre{Fournisseur: i.Fournisseur, Texte: p.Formulaire.Valeur("q")}
	f.Du, f.Au = p.Jours("du", "au")
	if p.Agent {
		p.Supplier = p.Formulaire.Valeur("fournisseur")
		if f.Fournisseur, _ = strconv.ParseInt(p.Supplier, 10, 64); f.Fournisseur <= 0 && p.Supplier != "" {
			p.inconnu("fournisseur")
		}
	}
	switch d, ok := etat.Decrire(etat.Etat(p.Formulaire.Valeur("etat"))); {
	case ok && d.Montre == "":
		f.Etat = d.Etat
	case p.Formulaire.Valeur("etat") != "":
		p.inconnu("etat")
	}
	if d := p.Formulaire.Valeur("depot"); d != "" {
		p.Depot = d
		if f.Depot, _ = strconv.ParseInt(d, 10, 64); f.Depot <= 0 {
			p.inconnu("depot")
		}
	}
	if len(f.Texte) > maxTexte {
		p.Refuser("q", "Cherchez en 100 caractères au plus.", "Search in at most 100 characters.")
	}
	p.Filtree = f.Texte != "" || p.Formulaire.Valeur("etat") != "" || p.Depot != "" || !f.Du.IsZero() || !f.Au.IsZero()
	return f
}

// inconnu tells of a part of the address that names nothing. One that is no field of the form is of a link that was changed by hand.
func (p *pageListe) inconnu(champ string) {
	dit := web.FiltreInconnu(champ, p.Formulaire.Valeur(champ))
	if champ != "etat" {
		champ = ""
	}
	p.Refuser(champ, dit.Fr, dit.En)
}

const maxTexte = 100

// cherche tells what a search text was looked for as.
func (s *Service) cherche(p *web.Page, texte string) string {
	quoi := map[genre]modele.Texte{
		texteASP:       {Fr: "La demande dont le numeroASP est %s", En: "The request whose numeroASP is %s"},
		textePartieASP: {Fr: "Les demandes dont le numeroASP commence par %s", En: "The requests whose numeroASP begins with %s"},
		texteNumero:    {Fr: "Les demandes dont le numeroEditeur, le FINESS juridique de l'OG ou le nom de fichier contient « %s », quels que soient les majuscules et les accents", En: "The requests whose numeroEditeur, legal FINESS of the OG or file name contains “%s”, whatever the capitals and accents"},
		texteFINESS:    {Fr: "Les demandes dont le FINESS juridique de l'OG ou le nom de fichier contient « %s »", En: "The requests whose legal FINESS of the OG or file name contains “%s”"},
		texteNom:       {Fr: "Les demandes dont le nom de fichier contient « %s », quels que soient les majuscules et les accents", En: "The requests whose file name contains “%s”, whatever the capitals and accents"},
	}[genreTexte(s, texte)]
	if quoi.Fr == "" {
		return ""
	}
	return fmt.Sprintf(p.Tx(quoi), ecrit.Nom(strings.TrimSpace(texte)))
}

func optionsEtats(l modele.Langue, choisi etat.Etat) []web.Choix {
	choix := []web.Choix{{Libelle: modele.Texte{Fr: "Tous", En: "All"}.In(l)}}
	for _, d := range etat.Montres() {
		choix = append(choix, web.Choix{Valeur: string(d.Etat), Libelle: d.Nom.In(l), Choisi: d.Etat == choisi})
	}
	return choix
}

// effectif is how many demandes a list has, where a counter tells.
func (s *Service) effectif(r *http.Request, f Filtre, p *pageListe) (int64, error) {
	if f.Texte != "" || f.Depot != 0 || !f.Du.IsZero() || !f.Au.IsZero() {
		return -1, nil
	}
	var n int64
	err := s.Base.Lire().QueryRowContext(r.Context(), `SELECT CAST(COALESCE(SUM(nombre), 0) AS BIGINT) FROM demande_etat
		WHERE fournisseur_id = $1 AND (CAST($2 AS TEXT) = '' OR etat = $2)`, f.Fournisseur, string(f.Etat)).Scan(&n)
	return n, err
}

// lirePlace reads where a part of the list begins: ?apres=42.7, or ends: ?avant=42.7.
func lirePlace(v url.Values) (place *Cle, retour bool) {
	for _, nom := range []string{"apres", "avant"} {
		depot, rang, ok := strings.Cut(v.Get(nom), ".")
		d, errDepot := strconv.ParseInt(depot, 10, 64)
		n, errRang := strconv.ParseInt(rang, 10, 32)
		if ok && errDepot == nil && errRang == nil {
			return &Cle{Depot: d, Rang: int(n)}, nom == "avant"
		}
	}
	return nil, false
}

// paginer makes the links to the parts around this one, and those of the exports.
func (p *pageListe) paginer(v url.Values) {
	v.Del("lang")
	adresse := func(nom string, c *Cle) string {
		if c == nil {
			return ""
		}
		q := filtres(v)
		q.Set(nom, fmt.Sprintf("%d.%d", c.Depot, c.Rang))
		return "/demandes?" + q.Encode()
	}
	p.Suite = p.Page.Suite(adresse("avant", p.Liste.Avant), adresse("apres", p.Liste.Apres), "")
	for _, f := range formats {
		lien := web.Lien{Nom: f.nom, Adresse: "/export/demandes/" + f.code}
		if q := filtres(v).Encode(); q != "" {
			lien.Adresse += "?" + q
		}
		p.Exports = append(p.Exports, lien)
	}
}

// filtres are the parts of an address that say what is looked for.
func filtres(v url.Values) url.Values {
	q := url.Values{}
	for _, nom := range []string{"q", "etat", "depot", "du", "au", "fournisseur"} {
		if x := v.Get(nom); x != "" {
			q.Set(nom, x)
		}
	}
	return q
}

// EtatDe is the word of a demande's state.
func (p *pageListe) EtatDe(e etat.Etat) web.Etiquette { return etiquette(&p.Page, e) }

func etiquette(p *web.Page, e etat.Etat) web.Etiquette {
	d, _ := etat.Decrire(e)
	return p.Etiquette(d.Ton, p.Tx(d.Nom))
}
