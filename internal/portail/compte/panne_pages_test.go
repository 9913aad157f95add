package compte_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	webessai "guichet/internal/portail/web/essai"
)

// geste is one request of a person: of the page of a route, or of its form with fields (names and values by turns).
type geste struct {
	par    *essai.Client
	motif  string
	chemin string
	champs []string
	code   func() string // a field, too; nil for none
	malgre []string      // what may fail all the same, for it comes after the act
}

// sansPanne are the routes whose lines are elsewhere, and why.
var sansPanne = map[string]string{
	"GET /connexion":                  "asks nobody anything",
	"GET /mot-de-passe-oublie":        "asks nobody anything",
	"GET /mot-de-passe-oublie/envoye": "asks nobody anything",
	"POST /compte/agence/retrait":     "TestWhollyOrNotAtAll unties from the provider",
	"GET /connexion/agence":           "the provider is asked, not the database",
	"POST " + compte.CheminFin:        "TestWhollyOrNotAtAll ends what ended at the provider",
	"GET " + compte.CheminRetour:      "the provider's answer is good once: TestWhollyOrNotAtAll comes back from it",
}

// entrer are the steps of the session behind an act that stays: a link and a code are good once, and taken before anybody is let in.
var entrer = []string{"SELECT role, pour", "SELECT c.courriel, c.nom, c.langue", "INSERT INTO session", "DELETE FROM session WHERE empreinte", "UPDATE session SET donnees"}

// direNouveau are those, and the steps of the mail about a browser that was not known.
var direNouveau = append(slices.Clone(entrer), "SELECT id, courriel, nom, langue", "SELECT connus_depuis")

// demander makes the request, and follows it nowhere.
func (g geste) demander() (a webessai.Reponse, err error) {
	c := *g.par.Client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	var r *http.Response
	if methode, _, _ := strings.Cut(g.motif, " "); methode == http.MethodGet {
		r, err = c.Get(g.par.Adresse(g.chemin))
	} else {
		v := url.Values{}
		for i := 0; i+1 < len(g.champs); i += 2 {
			v.Add(g.champs[i], g.champs[i+1])
		}
		if g.code != nil {
			v.Set("code", g.code())
		}
		r, err = c.PostForm(g.par.Adresse(g.chemin), v)
	}
	if err != nil {
		return a, err
	}
	corps, err := io.ReadAll(r.Body)
	return webessai.Reponse{Etat: r.StatusCode, Entetes: r.Header, Chemin: g.chemin, Corps: string(corps)}, errors.Join(err, r.Body.Close())
}

// Each route of the accounts tells that it failed, whichever step of it fails, and leaves nothing then: neither a row nor a mail. A route
// without its line here fails the test.
func TestPagesTellFailures(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	tous := &webessai.Gestes{T: t, Routes: m.Routes()}
	for _, g := range gestes(t, m) {
		tous.Tous = append(tous.Tous, webessai.Geste{Motif: g.motif, Demander: g.demander, Malgre: append(g.malgre, "SELECT debut FROM tentative")})
	}
	tous.Pannes(sansPanne, func(g webessai.Geste, faire func() error) {
		p.Chaque(t, m.Base, dbessai.Acte{Nom: g.Motif, Malgre: g.Malgre, Aussi: oublierPassage(t, m), Faire: faire})
	})
}

