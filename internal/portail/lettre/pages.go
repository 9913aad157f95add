package lettre

import (
	"embed"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages, "communs.html") })

// TitreModeles names the pages of the models.
var TitreModeles = modele.Texte{Fr: "Modèles de lettres", En: "Models of letters"}

const adresseModeles = "/modeles"

var filModeles = web.Lien{Nom: TitreModeles, Adresse: adresseModeles}

// Routes lists the pages of letters.
func (s *Service) Routes() []web.Route {
	return []web.Route{
		{Motif: "GET /modeles", Acces: web.Controle, Servir: s.listerModeles},
		{Motif: "GET /modeles/{modele}", Acces: web.Controle, Servir: s.montrerModele},
		{Motif: "POST /modeles/{modele}", Acces: web.Administrateur, Servir: s.ecrireModele},
		{Motif: "GET /modeles/{modele}/versions/{version}", Acces: web.Controle, Servir: s.montrerVersion},
		{Motif: "GET /ce-que-disent-les-lettres", Acces: web.Controle, Servir: s.montrerReglages},
		{Motif: "GET /ce-que-disent-les-lettres/editions/{edition}", Acces: web.Agent, Servir: s.montrerEdition},
		{Motif: "POST /ce-que-disent-les-lettres", Acces: web.Administrateur, Servir: s.ecrireReglages},
		{Motif: "GET /travail/{numero}/lettre", Acces: web.Agent, Servir: s.montrerTravail},
		{Motif: "POST /travail/{numero}/lettre", Acces: web.Instructeur, Servir: s.retoucherTravail},
		{Motif: "GET /lettres", Acces: web.Connecte, Pour: true, Servir: s.lister},
		{Motif: "GET /lettres/{lettre}", Acces: web.Connecte, Pour: true, Servir: s.montrer},
		{Motif: "GET /lettres/{lettre}/{format}", Acces: web.Connecte, Pour: true, Servir: s.telecharger},
		{Motif: "POST /lettres/{lettre}", Acces: web.Agent, Servir: s.poster},
		{Motif: "GET /notification", Acces: web.Lecteur, Servir: s.montrerAccord},
		{Motif: "POST /notification", Acces: web.Proprietaire, Servir: s.choisirAccord},
	}
}

func introuvable(err error) error {
	if errors.Is(err, ErrInconnue) {
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	}
	return err
}

func qui(r *http.Request) compte.Identite {
	i, _ := compte.De(r.Context())
	return i
}

// modeleDe is the kind and the language that an address names.
func modeleDe(nom string) (g Genre, langue string, ok bool) {
	genre, langue, _ := strings.Cut(nom, "-")
	return Genre(genre), langue, Livre(Genre(genre), langue) != ""
}

// muette says which settings of the installation keep every letter from going out; "" for none.
func (s *Service) muette() (t modele.Texte) {
	var noms []string
	for _, x := range []struct{ nom, valeur string }{{"agence-nom", s.Agence.Nom}, {"agence-service", s.Agence.Service}, {"agence-adresse", s.Agence.Adresse}} {
		if x.valeur == "" {
			noms = append(noms, x.nom)
		}
	}
	if len(noms) == 0 {
		return t
	}
	liste := strings.Join(noms, ", ")
	return modele.Texte{
		Fr: "Aucune décision ne peut être prise : l'installation du guichet ne dit pas encore qui est l'agence (" + liste + ").",
		En: "No decision can be taken: the installation of the counter does not say yet who the agency is (" + liste + ").",
	}
}
