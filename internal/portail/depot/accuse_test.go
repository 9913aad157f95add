package depot_test

import (
	"html"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	recu "guichet/internal/portail/accuse"
	accuseessai "guichet/internal/portail/accuse/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
	"guichet/modele"
)

func mentions(telephone string) recu.Mentions {
	return recu.Mentions{
		Agence: web.Agence{
			Nom: "Agence d'essai", Service: "Service d'exemple", Adresse: "1 rue de l'Exemple, 99999 EXEMPLE", Courriel: "agence@exemple.invalid", Telephone: telephone,
		},
		Delais: recu.Usuels,
	}
}

// avecMentions opens the counter again, with other words on its receipts.
func (g *guichet) avecMentions(t *testing.T, m recu.Mentions) *guichet {
	t.Helper()
	s, err := depot.Ouvrir(t.Context(), depot.Options{
		Base: g.b, Fichiers: g.m, Brouillons: brouillons(t, t.TempDir()), Maintenant: t0, Mentions: m, Adresse: "https://guichet.exemple.invalid",
	})
	if err != nil {
		t.Fatal(err)
	}
	return &guichet{Service: s, b: g.b, m: g.m, fournisseurs: g.fournisseurs}
}

// site serves the pages of deposits to a reader of a supplier.
func (g *guichet) site(t *testing.T, fournisseur int64) *webessai.Site {
	t.Helper()
	return g.siteDe(t, fournisseur, compte.Lecteur)
}

// siteDe serves them to somebody of a supplier.
func (g *guichet) siteDe(t *testing.T, fournisseur int64, role compte.Role) *webessai.Site {
	t.Helper()
	identifier := func(suite http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			suite.ServeHTTP(w, r.WithContext(compte.Avec(r.Context(), compte.Identite{Compte: 7, Fournisseur: fournisseur, Role: role})))
		})
	}
	return webessai.Servir(t, func(adresse string) http.Handler {
		return web.Routeur(g.Routes(), &web.Site{
			Maintenant: t0, Log: slog.New(slog.DiscardHandler), Adresse: adresse, Identifier: identifier,
			Proteger: func(r web.Route) web.Handler { return r.Servir },
		})
	})
}

// Of a deposit in part, one refused and one rejected as a whole, the page of the receipt, its PDF and the mail carry
// every fact, in both languages; the page of the deposit shows the receipt at once.
func TestReceiptIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2).avecMentions(t, mentions("+33 1 99 00 00 00"))
		site := g.site(t, g.fournisseurs[0]).Client(t)
		for nom, octets := range map[string][]byte{
			"partiel": fichierDe(0, 4, "AA", 4), "refuse": fichierDe(1, 2, "BB", 0), "rejete": []byte("{]"),
		} {
			d := g.deposer(t, envoi(g.fournisseurs[0], octets))
			for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
				g.memesFaits(t, nom, d, l, site)
			}
		}
	})
}

