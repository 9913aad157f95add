package portail

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// sante tells a supervisor whether the counter can do its work: its database answers, its folder is there, with room.
func (p *Portail) sante(w http.ResponseWriter, r *http.Request) error {
	var un int
	err := p.base.Lire().QueryRowContext(r.Context(), `SELECT 1`).Scan(&un)
	if err == nil {
		_, err = os.Stat(p.Donnees)
	}
	if err != nil {
		return &web.Refus{
			Etat:  http.StatusServiceUnavailable,
			Titre: modele.Texte{Fr: "Le guichet ne peut pas travailler", En: "The counter cannot work"},
			Texte: modele.Texte{Fr: "Sa base de données ou son dossier ne répond pas.", En: "Its database or its folder does not answer."},
			Cause: err,
		}
	}
	if err := p.disque.plein(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = fmt.Fprintln(w, "ok")
	return err
}

// mesures gives Prometheus its figures: to who has the token, or to this machine while nobody else reaches the site. To
// others there is no such page.
func (p *Portail) mesures(w http.ResponseWriter, r *http.Request) error {
	jeton, porte := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	connu := porte && p.MesuresJeton != "" && subtle.ConstantTimeCompare([]byte(jeton), []byte(p.MesuresJeton)) == 1
	if !connu && !p.local(r) {
		return web.Introuvable
	}
	promhttp.HandlerFor(p.registre, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	return nil
}
