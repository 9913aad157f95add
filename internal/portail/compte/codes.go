package compte

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// The recovery codes that were just made wait in the session, sealed, until the person says that they are kept, or for a quarter of
// an hour: a page that is loaded again shows them still. The database has their hashes alone.

const (
	cleSecours   = "secours"
	sceauSecours = "compte.secours"
	dureeSecours = 15 * time.Minute
)

// secoursTendus is what waits.
type secoursTendus struct {
	Codes  []string
	Depuis time.Time
}

// tendreSecours keeps the codes for the page that it leads to.
func (s *Service) tendreSecours(w http.ResponseWriter, r *http.Request, codes []string) error {
	texte, err := json.Marshal(secoursTendus{codes, s.Maintenant()})
	if err != nil {
		return err
	}
	s.sessions.Put(r.Context(), cleSecours, s.Coffre.Sceller(sceauSecours, string(texte)))
	return web.Aller(w, r, "/compte/second-facteur/codes")
}

// lireSecours are the codes that wait; none once they were kept.
func (s *Service) lireSecours(ctx context.Context) []string {
	texte, err := s.Coffre.Ouvrir(sceauSecours, s.sessions.GetString(ctx, cleSecours))
	var t secoursTendus
	if err != nil || json.Unmarshal([]byte(texte), &t) != nil || s.Maintenant().Sub(t.Depuis) > dureeSecours {
		return nil
	}
	return t.Codes
}

var secoursPartis = modele.Texte{
	Fr: "Les codes de secours ne sont plus affichés. Si vous ne les avez pas gardés, obtenez-en de nouveaux.",
	En: "The recovery codes are no longer shown. If you have not kept them, get new ones.",
}

// pageSecours is what secours.html shows.
type pageSecours struct {
	web.Page
	Codes []string
}

func (s *Service) montrerSecours(w http.ResponseWriter, r *http.Request) error {
	codes := s.lireSecours(r.Context())
	if codes == nil {
		return web.AllerAvertir(w, r, "/compte", secoursPartis)
	}
	titre := modele.Texte{Fr: "Vos codes de secours", En: "Your recovery codes"}
	w.Header().Set("Cache-Control", "no-store")
	return gabarits().Montrer(w, r, "secours.html", &pageSecours{web.NouvellePage(r, titre, filCompte), codes})
}

// donnerSecours gives the codes as a file.
func (s *Service) donnerSecours(w http.ResponseWriter, r *http.Request) error {
	codes := s.lireSecours(r.Context())
	if codes == nil {
		return web.AllerAvertir(w, r, "/compte", secoursPartis)
	}
	texte := modele.Texte{Fr: "Codes de secours du guichet. Chacun sert une fois, sans le téléphone.", En: "Recovery codes of the counter. Each works once, without the telephone."}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="codes-de-secours.txt"`)
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write([]byte(texte.In(web.Langue(r.Context())) + "\r\n" + s.Adresse + "\r\n\r\n" + strings.Join(codes, "\r\n") + "\r\n"))
	return err
}

// oublierSecours forgets the codes that the person has kept.
func (s *Service) oublierSecours(w http.ResponseWriter, r *http.Request) error {
	s.sessions.Remove(r.Context(), cleSecours)
	return web.Aller(w, r, "/compte")
}
