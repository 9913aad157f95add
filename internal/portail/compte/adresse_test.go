package compte_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	journalessai "guichet/internal/portail/journal/essai"
)

const nouvelleAdresse = "nouvelle@exemple.invalid"

// lienDe is the path of a link in the last mail to an address.
func lienDe(t *testing.T, m *essai.Monde, a, debut string) string {
	t.Helper()
	_, suite, ok := strings.Cut(m.DernierCourriel(t, a).Texte, essai.Adresse+debut)
	if !ok {
		t.Fatalf("no link %s in:\n%s", debut, m.DernierCourriel(t, a).Texte)
	}
	return debut + strings.Fields(suite)[0]
}

const (
	lienConfirme = "/compte/adresse/confirmation/"
	lienArret    = "/adresse/"
)

// A person changes the address by proof of both: the confirmed session, and the link mailed to the new address opened in it.
// Others do nothing with the link. Other sessions, links and known browsers end, and both addresses are told.
func TestAddressChanges(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site, ancienne := m.Serveur(t).URL, m.Deposant.Courriel
		c, autre := m.Connecte(t, site, m.Deposant), m.Connecte(t, site, m.Deposant)
		autre.Poster(t, "/mot-de-passe-oublie", "courriel", ancienne)
		oubli := m.Lien(t, ancienne)
		m.Horloge.Avancer(11 * time.Minute)
		attendre(t, c.Poster(t, "/compte/adresse", "courriel", nouvelleAdresse), http.StatusForbidden, "/compte/adresse", "Confirmez que c'est vous")
		if n := m.NombreCourriels(nouvelleAdresse); n != 0 {
			t.Fatalf("%d mails without confirmation", n)
		}
		attendre(t, c.Poster(t, "/compte/adresse", "courriel", nouvelleAdresse, "confirme-motdepasse", essai.MotDePasse), 200, "/compte/adresse", "Consultez les deux messageries", nouvelleAdresse)
		if !strings.Contains(m.DernierCourriel(t, ancienne).Texte, nouvelleAdresse) {
			t.Error("the former address is not told")
		}
		lien := lienDe(t, m, nouvelleAdresse, lienConfirme)
		etranger := m.Connecte(t, site, m.Lecteur)
		attendre(t, etranger.Lire(t, lien), http.StatusNotFound, lien)
		attendre(t, etranger.Poster(t, lien), http.StatusNotFound, lien)
		if p := m.Client(t, site).Lire(t, lien); !strings.HasPrefix(p.Chemin, "/connexion?") {
			t.Errorf("nobody opens the link: %d %s", p.Etat, p.Chemin)
		}
		attendre(t, c.Lire(t, "/compte"), 200, "/compte", ancienne, "à confirmer")
		attendre(t, c.Lire(t, lien), 200, lien, "Confirmer cette adresse", ancienne, nouvelleAdresse)
		m.Horloge.Avancer(time.Second)
		attendre(t, c.Poster(t, lien), 200, "/compte", "Votre adresse a changé", nouvelleAdresse)
		attendre(t, c.Poster(t, lien), http.StatusNotFound, lien)
		if p := autre.Lire(t, "/compte"); !strings.HasPrefix(p.Chemin, "/connexion?") {
			t.Errorf("the other session goes on: %s", p.Chemin)
		}
		if _, err := m.LireLien(t.Context(), oubli); !errors.Is(err, compte.ErrLien) {
			t.Errorf("a link mailed to the former address works: %v", err)
		}
		attendre(t, autre.Poster(t, "/connexion", "courriel", ancienne, "motdepasse", essai.MotDePasse), 422, "/connexion")
		avant := m.NombreCourriels(nouvelleAdresse)
		attendre(t, autre.Poster(t, "/connexion", "courriel", nouvelleAdresse, "motdepasse", essai.MotDePasse), 200, "/")
		if m.NombreCourriels(nouvelleAdresse) != avant+1 {
			t.Error("a browser that was known to the former address still is")
		}
		c.Poster(t, "/deconnexion")
		avant = m.NombreCourriels(nouvelleAdresse)
		attendre(t, c.Poster(t, "/connexion", "courriel", nouvelleAdresse, "motdepasse", essai.MotDePasse), 200, "/")
		if m.NombreCourriels(nouvelleAdresse) != avant {
			t.Error("the browser that confirmed is not known")
		}
		if n, err := journalessai.Verifier(t.Context(), b, m.Fournisseur); err != nil || n == 0 {
			t.Errorf("the journal: %v", err)
		}
	})
}

