package lettre

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageModeles is what modeles.html shows.
type pageModeles struct {
	web.Page
	Modeles  []Version
	Manquent []Reglage // that nobody has filled in
	Muette   modele.Texte
}

func (s *Service) listerModeles(w http.ResponseWriter, r *http.Request) error {
	p := &pageModeles{Page: web.NouvellePage(r, TitreModeles), Muette: s.muette()}
	for _, g := range Genres {
		for _, l := range langues {
			v, err := s.Modele(r.Context(), s.Base.Lire(), g.Genre, l.Mot)
			if err != nil {
				return err
			}
			p.Modeles = append(p.Modeles, *v)
		}
	}
	dits, err := s.reglages(r.Context(), s.Base.Lire(), maintenant)
	if err != nil {
		return err
	}
	for _, x := range Reglages {
		if dits.Textes[x.Nom].Fr == "" {
			p.Manquent = append(p.Manquent, x)
		}
	}
	return gabarits().Montrer(w, r, "modeles.html", p)
}

// nomModele is what a model is called: its kind, and its language.
func nomModele(p *web.Page, v Version) string {
	for _, l := range langues {
		if l.Mot == v.Langue {
			return p.Tx(v.Genre.Nom()) + ", " + p.Tx(l.Nom)
		}
	}
	return ""
}

// NomDe is what a model is called.
func (p *pageModeles) NomDe(v Version) string { return nomModele(&p.Page, v) }

// Depuis tells who saved a version, and when.
func (p *pageModeles) Depuis(v Version) string { return depuis(&p.Page, v) }

func depuis(p *web.Page, v Version) string {
	if v.Compte == 0 {
		return p.T("livrée avec le guichet, ", "shipped with the counter, ") + p.Instant(v.Instant)
	}
	return ecrit.Nom(v.Nom) + ", " + p.Instant(v.Instant)
}

// pageModele is what modele.html shows: a model, what is wrong with what was typed, and what a letter would be.
type pageModele struct {
	web.Page
	V        Version
	Versions []Version
	Apercu   *Lettre
	Changes  ecarts // what another version has changed since the one that was read
	Ecrit    bool   // who looks may change it
}

func (s *Service) pageDeModele(r *http.Request) (*pageModele, error) {
	g, langue, ok := modeleDe(r.PathValue("modele"))
	if !ok {
		return nil, web.Introuvable
	}
	v, err := s.Modele(r.Context(), s.Base.Lire(), g, langue)
	if err != nil {
		return nil, err
	}
	p := &pageModele{Page: web.NouvellePage(r, modele.Texte{}, filModeles), V: *v, Ecrit: qui(r).Peut(web.Administrateur)}
	nom := func(l modele.Langue) string {
		q := p.Page
		q.Langue = l
		return nomModele(&q, *v)
	}
	p.Titre = modele.Texte{Fr: nom(modele.Francais), En: nom(modele.Anglais)}
	p.Versions, err = s.Versions(r.Context(), s.Base.Lire(), g, langue)
	return p, err
}

// Depuis tells who saved a version, and when.
func (p *pageModele) Depuis(v Version) string { return depuis(&p.Page, v) }

// MaxTexte is how long the text may be.
func (p *pageModele) MaxTexte() int { return MaxModele }

// Champs are the fields that a model may have.
func (p *pageModele) Champs() []Champ { return Champs }

// Mentions are what the law wants in this model.
func (p *pageModele) Mentions() (pour []Mention) {
	for _, m := range Mentions {
		if m.Pour(p.V.Genre) {
			pour = append(pour, m)
		}
	}
	return pour
}

func (s *Service) montrerModele(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeModele(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "modele.html", p)
}

// ecrireModele saves a model, or shows what a letter would be with it.
func (s *Service) ecrireModele(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeModele(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	texte := p.Requis("texte", MaxModele, modele.Texte{Fr: "le texte du modèle", En: "the text of the model"})
	if !p.Valide() {
		return gabarits().Montrer(w, r, "modele.html", p)
	}
	if p.Valeur("faire") == "apercu" {
		return s.apercevoir(w, r, p, texte)
	}
	fautes, depuis, err := s.Enregistrer(r.Context(), qui(r).Compte, p.V.Genre, p.V.Langue, texte, p.Lue())
	if err == nil && depuis != nil {
		err = s.conflit(r.Context(), p, depuis)
	}
	if err != nil {
		return err
	}
	if p.refuser("texte", fautes); !p.Valide() {
		return gabarits().Montrer(w, r, "modele.html", p)
	}
	return web.AllerDire(w, r, adresseModeles, modele.Texte{Fr: "Le modèle est enregistré : les lettres à venir en sont faites.", En: "The model is saved: letters to come are made of it."})
}

// Lue is the version that the form was made of.
func (p *pageModele) Lue() int64 {
	if p.Donne("lue") {
		return entier(p.Valeur("lue"))
	}
	return p.V.Numero
}

// conflit tells that somebody has saved another version since the one that was read, and what it changed. What was typed stays.
func (s *Service) conflit(ctx context.Context, p *pageModele, depuis *Version) error {
	lu, err := s.ModeleVersion(ctx, s.Base.Lire(), p.V.Genre, p.V.Langue, p.Lue())
	if err != nil && !errors.Is(err, ErrInconnue) {
		return err
	}
	if err == nil {
		p.Changes = ecarts{&p.Page, Comparer(lu.Texte, depuis.Texte)}
	}
	n := strconv.FormatInt(depuis.Numero, 10)
	p.V = *depuis
	p.Poser("lue", n)
	p.Refuser("texte", "La version "+n+" a été enregistrée depuis que vous avez lu ce modèle ("+ecrit.Nom(depuis.Nom)+") ; ce qu'elle change est dit plus bas. Votre texte est gardé, rien n'est enregistré : relisez, puis recommencez.",
		"Version "+n+" was saved since you read this model ("+ecrit.Nom(depuis.Nom)+"); what it changes is told below. Your text is kept, nothing is stored: read it again, then try again.")
	return nil
}

// refuser tells what is wrong with a text.
func (p *pageModele) refuser(nom string, fautes []Faute) { refuser(&p.Formulaire, nom, fautes) }

func refuser(f *web.Formulaire, nom string, fautes []Faute) {
	for _, x := range fautes {
		t := x.Dire()
		f.Refuser(nom, t.Fr, t.En)
	}
}
