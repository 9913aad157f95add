package lettre

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageEdition is what edition.html shows: what letters said, in one edition.
type pageEdition struct {
	web.Page
	E    Edition
	dits *Dits
	noms map[int64]string // of those who decide
}

// lienEdition leads to an edition, for those who may read it.
type lienEdition struct {
	P       *web.Page
	Edition int64 // 0 for none
}

// EditionDe leads to the edition that a letter is made of.
func (p *pageTravail) EditionDe(n int64) lienEdition { return lienEdition{&p.Page, n} }

// EditionDe leads to the edition that a letter is made of.
func (p *pageLettre) EditionDe(n int64) lienEdition { return lienEdition{&p.Page, n} }

func (s *Service) montrerEdition(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.ParseInt(r.PathValue("edition"), 10, 64)
	if err != nil || n <= 0 {
		return web.Introuvable
	}
	toutes, err := s.editions(r.Context(), s.Base.Lire(), n, n)
	if err != nil {
		return err
	}
	if len(toutes) == 0 {
		return web.Introuvable
	}
	t := "Édition " + strconv.FormatInt(n, 10)
	var fil []web.Lien
	if i, _ := compte.De(r.Context()); i.Peut(web.Controle) { // others come from a letter, and read nothing else of this
		fil = []web.Lien{filModeles, {Nom: titreReglages, Adresse: adresseReglages}}
	}
	p := &pageEdition{
		Page: web.NouvellePage(r, modele.Texte{Fr: t, En: strings.Replace(t, "É", "E", 1)}, fil...),
		E:    toutes[0], noms: map[int64]string{},
	}
	if p.dits, err = s.reglages(r.Context(), s.Base.Lire(), n); err != nil {
		return err
	}
	membres, err := s.Valideurs(r.Context(), s.Base.Lire())
	for _, m := range membres {
		p.noms[m.Compte] = ecrit.Nom(m.Nom)
	}
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "edition.html", p)
}

// Par tells who saved it, and when.
func (p *pageEdition) Par() string { return parEdition(&p.Page, p.E) }

// Dits are what it says, with what it says as what people decide at the end.
func (p *pageEdition) Dits() (tous []Reglage) {
	tous = slices.Clone(Reglages)
	var noms []string
	for nom := range p.dits.Textes {
		if strings.HasPrefix(nom, prefixeQualite) {
			noms = append(noms, nom)
		}
	}
	slices.Sort(noms)
	for _, nom := range noms {
		r, _ := ReglageDe(nom)
		tous = append(tous, r)
	}
	return tous
}

// TitreDe is what a setting is called.
func (p *pageEdition) TitreDe(r Reglage) string {
	numero, ok := strings.CutPrefix(r.Nom, prefixeQualite)
	if nom := p.noms[entier(numero)]; ok && nom != "" {
		return p.Tx(r.Titre) + p.T(" : ", ": ") + nom
	}
	return p.Tx(r.Titre)
}

// Dit is what it says.
func (p *pageEdition) Dit(r Reglage) modele.Texte { return p.dits.Textes[r.Nom] }

// Change tells whether it changed a setting.
func (p *pageEdition) Change(r Reglage) bool { return slices.Contains(p.E.Change, r.Nom) }