// The former address stops a change before it is made, and takes it back for three days, with what followed: sessions end and
// the password no longer works, but the link that is mailed gives another one.
func TestAddressIsTakenBack(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		for nom, cas := range map[string]struct {
			fait  bool // the change is made, and another one asked for
			apres time.Duration
			etat  int
		}{
			"before": {false, time.Hour, 200}, "too late": {false, 25 * time.Hour, http.StatusGone},
			"after": {true, 71 * time.Hour, 200}, "long after": {true, 73 * time.Hour, http.StatusGone},
		} {
			m := essai.Vide(b)
			courriel := strings.ReplaceAll(nom, " ", "-") + "@exemple.invalid"
			m.Administrateur = m.AjouterPersonneA(t, m.AjouterFournisseur(t, nom, "ÉDITEUR "+nom), compte.Proprietaire, courriel)
			site, neuve := m.Serveur(t).URL, "neuve-"+courriel
			voleur, victime := m.Connecte(t, site, m.Administrateur), m.Client(t, site)
			voleur.Poster(t, "/compte/adresse", "courriel", neuve)
			lien := lienDe(t, m, courriel, lienArret)
			if cas.fait {
				confirme := lienDe(t, m, neuve, lienConfirme)
				attendre(t, voleur.Poster(t, confirme), 200, "/compte")
				lien = lienDe(t, m, courriel, lienArret)
				voleur.Poster(t, "/compte/adresse", "courriel", "tierce-"+courriel) // buries the first one
				attendre(t, voleur.Poster(t, lienDe(t, m, "tierce-"+courriel, lienConfirme)), 200, "/compte")
			}
			m.Horloge.Avancer(cas.apres)
			p := victime.Lire(t, lien)
			attendre(t, p, cas.etat, lien)
			if cas.etat != 200 {
				continue
			}
			attendre(t, victime.Poster(t, lien), 200, "/connexion", "C'est arrêté")
			attendre(t, victime.Poster(t, lien), http.StatusGone, lien)
			if p := voleur.Lire(t, "/compte"); !strings.HasPrefix(p.Chemin, "/connexion?") {
				t.Errorf("%s: the session goes on: %s", nom, p.Chemin)
			}
			attendre(t, voleur.Poster(t, "/connexion", "courriel", courriel, "motdepasse", essai.MotDePasse), 422, "/connexion")
			if _, err := m.Ouvrir(t.Context(), m.Lien(t, courriel), compte.Ouverture{MotDePasse: "un tout autre secret"}); err != nil {
				t.Errorf("%s: %v", nom, err)
			}
			attendre(t, victime.Poster(t, "/connexion", "courriel", courriel, "motdepasse", "un tout autre secret"), 200, "/")
		}
	})
}

