package lettre

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageReglages is what reglages.html shows.
type pageReglages struct {
	web.Page
	Dits      map[string]modele.Texte
	Valideurs []Valideur
}

// Valideur is somebody who may decide, and as what.
type Valideur struct {
	Compte  int64
	Nom     string
	Qualite modele.Texte
}

var titreReglages = modele.Texte{Fr: "Ce que disent les lettres", En: "What letters say"}

func (s *Service) pageDeReglages(r *http.Request) (p *pageReglages, err error) {
	p = &pageReglages{Page: web.NouvellePage(r, titreReglages, filModeles)}
	if p.Dits, err = s.reglages(r.Context(), s.Base.Lire()); err != nil {
		return nil, err
	}
	membres, err := s.Valideurs(r.Context(), s.Base.Lire())
	if err != nil {
		return nil, err
	}
	for _, m := range membres {
		v := Valideur{Compte: m.Compte, Nom: ecrit.Nom(m.Nom)}
		if v.Qualite, err = s.qualite(r.Context(), s.Base.Lire(), m.Compte); err != nil {
			return nil, err
		}
		p.Valideurs = append(p.Valideurs, v)
	}
	return p, nil
}

// MaxTexte is how long each may be.
func (p *pageReglages) MaxTexte() int { return MaxReglage }

// Reglages are what the agency says.
func (p *pageReglages) Reglages() []Reglage { return Reglages }

// Dit is what it has said.
func (p *pageReglages) Dit(r Reglage) modele.Texte { return p.Dits[r.Nom] }

func (s *Service) montrerReglages(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeReglages(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "reglages.html", p)
}

// reglage reads what the agency says in a language; what is wrong with it is told at its field.
func (p *pageReglages) reglage(x Reglage, langue string) string {
	nom := x.Nom + "-" + langue
	t := p.Valeur(nom)
	if n := utf8.RuneCountInString(t); n > MaxReglage {
		f := ecrit.TropLong(ceTexte, MaxReglage, n)
		p.Refuser(nom, f.Fr, f.En)
		return t
	}
	refuser(&p.Formulaire, nom, formes(t))
	return t
}

func (s *Service) ecrireReglages(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeReglages(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	dits := map[string]modele.Texte{}
	for _, x := range Reglages {
		dits[x.Nom] = modele.Texte{Fr: p.reglage(x, "fr"), En: p.reglage(x, "en")}
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "reglages.html", p)
	}
	err = s.Regler(r.Context(), qui(r).Compte, dits)
	for _, v := range p.Valideurs {
		n := strconv.FormatInt(v.Compte, 10)
		if err == nil {
			err = s.Qualifier(r.Context(), qui(r).Compte, v.Compte, modele.Texte{Fr: ligne(p.Valeur("qualite-fr-" + n)), En: ligne(p.Valeur("qualite-en-" + n))})
		}
	}
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		return gabarits().Montrer(w, r, "reglages.html", p)
	}
	if err != nil {
		return err
	}
	return web.AllerDire(w, r, adresseModeles, modele.Texte{Fr: "C'est enregistré : les lettres à venir le disent.", En: "It is saved: letters to come say so."})
}

// ligne is a text on one line.
func ligne(t string) string {
	mots := strings.Fields(t)
	return string([]rune(strings.Join(mots, " "))[:min(200, len([]rune(strings.Join(mots, " "))))])
}
