package lettre

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageReglages is what reglages.html shows.
type pageReglages struct {
	web.Page
	Dits      *Dits
	Valideurs []compte.Membre
	Editions  []Edition
	Ecrit     bool         // who looks may change them
	Muette    modele.Texte // why no letter goes out at all; "" for nothing
}

var titreReglages = modele.Texte{Fr: "Ce que disent les lettres", En: "What letters say"}

const adresseReglages = "/ce-que-disent-les-lettres"

func (s *Service) pageDeReglages(r *http.Request) (p *pageReglages, err error) {
	p = &pageReglages{Page: web.NouvellePage(r, titreReglages, filModeles), Ecrit: qui(r).Peut(web.Administrateur), Muette: s.muette()}
	if p.Dits, err = s.reglages(r.Context(), s.Base.Lire(), maintenant); err != nil {
		return nil, err
	}
	if p.Editions, err = s.editions(r.Context(), s.Base.Lire(), 0, maintenant); err != nil {
		return nil, err
	}
	p.Valideurs, err = s.Valideurs(r.Context(), s.Base.Lire())
	return p, err
}

// MaxTexte is how long each may be.
func (p *pageReglages) MaxTexte() int { return MaxReglage }

// Reglages are what the agency says.
func (p *pageReglages) Reglages() []Reglage { return Reglages }

// Qualite is the setting that says as what somebody decides.
func (p *pageReglages) Qualite(m compte.Membre) Reglage {
	r, _ := ReglageDe(nomQualite(m.Compte))
	return r
}

// NomDe is what somebody who decides is called.
func (p *pageReglages) NomDe(m compte.Membre) string { return ecrit.Nom(m.Nom) }

// Dit is what it has said.
func (p *pageReglages) Dit(r Reglage) modele.Texte { return p.Dits.Textes[r.Nom] }

// Lue is the edition that the form was made of.
func (p *pageReglages) Lue() int64 {
	if p.Donne("edition") {
		return entier(p.Valeur("edition"))
	}
	return p.Dits.Edition
}

func entier(t string) int64 {
	n, _ := strconv.ParseInt(t, 10, 64) // what is no number was never read
	return n
}

// Par tells who saved an edition, and when.
func (p *pageReglages) Par(e Edition) string { return parEdition(&p.Page, e) }

func parEdition(p *web.Page, e Edition) string {
	if e.Compte == 0 {
		return p.Instant(e.Instant)
	}
	return ecrit.Nom(e.Nom) + ", " + p.Instant(e.Instant)
}

func (s *Service) montrerReglages(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeReglages(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "reglages.html", p)
}

// champs are the fields of a setting, in French and in English.
func (r Reglage) champs() [2]string { return [2]string{r.Nom + "-fr", r.Nom + "-en"} }

// tous are the settings of the form.
func (p *pageReglages) tous() (tous []Reglage) {
	tous = slices.Clone(Reglages)
	for _, m := range p.Valideurs {
		tous = append(tous, p.Qualite(m))
	}
	return tous
}

// saisie reads what the form says; what is wrong with it is told at its field.
func (p *pageReglages) saisie() map[string]modele.Texte {
	dits := map[string]modele.Texte{}
	for _, r := range p.tous() {
		champs := r.champs()
		for _, c := range champs {
			refuser(&p.Formulaire, c, r.fautes(p.Valeur(c)))
		}
		dits[r.Nom] = modele.Texte{Fr: p.Valeur(champs[0]), En: p.Valeur(champs[1])}
	}
	return dits
}

func (s *Service) ecrireReglages(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeReglages(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	dits := p.saisie()
	if !p.Valide() {
		return gabarits().Montrer(w, r, "reglages.html", p)
	}
	depuis, err := s.reglerLu(r.Context(), qui(r).Compte, dits, p.Lue())
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		return gabarits().Montrer(w, r, "reglages.html", p)
	}
	if err != nil {
		return err
	}
	if depuis != nil {
		return s.montrerConflit(w, r, p, dits, depuis)
	}
	return web.AllerDire(w, r, adresseModeles, modele.Texte{Fr: "C'est enregistré : les lettres à venir le disent.", En: "It is saved: letters to come say so."})
}

// montrerConflit shows what was typed over an edition that is no longer the last one: what others have changed since is told, at its field where it was
// changed here, too; what was not touched here is shown as it is now.
func (s *Service) montrerConflit(w http.ResponseWriter, r *http.Request, p *pageReglages, dits map[string]modele.Texte, depuis []Edition) error {
	lus, err := s.reglages(r.Context(), s.Base.Lire(), p.Lue())
	if err != nil {
		return err
	}
	if p.Dits, err = s.reglages(r.Context(), s.Base.Lire(), maintenant); err != nil {
		return err
	}
	var fr, en []string
	for _, e := range depuis {
		fr, en = append(fr, ecrit.Nom(e.Nom)+" : "+p.titres(e, modele.Francais)), append(en, ecrit.Nom(e.Nom)+": "+p.titres(e, modele.Anglais))
	}
	p.Refuser("", "Une autre édition a été enregistrée depuis que vous avez lu cette page ("+strings.Join(fr, " ; ")+"). Rien n'est enregistré : relisez, puis recommencez.",
		"Another edition was saved since you read this page ("+strings.Join(en, "; ")+"). Nothing is stored: read it again, then try again.")
	for _, x := range p.tous() {
		avant, apres, ici := lus.Textes[x.Nom], p.Dits.Textes[x.Nom], dits[x.Nom]
		for i, c := range x.champs() {
			l := []modele.Langue{modele.Francais, modele.Anglais}[i]
			switch {
			case ici.In(l) == avant.In(l):
				p.Poser(c, apres.In(l))
			case apres.In(l) != avant.In(l) && apres.In(l) != ici.In(l):
				p.Refuser(c, "L'édition "+strconv.FormatInt(p.Dits.Edition, 10)+" dit maintenant : « "+apres.In(l)+" ». Ce que vous avez écrit est gardé ici.",
					"Edition "+strconv.FormatInt(p.Dits.Edition, 10)+" says now: “"+apres.In(l)+"”. What you have written is kept here.")
			}
		}
	}
	p.Poser("edition", strconv.FormatInt(p.Dits.Edition, 10))
	return gabarits().Montrer(w, r, "reglages.html", p)
}

// titres name what an edition changed.
func (p *pageReglages) titres(e Edition, l modele.Langue) string {
	return strings.Join(titresDe(e, l), ", ")
}

func titresDe(e Edition, l modele.Langue) (noms []string) {
	for _, nom := range e.Change {
		r, _ := ReglageDe(nom)
		if t := r.Titre.In(l); !slices.Contains(noms, t) {
			noms = append(noms, t)
		}
	}
	return noms
}

// Change names what an edition changed.
func (p *pageReglages) Change(e Edition) string { return p.titres(e, p.Langue) }