func (g *guichet) memesFaits(t *testing.T, nom string, d *depot.Depot, l modele.Langue, site *webessai.Client) {
	t.Helper()
	a, err := g.AccuseEntier(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	c, err := g.Rediger(t.Context(), d.ImpID(), l)
	if err != nil {
		t.Fatal(err)
	}
	octets := c.Octets
	langue := modele.Texte{Fr: "?lang=fr", En: "?lang=en"}.In(l)
	chemin := "/depots/" + d.ImpID()
	lu := func(s string) string { return accuseessai.SansBlancs(html.UnescapeString(s)) }
	textes := lieux{
		"page du dépôt": lu(site.Ouvrir(chemin+langue).Attendre(t, http.StatusOK).Corps),
		"page":          lu(site.Ouvrir(chemin+"/accuse").Attendre(t, http.StatusOK).Corps),
		"PDF":           accuseessai.LirePDF(t, octets),
		"mail":          accuseessai.SansBlancs(c.Texte),
	}
	if pdf := site.Ouvrir(chemin + "/accuse.pdf"); pdf.Corps != string(octets) || pdf.Entetes.Get("Content-Type") != "application/pdf" {
		t.Errorf("%s: the PDF of the page is not that of the mail (%s)", nom, pdf.Entetes.Get("Content-Type"))
	}
	for _, r := range a.Rubriques(l) {
		textes.vouloir(t, nom, r, "page du dépôt", "page", "PDF", "mail")
	}
	for _, r := range a.Details(l) {
		textes.vouloir(t, nom, r, "page", "PDF", "mail")
	}
}

// lieux are the texts in which a receipt stands, without blanks.
type lieux map[string]string

func (x lieux) vouloir(t *testing.T, nom string, r recu.Rubrique, ou ...string) {
	t.Helper()
	mots := append([]string{r.Titre}, r.Phrases...)
	for _, f := range r.Faits {
		mots = append(mots, f.Nom, f.Valeur)
	}
	for _, lieu := range ou {
		for _, m := range mots {
			if !strings.Contains(x[lieu], accuseessai.SansBlancs(m)) && !strings.Contains(x[lieu], accuseessai.SansBlancs(strings.ToUpper(m))) {
				t.Errorf("%s, %s: no %q", nom, lieu, m)
			}
		}
	}
}

// A receipt keeps to what was told when the deposit came, whatever the agency says since; a wording is kept once.
func TestReceiptKeepsToWhatWasTold(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		un := g.avecMentions(t, mentions("+33 1 99 00 00 01"))
		d := un.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 2, "AA", 0)))
		deux := g.avecMentions(t, mentions("+33 1 99 00 00 02"))
		g.avecMentions(t, mentions("+33 1 99 00 00 02"))
		autre := deux.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 2, "BB", 0)))
		for _, c := range []struct {
			d    *depot.Depot
			want string
		}{{d, "+33 1 99 00 00 01"}, {autre, "+33 1 99 00 00 02"}} {
			relu, err := deux.Depot(t.Context(), c.d.Fournisseur, c.d.ID)
			if err != nil {
				t.Fatal(err)
			}
			a, err := deux.Accuse(t.Context(), relu)
			if err != nil || a.Agence.Telephone != c.want {
				t.Errorf("%s: telephone %q, want %q (%v)", c.d.ImpID(), a.Agence.Telephone, c.want, err)
			}
		}
		if n := g.compter(t, `SELECT count(*) FROM mentions`); n != 3 { // ouvrir says nothing of the agency
			t.Errorf("%d wordings, want 3", n)
		}
	})
}

// The mail of a rejected file tells why; that of a file in part, what is to be done and where.
func TestMailSaysWhatToDo(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 1).avecMentions(t, mentions("+33 1 99 00 00 00"))
	for _, c := range []struct {
		octets []byte
		want   []string
	}{
		{[]byte("{]"), []string{"Sujet : Dépôt DEP-", "fichier rejeté", "- ligne 1, colonne 2 : ", "Corriger le fichier, puis le déposer à nouveau", "seule la trace"}},
		{fichierDe(0, 30, "AA", 15), []string{
			"28 acceptées, 2 refusées", "demandes acceptées : 28 sur 30", "Envoyer les pièces des demandes acceptées (28), au plus tard le 24/12/2026 : https://guichet.exemple.invalid/depots/DEP-",
			"Corriger les demandes refusées (2)", "DEMANDES REFUSÉES", "F110", "… et 8 autres, dans l'accusé de réception joint", "/accuse\n", "https://guichet.exemple.invalid/compte",
		}},
	} {
		d := g.deposer(t, envoi(g.fournisseurs[0], c.octets))
		courrier, err := g.Rediger(t.Context(), d.ImpID(), modele.Francais)
		if err != nil {
			t.Fatal(err)
		}
		texte := "Sujet : " + courrier.Sujet + "\n" + courrier.Texte
		for _, m := range c.want {
			if !strings.Contains(texte, m) {
				t.Errorf("no %q in\n%s", m, texte)
			}
		}
	}
}

// A receipt is there for its supplier alone.
func TestReceiptOfAnother(t *testing.T) {
	t.Parallel()
	g := ouvrir(t, essai.SQLite(t), 2).avecMentions(t, mentions("+33 1 99 00 00 00"))
	d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 2, "AA", 0)))
	autre := g.site(t, g.fournisseurs[1]).Client(t)
	for _, chemin := range []string{"/accuse", "/accuse.pdf"} {
		autre.Ouvrir("/depots/"+d.ImpID()+chemin).Attendre(t, http.StatusNotFound)
	}
}
