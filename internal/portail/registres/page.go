package registres

import (
	"cmp"
	"embed"
	"errors"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/referentiel"
)

//go:embed *.html
var fichiersPages embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiersPages) })

// Titre names the page.
var Titre = modele.Texte{Fr: "Référentiels", En: "Registers"}

// Routes lists the page of the registers.
func (s *Service) Routes() []web.Route {
	return []web.Route{{Motif: "GET /referentiels", Acces: web.Controle, Servir: s.montrer}}
}

// pageRegistres is what referentiels.html shows.
type pageRegistres struct {
	web.Page
	Dossier   string
	Registres []unRegistre
}

// unRegistre is one of the four registers, loaded or not.
type unRegistre struct {
	Nom            referentiel.Nom
	Charge         bool
	Lignes         int
	Valide, Import string // days
	Fichier        string
	Faute          string // why what stands in the folder is not in use
	Sans           string // what is not verified
	Commande       string
}

// sans says what each register verifies, and what comes of it.
var sans = map[referentiel.Nom]modele.Texte{
	referentiel.NomFiness: {
		Fr: "que les FINESS sont ouverts et rattachés à leur OG, et combien d'ESMS a l'OG (alertes A506, A509, A510 ; le code des demandes n'en dépend pas)",
		En: "that FINESS numbers are open and belong to their OG, and how many ESMS the OG has (warnings A506, A509, A510; the code of requests does not depend on it)",
	},
	referentiel.NomReferences: {
		Fr: "que le logiciel est référencé avec les profils du scénario d'installation (§3.2, code C404) ; sans ce registre, ce sont les profils déclarés à l'enrôlement qui comptent",
		En: "that the software is referenced with the profiles of the installation scenario (§3.2, code C404); without this register, the profiles given at enrolment count",
	},
	referentiel.NomEligibles: {
		Fr: "que chaque ESMS est éligible (§3.2, code C403)",
		En: "that each ESMS is eligible (§3.2, code C403)",
	},
	referentiel.NomBareme: {
		Fr: "que le montant ne dépasse pas le plafond (§3.1, alerte A506)",
		En: "that the amount is not above the ceiling (§3.1, warning A506)",
	},
}

// montrer shows which registers are in use, and the command that loads each.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	jeu, _ := s.Actuels(r.Context())
	a := s.actuels.Load()
	p := &pageRegistres{Page: web.NouvellePage(r, Titre), Dossier: s.Dossier}
	for _, n := range referentiel.Noms() {
		x := unRegistre{Nom: n, Sans: p.Tx(sans[n]), Commande: commande(n, s.Dossier), Faute: p.faute(a.fautes[n])}
		for _, m := range jeu.Metas() {
			if m.Registre == n {
				x.Charge, x.Lignes, x.Fichier, x.Valide, x.Import = true, m.Lignes, m.Fichier, p.jour(m.Valide), p.jour(m.Charge)
			}
		}
		p.Registres = append(p.Registres, x)
	}
	return gabarits().Montrer(w, r, "referentiels.html", p)
}

// commande is what the agency types on the counter's machine. The folder is quoted where a shell would part it.
func commande(n referentiel.Nom, dossier string) string {
	dossier = filepath.ToSlash(dossier)
	for _, c := range dossier {
		if c == ' ' || c == '\'' {
			dossier = strconv.Quote(dossier)
			break
		}
	}
	return "guichet referentiel load " + string(n) + " FICHIER --dossier " + dossier
}

func (p *pageRegistres) jour(t time.Time) string { return cmp.Or(p.Jour(t), "–") }

// NomDe names a register.
func (p *pageRegistres) NomDe(n referentiel.Nom) string { return n.In(p.Langue) }

// faute tells what is wrong with a register; the counter's own trouble is in its log.
func (p *pageRegistres) faute(err error) string {
	var f *referentiel.ErreurStockage
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.In(p.Langue)
	}
	return p.T("le guichet n'a pas pu le prendre : voyez son journal technique", "the counter could not take it up: see its log")
}
