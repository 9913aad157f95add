package depot

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// How much of a report a page shows: whatever a file holds, its page stays one that can be read.
const (
	maxGroupes  = 40  // rules, each with a few places
	maxLieux    = 3   // of each rule
	parRegle    = 50  // places on the page of one rule
	parDemandes = 100 // rows of the table of demandes
)

// trouve is what the page of a file shows of its report.
type trouve struct {
	Comptes    diag.Comptes
	Groupes    []controle.Groupe
	Autres     int // groups that are not shown
	Reparable  bool
	Registres  []diag.Registre
	NonVerifie []string
}

func trouver(r *relu, l modele.Langue) (t trouve) {
	t.Comptes, t.Reparable, t.Registres = r.Comptes(), r.Reparable(), r.Registres(l)
	t.NonVerifie = append(r.NonVerifies(l), r.perdus...)
	var tous int
	t.Groupes, tous = r.Groupes(l, maxGroupes, maxLieux)
	t.Autres = tous - len(t.Groupes)
	return t
}

// pageFichier is what the pages of a deposit and of a control have in common.
type pageFichier struct {
	web.Page
	Depot   *Depot
	Trouve  trouve
	Lignes  []ligneDemande
	Avant   string // the pages before and after these rows of demandes
	Apres   string
	Dites   string // "1 à 100 sur 200"
	adresse string
}

// ligneDemande is one demande of the file.
type ligneDemande struct {
	NumLigne      int
	NumeroEditeur string
	NumeroASP     string // of one that a deposit accepted
	Code, Libelle string
	Reponse       web.Etiquette
}

// lire reads of the report what the page shows.
func (p *pageFichier) lire(r *http.Request, rapport *relu) error {
	p.Trouve = trouver(rapport, p.Langue)
	if !p.Depot.Traitee() {
		return nil
	}
	debut, err := rang(r, p.Depot.Demandes)
	if err != nil {
		return err
	}
	fin := min(debut+parDemandes, p.Depot.Demandes)
	for i := debut; i < fin; i++ {
		p.Lignes = append(p.Lignes, p.ligne(rapport, i))
	}
	p.Avant, p.Apres, p.Dites = p.suite(debut, fin, p.Depot.Demandes, parDemandes, p.adresse+"?", "#demandes")
	return nil
}

func (p *pageFichier) ligne(rapport *relu, i int) ligneDemande {
	l := ligneDemande{NumLigne: rapport.NumLigne(i), NumeroEditeur: rapport.Numero(i)}
	if l.Code, l.Libelle = p.Depot.Traitement(i); l.Code == diag.Accepted && !p.Depot.Controle() {
		l.NumeroASP = p.Depot.NumeroASP(i)
	}
	l.Reponse = p.reponse(l.Code)
	return l
}

// suite leads through a list of n, shown from debut to fin, by pages of so many.
func (p *pageFichier) suite(debut, fin, n, pas int, adresse, ancre string) (avant, apres, dites string) {
	if n <= pas {
		return "", "", ""
	}
	if debut > 0 {
		avant = adresse + "rang=" + strconv.Itoa(max(0, debut-pas)) + ancre
	}
	if fin < n {
		apres = adresse + "rang=" + strconv.Itoa(fin) + ancre
	}
	return avant, apres, fmt.Sprintf(p.T("%s à %s sur %s", "%s to %s of %s"), p.Nombre(int64(debut+1)), p.Nombre(int64(fin)), p.Nombre(int64(n)))
}

// rang is where a list of n begins on this page, as its address says.
func rang(r *http.Request, n int) (int, error) {
	texte := r.URL.Query().Get("rang")
	if texte == "" {
		return 0, nil
	}
	debut, err := strconv.Atoi(texte)
	if err != nil || debut < 0 || debut >= n {
		return 0, web.Introuvable
	}
	return debut, nil
}

// Verdict is the word of the outcome.
func (p *pageFichier) Verdict() web.Etiquette { return etiquette(&p.Page, p.Depot.Verdict) }

// Refusees is how many demandes are, or would be, refused.
func (p *pageFichier) Refusees() int { return p.Depot.Demandes - p.Depot.Acceptees }

// Erreurs tells whether anything found is an error: what is only doubted is not in the returned file.
func (p *pageFichier) Erreurs() bool {
	return p.Trouve.Comptes[modele.Erreur] > 0 || p.Trouve.Comptes[modele.Rejet] > 0
}