// An address that has an account, or an invitation, is answered like any other; its mailbox is told, and the link is nobody's.
func TestAddressTellsNothing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		inviter(t, m, m.Fournisseur, compte.Lecteur, "invite@exemple.invalid")
		c := m.Connecte(t, m.Serveur(t).URL, m.Deposant)
		libre := c.Poster(t, "/compte/adresse", "courriel", "libre@exemple.invalid").Corps
		ancien := m.DernierCourriel(t, m.Deposant.Courriel).Texte
		for _, prise := range []string{m.Lecteur.Courriel, "invite@exemple.invalid"} {
			avant := m.NombreCourriels(prise)
			page := c.Poster(t, "/compte/adresse", "courriel", prise)
			if got := strings.ReplaceAll(page.Corps, prise, "libre@exemple.invalid"); got != libre {
				t.Errorf("the page tells:\n%s\nnot\n%s", got, libre)
			}
			if got := m.DernierCourriel(t, m.Deposant.Courriel).Texte; strings.Count(got, "\n") != strings.Count(ancien, "\n") || len(got)-len(prise) != len(ancien)-len("libre@exemple.invalid") {
				t.Errorf("the mail tells:\n%s", got)
			}
			if x := m.DernierCourriel(t, prise); m.NombreCourriels(prise) != avant+1 || strings.Contains(x.Texte, lienConfirme) || strings.Contains(x.Texte, m.Deposant.Courriel) {
				t.Errorf("%s is told %s", prise, x.Texte)
			}
		}
		for nom, champs := range map[string]string{"own": m.Deposant.Courriel, "none": "", "header": "a@b.fr\r\nBcc: c@d.fr"} {
			if p := c.Poster(t, "/compte/adresse", "courriel", champs); p.Etat != 422 || !strings.Contains(p.Corps, `href="#courriel"`) {
				t.Errorf("%s: %d", nom, p.Etat)
			}
		}
		for range 6 {
			c.Poster(t, "/compte/adresse", "courriel", "autre@exemple.invalid")
		}
		if n := m.NombreCourriels("autre@exemple.invalid"); n > 3 {
			t.Errorf("%d mails to one address", n)
		}
		attendre(t, c.Poster(t, "/compte/adresse/abandon"), 200, "/compte", "Votre adresse ne change pas")
	})
}

// Of several who open the link at once one changes the address; an account that took the address meanwhile keeps it.
func TestAddressRace(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		id := m.Deposant.Compte
		demander := func(a string) string {
			if err := m.DemanderAdresse(t.Context(), id, a); err != nil {
				t.Fatal(err)
			}
			return strings.TrimPrefix(lienDe(t, m, a, lienConfirme), lienConfirme)
		}
		lien := demander(nouvelleAdresse)
		var attente sync.WaitGroup
		erreurs := make([]error, 6)
		for i := range erreurs {
			attente.Go(func() { erreurs[i] = m.ConfirmerAdresse(t.Context(), id, lien, "") })
		}
		attente.Wait()
		gagne := 0
		for _, err := range erreurs {
			if err == nil {
				gagne++
			} else if !errors.Is(err, compte.ErrLien) {
				t.Error(err)
			}
		}
		if gagne != 1 {
			t.Errorf("%d changes", gagne)
		}
		lien = demander("prise@exemple.invalid")
		m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "prise@exemple.invalid")
		if err := m.ConfirmerAdresse(t.Context(), id, lien, ""); champ(err) != "" {
			t.Errorf("an address that was taken meanwhile: %v", err)
		}
		if err := m.Balayer(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Of several who stop a change at once one does; the others hear that the link no longer works.
func TestAddressStopRace(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		if err := m.DemanderAdresse(t.Context(), m.Deposant.Compte, nouvelleAdresse); err != nil {
			t.Fatal(err)
		}
		lien := strings.TrimPrefix(lienDe(t, m, m.Deposant.Courriel, lienArret), lienArret)
		var attente sync.WaitGroup
		erreurs := make([]error, 4)
		for i := range erreurs {
			attente.Go(func() { erreurs[i] = m.ArreterAdresse(t.Context(), lien) })
		}
		attente.Wait()
		arretes := 0
		for _, err := range erreurs {
			if err == nil {
				arretes++
			} else if !errors.Is(err, compte.ErrLien) {
				t.Error(err)
			}
		}
		if arretes != 1 {
			t.Errorf("%d stop it", arretes)
		}
	})
}
