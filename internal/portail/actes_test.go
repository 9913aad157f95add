package portail

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	"guichet/internal/portail/web/essai"
)

// reprenables are the routes that change something and do not ask once more, with the reason.
var reprenables = map[string]string{
	"POST /connexion":                             "one signs out again",
	"POST /connexion/code":                        "likewise",
	"POST /connexion/secours":                     "likewise; the page says that a recovery code works once",
	"POST /connexion/agence/fin":                  "the identity provider says what has ended; one signs in again",
	"POST /deconnexion":                           "one signs in again, and what was typed comes back",
	"POST /mot-de-passe-oublie":                   "sends a link, and changes nothing",
	"POST /ouverture/{lien}":                      "a password is chosen, and can be changed",
	"POST /confirmer":                             "asks for the password",
	"POST /agir-pour":                             "one chooses again",
	"POST /compte":                                "is changed again",
	"POST /compte/session":                        "one session alone: its person signs in again there",
	"POST /compte/mot-de-passe":                   "asks for the password; is changed again",
	"POST /compte/adresse":                        "sends links; nothing changes before both are opened",
	"POST /compte/adresse/abandon":                "is asked for again",
	"POST /adresse/{lien}":                        "its page is the question: it names both addresses and what follows",
	"POST /compte/second-facteur":                 "asks for a code; is taken away again",
	"POST /travaux/{travail}":                     "a job is tried again, as it is by itself",
	"POST /mandats":                               "is ended again",
	"POST /personnes":                             "an invitation is taken back by taking the person off the list",
	"POST /ouverture/{lien}/refus":                "one is invited again",
	"POST /invitations/{fournisseur}/acceptation": "its page says by whom, and as what; one leaves the list again",
	"POST /invitations/{fournisseur}/refus":       "one is invited again",
	"POST /personnes/{compte}/relance":            "the same invitation, once more",
	"POST /controler":                             "keeps nothing",

	"POST /compte/adresse/confirmation/{lien}":   "its page is the question: it names both addresses, what follows and for how long it can be undone",
	"POST /compte/second-facteur/cle":            "is removed again",
	"POST /compte/second-facteur/codes":          "says that the codes are kept; new ones can be had",
	"POST /compte/second-facteur/retrait":        "its page says what follows, and asks for the password and a code",
	"POST /compte/second-facteur/secours":        "its page is the question: it says that the older codes stop working",
	"POST /personnes/{compte}/second-facteur":    "its page names the person and what follows, and asks for the own password",
	"POST /personnes/{compte}/reouverture":       "is closed again",
	"POST /fournisseurs/{fournisseur}/personnes": "an invitation is taken back",

	"POST /fournisseurs/{fournisseur}/personnes/{compte}/second-facteur": "the same page for the agency",
	"POST /fournisseurs/{fournisseur}/personnes/{compte}/reouverture":    "is closed again",
	"POST /fournisseurs/{fournisseur}/personnes/{compte}/proprietaire":   "the owners give another role again",

	"POST /deposer":                      "a file is not carried over to another page: the first button checks it, and the form says what to deposit costs",
	"POST /controles/{controle}/deposer": "its page is the question: it names the demandes, and what to deposit costs",

	"POST /depots/{depot}/pieces":               "documents are replaced by others, until the demande is examined",
	"POST /depots/{depot}/pieces/ecartees":      "likewise",
	"PUT /depots/{depot}/pieces/{nom}":          "likewise, for programs",
	"POST /depots/{depot}/pieces/{rang}/{type}": "likewise",
	"POST /demandes/{numero}/reponse":           "is what the agency asks for; a message says more",
	"POST /messages/nouveau":                    "another message corrects it",
	"POST /motifs":                              "is withdrawn again",
	"POST /motifs/{code}":                       "another version corrects it",
	"POST /suivante":                            "is given back to the queue",
	"POST /filtres":                             "is forgotten, or kept, again",
	"POST /absence":                             "is handed back; its page says what goes",
	"POST /travail/{numero}/prise":              "is given back to the queue",
	"POST /travail/{numero}/rendue":             "is taken again",
	"POST /travail/{numero}/confiee":            "is handed back",
	"POST /travail/{numero}/attente":            "is taken again",
	"POST /travail/{numero}/attente-finie":      "is put aside again",
	"POST /travail/{numero}/fiche":              "is answered again; somebody else decides what is proposed",
	"POST /travail/{numero}/note":               "another note corrects it",
	"POST /travail/{numero}/modification":       "the agency takes it back",
	"POST /travail/{numero}/rappel":             "is asked for again",
	"POST /travail/{numero}/refus":              "somebody else decides, or sends it back",
	"POST /travail/{numero}/refus-sans-pieces":  "somebody else decides, or sends it back",
	"POST /travail/{numero}/renvoi":             "is proposed again",
	"POST /travail/{numero}/decision":           "is taken back until its supplier is told: the page says until when",
	"POST /travail/{numero}/reprise":            "is decided again",
	"POST /travail/{numero}/reouverture":        "is decided anew",
	"POST /travail/{numero}/contestation":       "is closed without a decision; its page says what follows",
	"POST /travail/{numero}/retrait":            "the award is kept; its page says what follows",

	"POST /contradictoires/{procedure}/reponse":     "another one says more",
	"POST /contradictoires/{procedure}/proposition": "somebody else decides, or sends it back",
	"POST /contradictoires/{procedure}/cloture":     "is opened again",
	"POST /contradictoires/{procedure}/decision":    "is taken back until suppliers are told",
	"POST /contradictoires/{procedure}/renvoi":      "is proposed again",
	"POST /contradictoires/{procedure}/reprise":     "is decided again",

	"POST /lots/nouveau/propositions": "the lot that is prepared is confirmed by a page that names all it does",
	"POST /lots/nouveau/decisions":    "likewise",
	"POST /lots/{lot}/confirmer":      "its page is the question: it names each demande, and what will happen to it",
	"POST /lots/{lot}/arreter":        "another lot goes on with the rest",
	"POST /messages/{fil}":            "likewise",
	"POST /modeles/{modele}":          "is saved again: each version is kept",
	"POST /ce-que-disent-les-lettres": "likewise",
	"POST /travail/{numero}/lettre":   "goes back to the model; somebody else decides",
	"POST /lettres/{lettre}":          "another day is noted again",
	"POST /courriers/{courrier}":      "another day is noted again",
	"POST /travail/{numero}/avis":     "is taken back",
	"POST /avis/{avis}":               "decides nothing; who examines asks again, and a note says more",
	"POST /donner-avis/{lien}":        "likewise",

	"POST /travail/{numero}/avis/{avis}/retrait": "is asked for again",

	"POST /notification": "is chosen again",

	"POST /enrolement":                    "a draft that is under way is left for who has asked for another alone",
	"POST /enrolement/lien/{lien}":        "its page is the question: it names both drafts",
	"POST /enrolement/entreprise":         "a draft is changed again",
	"POST /enrolement/contact":            "likewise",
	"POST /enrolement/logiciels":          "likewise",
	"POST /enrolement/banque":             "likewise",
	"POST /enrolement/pieces/{genre}":     "a document of a draft is replaced by another",
	"POST /enrolement/verification":       "its page is the question: it shows all that is sent",
	"POST /enrolement/abandon":            "its page is the question: it names the draft",
	"POST /enrolement/depart":             "the link that was mailed leads back",
	"POST /entreprise/logiciel":           "the agency answers first",
	"POST /entreprise/banque":             "likewise",
	"POST /enrolements/{enrolement}/iban": "shows an account, and is in the journal",
}