// oublierPassage lets go of the brakes, and of when sessions were seen last.
func oublierPassage(t *testing.T, m *essai.Monde) func() string {
	return func() string {
		err := m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE session SET vu = cree, expire = cree + 28800000000`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return oublierEssais(t, m)()
	}
}

// gestes are requests of each route, in the order of a life: all of them come through when nothing fails.
func gestes(t *testing.T, m *essai.Monde) []geste {
	t.Helper()
	m.Federation = nil
	site := m.Servir(t, slog.New(slog.DiscardHandler)).URL
	return slices.Concat(gestesDehors(t, m, site), gestesAdresse(t, m, site), gestesSecurite(t, m, m.SurNom(site)), gestesPersonnes(t, m, site), gestesAgence(t, m, site))
}

// codeDe is the code of an authenticator when it is first asked for: to make one takes time.
func codeDe(t *testing.T, m *essai.Monde, secret string) func() string {
	return sync.OnceValue(func() string { return m.Code(t, secret) })
}

// gestesDehors are those of who has not signed in, and of who signs in.
func gestesDehors(t *testing.T, m *essai.Monde, site string) []geste {
	t.Helper()
	autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
	tiers, quart := m.AjouterPersonne(t, autre, compte.Proprietaire), m.AjouterPersonne(t, autre, compte.Lecteur)
	for _, courriel := range []string{tiers.Courriel, quart.Courriel, "oui@exemple.invalid", "non@exemple.invalid"} {
		inviter(t, m, m.Fournisseur, compte.Lecteur, courriel)
	}
	oui, non := m.Lien(t, "oui@exemple.invalid"), m.Lien(t, "non@exemple.invalid")
	secours, err := m.RenouvelerSecours(t.Context(), m.Administrateur.Compte)
	if err != nil {
		t.Fatal(err)
	}
	nul, parCode, parSecours := m.Client(t, site), m.Client(t, site), m.Client(t, site)
	for _, c := range []*essai.Client{parCode, parSecours} {
		c.Poster(t, "/connexion", "courriel", m.Administrateur.Courriel, "motdepasse", essai.MotDePasse)
	}
	chez, invite, part := m.Connecte(t, site, tiers), m.Connecte(t, site, quart), m.Connecte(t, site, m.Deposant)
	ici := fmt.Sprint("/invitations/", m.Fournisseur)
	return []geste{
		{par: nul, motif: "POST /mot-de-passe-oublie", chemin: "/mot-de-passe-oublie", champs: []string{"courriel", m.Lecteur.Courriel}},
		{par: nul, motif: "GET /ouverture/{lien}", chemin: "/ouverture/" + oui},
		{par: nul, motif: "POST /ouverture/{lien}", chemin: "/ouverture/" + oui, champs: []string{"nom", "Oui", "motdepasse", essai.MotDePasse}, malgre: direNouveau},
		{par: nul, motif: "POST /ouverture/{lien}/refus", chemin: "/ouverture/" + non + "/refus"},
		{par: nul, motif: "POST /connexion", chemin: "/connexion", champs: []string{"courriel", m.Lecteur.Courriel, "motdepasse", essai.MotDePasse}, malgre: direNouveau},
		{par: parCode, motif: "GET /connexion/code", chemin: "/connexion/code"},
		{par: parCode, motif: "POST /connexion/code", chemin: "/connexion/code", code: codeDe(t, m, m.Administrateur.Secret), malgre: direNouveau},
		{par: parSecours, motif: "GET /connexion/secours", chemin: "/connexion/secours"},
		{par: parSecours, motif: "POST /connexion/secours", chemin: "/connexion/secours", champs: []string{"code", secours[0]}, malgre: direNouveau},
		{par: part, motif: "POST /deconnexion", chemin: "/deconnexion"},
		{par: invite, motif: "GET /invitations", chemin: "/invitations"},
		{par: invite, motif: "POST /invitations/{fournisseur}/refus", chemin: ici + "/refus"},
		{par: chez, motif: "POST /invitations/{fournisseur}/acceptation", chemin: ici + "/acceptation"},
		{par: chez, motif: "GET /agir-pour", chemin: "/agir-pour"},
		{par: chez, motif: "POST /agir-pour", chemin: "/agir-pour", champs: []string{"pour", fmt.Sprint(autre, "-0")}},
	}
}

// gestesAdresse are those of who has another address, and of who stops that.
func gestesAdresse(t *testing.T, m *essai.Monde, site string) []geste {
	t.Helper()
	change := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "change@exemple.invalid")
	garde := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "garde@exemple.invalid")
	changera, gardera := m.Connecte(t, site, change), m.Connecte(t, site, garde)
	for p, vers := range map[essai.Personne]string{change: "neuve@exemple.invalid", garde: "fausse@exemple.invalid"} {
		if err := m.DemanderAdresse(t.Context(), p.Compte, vers); err != nil {
			t.Fatal(err)
		}
	}
	neuve, arret := lienDe(t, m, "neuve@exemple.invalid", lienConfirme), lienDe(t, m, garde.Courriel, lienArret)
	return []geste{
		{par: changera, motif: "GET /compte/adresse/confirmation/{lien}", chemin: neuve},
		{par: changera, motif: "POST /compte/adresse/confirmation/{lien}", chemin: neuve},
		{par: gardera, motif: "GET /adresse/{lien}", chemin: arret},
		{par: gardera, motif: "POST /adresse/{lien}", chemin: arret},
	}
}

// gestesSecurite are those of who looks after their own account.
func gestesSecurite(t *testing.T, m *essai.Monde, site string) []geste {
	t.Helper()
	chef := m.Connecte(t, site, m.Proprietaire)
	sienne := seuleSession(t, m, m.Proprietaire, "")
	m.Connecte(t, site, m.Proprietaire)
	autre := seuleSession(t, m, m.Proprietaire, sienne)
	m.Connecte(t, site, m.Proprietaire)
	cle := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "cle@exemple.invalid")
	porteur := m.Connecte(t, site, cle)
	touche := essai.NouvellesClefs(t, site).Creer(t, essai.Demande(porteur.Lire(t, "/compte/second-facteur/cle")))
	mienne := []string{"actuel", essai.MotDePasse}
	code := m.Connecte(t, site, m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "code@exemple.invalid"))
	secret := strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(code.Lire(t, "/compte/second-facteur").Corps)[1], " ", "")
	retire := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "retire@exemple.invalid")
	retire.Secret = m.DonnerFacteur(t, retire.Compte)
	retirera := m.Connecte(t, site, retire)
	ote := m.Connecte(t, site, m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "ote@exemple.invalid"))
	m.DonnerCle(t, ote, "clé")
	aOter := regexp.MustCompile(`/compte/second-facteur/cles/(\d+)/retrait`).FindStringSubmatch(ote.Lire(t, "/compte").Corps)[0]
	return []geste{
		{par: chef, motif: "GET /compte", chemin: "/compte"},
		{par: chef, motif: "POST /compte", chemin: "/compte", champs: []string{"nom", "Autre", "langue", "fr"}},
		{par: chef, motif: "POST /compte/session", chemin: "/compte/session", champs: []string{"cle", autre}},
		{par: chef, motif: "POST /compte/sessions", chemin: "/compte/sessions", champs: fait},
		{par: chef, motif: "POST /compte/saisie", chemin: "/compte/saisie", champs: fait},
		{par: chef, motif: "GET /compte/mot-de-passe", chemin: "/compte/mot-de-passe"},
		{par: chef, motif: "POST /compte/mot-de-passe", chemin: "/compte/mot-de-passe", champs: append(mienne, "motdepasse", essai.MotDePasse)},
		{par: chef, motif: "GET /compte/adresse", chemin: "/compte/adresse"},
		{par: chef, motif: "POST /compte/adresse", chemin: "/compte/adresse", champs: []string{"courriel", "autre@exemple.invalid"}},
		{par: chef, motif: "POST /compte/adresse/abandon", chemin: "/compte/adresse/abandon"},
		{par: chef, motif: "GET /confirmer", chemin: "/confirmer"},
		{par: chef, motif: "GET /confirmer/agence", chemin: "/confirmer/agence"},
		{par: chef, motif: "POST /confirmer", chemin: "/confirmer", champs: []string{"confirme-motdepasse", essai.MotDePasse}, malgre: entrer},
		{par: code, motif: "GET /compte/second-facteur", chemin: "/compte/second-facteur"},
		{par: code, motif: "GET /compte/second-facteur/image", chemin: "/compte/second-facteur/image"},
		{par: code, motif: "POST /compte/second-facteur", chemin: "/compte/second-facteur", code: codeDe(t, m, secret), malgre: entrer},
		{par: code, motif: "GET /compte/second-facteur/codes", chemin: "/compte/second-facteur/codes"},
		{par: code, motif: "GET /compte/second-facteur/codes/fichier", chemin: "/compte/second-facteur/codes/fichier"},
		{par: code, motif: "POST /compte/second-facteur/codes", chemin: "/compte/second-facteur/codes"},
		{par: code, motif: "GET /compte/second-facteur/secours", chemin: "/compte/second-facteur/secours"},
		{par: code, motif: "POST /compte/second-facteur/secours", chemin: "/compte/second-facteur/secours", malgre: entrer},
		{par: retirera, motif: "GET /compte/second-facteur/retrait", chemin: "/compte/second-facteur/retrait"},
		{par: retirera, motif: "POST /compte/second-facteur/retrait", chemin: "/compte/second-facteur/retrait", champs: mienne, code: codeDe(t, m, retire.Secret)},
		{par: ote, motif: "POST /compte/second-facteur/cles/{cle}/retrait", chemin: aOter, champs: fait},
		{par: porteur, motif: "GET /compte/second-facteur/cle", chemin: "/compte/second-facteur/cle"},
		{par: porteur, motif: "POST /compte/second-facteur/cle", chemin: "/compte/second-facteur/cle", champs: []string{"nom", "clé", "reponse-cle", touche}, malgre: entrer},
	}
}

// fait is what the page sends that asks once more.
var fait = []string{"acte", "faire"}

// seuleSession is the one session of a person beside another.
func seuleSession(t *testing.T, m *essai.Monde, p essai.Personne, sauf string) (cle string) {
	t.Helper()
	toutes, err := m.Sessions(t.Context(), compte.Identite{Compte: p.Compte})
	toutes = slices.DeleteFunc(toutes, func(x compte.Session) bool { return x.Cle == sauf })
	if err != nil || len(toutes) != 1 {
		t.Fatal(toutes, err)
	}
	return toutes[0].Cle
}

// gestesPersonnes are those of an owner on people and mandates.
func gestesPersonnes(t *testing.T, m *essai.Monde, site string) []geste {
	t.Helper()
	chef := m.Connecte(t, site, m.Proprietaire)
	perdu := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "perdu@exemple.invalid")
	m.DonnerFacteur(t, perdu.Compte)
	inviter(t, m, m.Fournisseur, compte.Lecteur, "tard@exemple.invalid")
	tard := fmt.Sprint("/personnes/", trouver(t, m, m.Fournisseur, "tard@exemple.invalid"))
	m.AjouterFournisseur(t, "00000000300004", "COOPERATIVE")
	m.AjouterFournisseur(t, "00000000400002", "JEUNE POUSSE")
	if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000400002"); err != nil {
		t.Fatal(err)
	}
	mandats, _, err := m.Mandats(t.Context(), m.Fournisseur)
	if err != nil || len(mandats) != 1 {
		t.Fatal(mandats, err)
	}
	lecteur, sansCle := fmt.Sprint("/personnes/", m.Lecteur.Compte), fmt.Sprint("/personnes/", perdu.Compte)
	return []geste{
		{par: chef, motif: "GET /personnes", chemin: "/personnes"},
		{par: chef, motif: "POST /personnes", chemin: "/personnes", champs: []string{"nom", "Bo", "courriel", "bo@exemple.invalid", "role", "lecteur"}},
		{par: chef, motif: "GET /personnes/{compte}", chemin: lecteur},
		{par: chef, motif: "POST /personnes/{compte}/role", chemin: lecteur + "/role", champs: append([]string{"role", "deposant"}, fait...)},
		{par: chef, motif: "POST /personnes/{compte}/retrait", chemin: lecteur + "/retrait", champs: fait},
		{par: chef, motif: "POST /personnes/{compte}/relance", chemin: tard + "/relance"},
		{par: chef, motif: "GET /personnes/{compte}/second-facteur", chemin: sansCle + "/second-facteur"},
		{par: chef, motif: "POST /personnes/{compte}/second-facteur", chemin: sansCle + "/second-facteur", champs: []string{"actuel", essai.MotDePasse, "motif", "téléphone perdu"}},
		{par: chef, motif: "GET /mandats", chemin: "/mandats"},
		{par: chef, motif: "POST /mandats", chemin: "/mandats", champs: []string{"siret", "00000000300004"}},
		{par: chef, motif: "POST /mandats/{mandat}/revocation", chemin: fmt.Sprint("/mandats/", mandats[0].ID, "/revocation"), champs: fait},
	}
}

// gestesAgence are those of the agency on people.
func gestesAgence(t *testing.T, m *essai.Monde, site string) []geste {
	t.Helper()
	agence := m.Connecte(t, site, m.Administrateur)
	gens := fmt.Sprintf("/fournisseurs/%d/personnes", m.Fournisseur)
	sienne := m.AjouterPersonne(t, compte.Agence, compte.Instructeur)
	celui, perdu := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "celui@exemple.invalid"), m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "encore@exemple.invalid")
	m.DonnerFacteur(t, perdu.Compte)
	un, notre := gens+fmt.Sprint("/", celui.Compte), fmt.Sprint("/personnes/", sienne.Compte)
	motif := append([]string{"motif", "essai"}, fait...)
	agir := func(motifDe, chemin string, champs ...string) geste {
		return geste{par: agence, motif: motifDe, chemin: chemin, champs: champs}
	}
	const chez = "/fournisseurs/{fournisseur}/personnes"
	return []geste{
		agir("GET "+chez, gens), agir("GET "+chez+"/{compte}/gestion", un+"/gestion"),
		agir("POST "+chez, gens, "nom", "Chef", "courriel", "chef@exemple.invalid"),
		agir("POST "+chez+"/{compte}/proprietaire", un+"/proprietaire", motif...),
		agir("POST "+chez+"/{compte}/sessions", un+"/sessions", motif...),
		agir("POST "+chez+"/{compte}/fermeture", un+"/fermeture", motif...),
		agir("POST "+chez+"/{compte}/reouverture", un+"/reouverture", motif...),
		agir("GET "+chez+"/{compte}/second-facteur", gens+fmt.Sprint("/", perdu.Compte, "/second-facteur")),
		agir("POST "+chez+"/{compte}/second-facteur", gens+fmt.Sprint("/", perdu.Compte, "/second-facteur"), "actuel", essai.MotDePasse, "motif", "téléphone perdu"),
		agir("GET /personnes/{compte}/gestion", notre+"/gestion"),
		agir("POST /personnes/{compte}/sessions", notre+"/sessions", motif...),
		agir("POST /personnes/{compte}/fermeture", notre+"/fermeture", motif...),
		agir("POST /personnes/{compte}/reouverture", notre+"/reouverture", motif...),
	}
}