// reponse is the word of the answer to one demande.
func (p *pageFichier) reponse(code string) web.Etiquette {
	if code == diag.Accepted {
		return web.Etiquette{Ton: "ok", Texte: p.T("acceptée", "accepted")}
	}
	return web.Etiquette{Ton: "erreur", Texte: p.T("refusée", "refused")}
}

// Bilan counts what was found, the heaviest first.
func (p *pageFichier) Bilan() (comptes []web.Etiquette) {
	for _, g := range []modele.Gravite{modele.Rejet, modele.Erreur, modele.Alerte, modele.Info} {
		if n := p.Trouve.Comptes[g]; n > 0 {
			m := motsGravite[g]
			comptes = append(comptes, web.Etiquette{Ton: m.ton, Texte: p.Tx(ecrit.Compter(int64(n), m.un, m.plusieurs))})
		}
	}
	return comptes
}

// motsGravite are the words of each weight.
var motsGravite = map[modele.Gravite]struct {
	ton           string
	un, plusieurs modele.Texte
}{
	modele.Rejet:  {"rejet", modele.Texte{Fr: "rejet", En: "rejection"}, modele.Texte{Fr: "rejets", En: "rejections"}},
	modele.Erreur: {"erreur", modele.Texte{Fr: "erreur", En: "error"}, modele.Texte{Fr: "erreurs", En: "errors"}},
	modele.Alerte: {"alerte", modele.Texte{Fr: "alerte", En: "warning"}, modele.Texte{Fr: "alertes", En: "warnings"}},
	modele.Info:   {"info", modele.Texte{Fr: "info", En: "info"}, modele.Texte{Fr: "infos", En: "infos"}},
}

func (p *pageFichier) gravite(g modele.Gravite) web.Etiquette {
	return web.Etiquette{Ton: motsGravite[g].ton, Texte: p.Tx(motsGravite[g].un)}
}

// Gravite is the word of the weight of a group.
func (p *pageFichier) Gravite(g controle.Groupe) web.Etiquette { return p.gravite(g.Gravite) }

// Combien says how often a rule is broken.
func (p *pageFichier) Combien(g controle.Groupe) string {
	n, demandes := p.Nombre(int64(g.Nombre)), p.Nombre(int64(g.Demandes))
	switch {
	case g.Nombre == 1:
		return p.T("une fois", "once")
	case g.Demandes == 0:
		return fmt.Sprintf(p.T("%s fois", "%s times"), n)
	case g.Demandes == 1:
		return fmt.Sprintf(p.T("%s fois, dans une demande", "%s times, in one request"), n)
	}
	return fmt.Sprintf(p.T("%s fois, dans %s demandes", "%s times, in %s requests"), n, demandes)
}

// Lieu says where an anomaly is.
func (p *pageFichier) Lieu(t controle.Trouvee) string {
	lieu := ""
	if t.Placed() {
		lieu = fmt.Sprintf(p.T("ligne %d, colonne %d", "line %d, column %d"), t.Ligne, t.Colonne)
	}
	switch {
	case t.Rang < 0:
		return lieu
	case t.NumeroEditeur == "":
		return fmt.Sprintf(p.T("demande %d, %s", "request %d, %s"), t.NumLigne, lieu)
	}
	return fmt.Sprintf(p.T("demande %d (%s), %s", "request %d (%s), %s"), t.NumLigne, ecrit.Nom(t.NumeroEditeur), lieu)
}

// places is what the template "places" shows.
type places struct {
	Page   *pageFichier
	Groupe controle.Groupe
}

// Places makes the argument of the template "places".
func (p *pageFichier) Places(g controle.Groupe) places { return places{p, g} }

// Tous is the text of the link to all places of a group.
func (p *pageFichier) Tous(g controle.Groupe) string {
	return fmt.Sprintf(p.T("Les %s endroits", "All %s places"), p.Nombre(int64(g.Nombre)))
}

// Reste is how many places of a group are not shown here.
func (p *pageFichier) Reste(g controle.Groupe) int { return g.Nombre - len(g.Trouvees) }

// Regle is the address of all places of a group.
func (p *pageFichier) Regle(g controle.Groupe) string {
	return adresseRegle(p.adresse, g.Code, g.Balise)
}

func adresseRegle(adresse, code, balise string) string {
	adresse += "/regles/" + code
	if balise != "" {
		adresse += "?balise=" + url.QueryEscape(balise)
	}
	return adresse
}

// Rapports are the forms in which the whole report can be had.
func (p *pageFichier) Rapports() (liens []web.Lien) {
	for _, f := range formats() {
		liens = append(liens, web.Lien{Nom: f.titre, Adresse: p.adresse + "/rapport/" + f.code})
	}
	return liens
}