// Each route that changes something asks once more, or can be taken back, or says itself what it does.
func TestActsAreConfirmed(t *testing.T) {
	t.Parallel()
	vues := map[string]bool{}
	for _, r := range nouveauMonde(t, "").routes() {
		vues[r.Motif] = true
		_, repris := reprenables[r.Motif]
		if change := !strings.HasPrefix(r.Motif, "GET "); change && (r.Acte != nil) == repris || !change && r.Acte != nil {
			t.Errorf("%s: asks once more %v, listed as what need not %v", r.Motif, r.Acte != nil, repris)
		}
	}
	for motif := range reprenables {
		if !vues[motif] {
			t.Errorf("%s is no route", motif)
		}
	}
}

// unActe is one act, as somebody asks for it.
type unActe struct {
	motif, qui, chemin string
	champs             url.Values
}

// ailleursActes are the acts whose tests stand beside them.
var ailleursActes = map[string]string{
	"POST /compte/saisie":                "compte.TestTypedIsNotLost: there must be something to erase",
	"POST /compte/agence/retrait":        "compte.TestFederation: there must be an identity provider",
	"POST /enrolement/logiciels/retrait": "enrolement.TestPages: there must be a draft",
}

func (m *monde) actes(t *testing.T) []unActe {
	var chef, sien int64
	var courriel string
	if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT c.id, c.courriel, r.fournisseur_id FROM compte c JOIN role r ON r.compte_id = c.id ORDER BY c.id LIMIT 1`).Scan(&chef, &courriel, &sien); err != nil {
		t.Fatal(err)
	}
	m.site.Client(t).Demander("POST", "/connexion", url.Values{"courriel": {courriel}, "motdepasse": {compteessai.MotDePasse}})
	m.gens.AjouterPersonneA(t, sien, compte.Proprietaire, "associe@exemple.invalid") // the last owner would stay one
	autre := fmt.Sprint("/personnes/", m.gens.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "second@exemple.invalid").Compte)
	de := func(groupe, motif string) string { return m.lignes[motif].Chemins[groupe] }
	motif := url.Values{"motif": {"Motif d'essai"}}
	chez := "POST /fournisseurs/{fournisseur}/personnes/{compte}"
	return []unActe{
		{"POST /demandes/{numero}/retrait", "depositor of A", de("A", "POST /demandes/{numero}/retrait"), motif},
		{"POST /compte/sessions", "owner of A", "/compte/sessions", nil},
		{"POST /compte/second-facteur/cles/{cle}/retrait", "owner of B", de("B", "POST /compte/second-facteur/cles/{cle}/retrait"), nil},
		{"POST /personnes/{compte}/retrait", "owner of A", de("A", "POST /personnes/{compte}/retrait"), nil},
		{"POST /mandats/{mandat}/revocation", "owner of A", de("A", "POST /mandats/{mandat}/revocation"), nil},
		{"POST /personnes/{compte}/role", "owner of A", fmt.Sprintf("/personnes/%d/role", chef), url.Values{"role": {"lecteur"}}},
		{"POST /enrolements/{enrolement}", "administrator", de("agence", "POST /enrolements/{enrolement}"), url.Values{"decision": {"refuser"}, "motif": {"Motif d'essai"}}},
		{"POST /fournisseurs/{fournisseur}", "administrator", de("agence", "POST /fournisseurs/{fournisseur}"), url.Values{"action": {"suspendre"}, "motif": {"Motif d'essai"}}},
		{"POST /personnes/{compte}/sessions", "administrator", autre + "/sessions", motif},
		{"POST /personnes/{compte}/fermeture", "administrator", autre + "/fermeture", motif},
		{chez + "/sessions", "administrator", de("agence", chez+"/sessions"), motif},
		{chez + "/fermeture", "administrator", de("agence", chez+"/fermeture"), motif},
	}
}

// Each act asks first, changes nothing by asking nor by the other choice, which gives back what was typed; and is done when it is
// confirmed.
func TestActsAskFirst(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	clients := map[string]*essai.Client{}
	for _, v := range m.visiteurs(t) {
		clients[v.Nom] = v.Client
	}
	testes := map[string]bool{}
	for _, a := range m.actes(t) {
		testes[a.motif] = true
		m.demander(t, clients[a.qui], a)
	}
	for _, r := range m.routes() {
		if r.Acte != nil && !testes[r.Motif] && ailleursActes[r.Motif] == "" {
			t.Errorf("%s: a new act has no test", r.Motif)
		}
	}
}

func (m *monde) demander(t *testing.T, c *essai.Client, a unActe) {
	t.Helper()
	champs := url.Values{}
	for nom, v := range a.champs {
		champs[nom] = v
	}
	if strings.HasPrefix(a.chemin, "/enrolements/") { // which request was looked at
		_, suite, _ := strings.Cut(c.Ouvrir(a.chemin).Corps, `name="envoi" value="`)
		envoi, _, _ := strings.Cut(suite, `"`)
		champs.Set("envoi", envoi)
	}
	avant := m.entrees(t)
	for _, choix := range []string{"", "renoncer"} {
		champs.Set("acte", choix)
		r := c.Demander(http.MethodPost, a.chemin, champs)
		if r.Etat != http.StatusOK || strings.Contains(r.Corps, `value="renoncer"`) != (choix == "") {
			t.Errorf("%s, choice %q: %d\n%s", a.motif, choix, r.Etat, r.Texte())
		}
		if motif := champs.Get("motif"); !strings.Contains(r.Corps, html.EscapeString(motif)) {
			t.Errorf("%s, choice %q: what was typed is lost\n%s", a.motif, choix, r.Texte())
		}
		if n := m.entrees(t); n != avant {
			t.Errorf("%s, choice %q: %d new rows in the journal", a.motif, choix, n-avant)
		}
	}
	champs.Set("acte", "faire")
	if r := c.Demander(http.MethodPost, a.chemin, champs); r.Etat != http.StatusSeeOther {
		t.Errorf("%s, confirmed: %d\n%s", a.motif, r.Etat, r.Texte())
	}
}

func (m *monde) entrees(t *testing.T) (n int) {
	t.Helper()
	if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM journal`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
