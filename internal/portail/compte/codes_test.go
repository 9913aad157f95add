package compte_test

import (
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
)

// New recovery codes stay on their page when it is loaded again, come as a file, and go once they are kept, or after a while; other
// sessions never see them, and the database has none in the clear.
func TestRecoveryCodesStay(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site, p := m.Serveur(t).URL, m.Deposant
	p.Secret = m.DonnerFacteur(t, p.Compte)
	c, autre := m.Connecte(t, site, p), m.Connecte(t, site, p)
	const page = "/compte/second-facteur/codes"
	lire := func() (codes []string) {
		r := c.Lire(t, page)
		attendre(t, r, 200, page, "Vos codes de secours")
		for _, x := range strings.Split(r.Corps, "<code>")[1:] {
			code, _, _ := strings.Cut(x, "<")
			codes = append(codes, code)
		}
		return codes
	}
	attendre(t, c.Poster(t, "/compte/second-facteur/secours"), 200, page, "Vos codes de secours")
	codes := lire()
	if len(codes) != 10 || strings.Join(lire(), " ") != strings.Join(codes, " ") {
		t.Errorf("%q", codes)
	}
	if r := c.Lire(t, page+"/fichier"); r.Etat != 200 || !strings.Contains(r.Corps, strings.Join(codes, "\r\n")) {
		t.Errorf("the file: %d %s", r.Etat, r.Corps)
	}
	attendre(t, autre.Lire(t, page), 200, "/compte", "ne sont plus affichés")
	attendre(t, autre.Lire(t, page+"/fichier"), 200, "/compte", "ne sont plus affichés")
	var garde int
	if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM session WHERE instr(donnees, $1) > 0`, codes[0]).Scan(&garde); err != nil || garde != 0 {
		t.Errorf("%d sessions hold a code in the clear, %v", garde, err)
	}
	m.Horloge.Avancer(9 * time.Minute)
	lire()
	attendre(t, c.Poster(t, page), 200, "/compte")
	attendre(t, c.Lire(t, page), 200, "/compte", "ne sont plus affichés")
	attendre(t, c.Poster(t, "/compte/second-facteur/secours"), 200, page)
	m.Horloge.Avancer(16 * time.Minute)
	c.Poster(t, "/confirmer", "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret))
	attendre(t, c.Lire(t, page), 200, "/compte", "ne sont plus affichés")
}
