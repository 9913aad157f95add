package lettre

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strings"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageTravail is what travail.html shows: the letter of the decision to come on a demande, as it is, and its text.
type pageTravail struct {
	web.Page
	NumeroASP string
	D         *decision.Decision // live, or the one that a proposal would make
	Genre     Genre
	Projets   []Lettre // while nothing is decided
	Figees    []Figee  // then
	Pourquoi  modele.Texte
	Modifie   bool // who looks may write another text
}

func (s *Service) pageDeTravail(r *http.Request) (*pageTravail, error) {
	depot, rang, ok := s.LireNumeroASP(r.PathValue("numero"))
	if !ok {
		return nil, web.Introuvable
	}
	ctx, c, i := r.Context(), etat.Cle{Depot: depot, Rang: rang}, qui(r)
	p := &pageTravail{Page: web.NouvellePage(r, modele.Texte{}, web.Lien{Nom: modele.Texte{Fr: "Travail", En: "Work"}, Adresse: "/travail"}), NumeroASP: s.NumeroASP(depot, rang)}
	p.Fil = append(p.Fil, web.Lien{Nom: modele.Texte{Fr: "Demande " + p.NumeroASP, En: "Request " + p.NumeroASP}, Adresse: "/travail/" + p.NumeroASP})
	d, err := s.Vive(ctx, c)
	if err != nil {
		return nil, err
	}
	auteur := int64(0)
	if d == nil {
		d, err = s.projetDe(ctx, c, Genre(r.FormValue("genre")))
	} else if i.Peut(web.Valideur) && d.ProposePar != i.Compte {
		auteur = i.Compte
	}
	if err != nil {
		return nil, introuvable(err)
	}
	p.D, p.Genre = d, Genre(d.Sens)
	p.Titre = modele.Texte{Fr: "Lettre : " + strings.ToLower(p.Genre.Nom().Fr), En: "Letter: " + strings.ToLower(p.Genre.Nom().En)}
	if d.Etat == decision.Decidee {
		p.Figees, err = s.Figees(ctx, s.Base.Lire(), d.ID)
		return p, err
	}
	p.Modifie = i.Peut(web.Instructeur) && (d.ID == 0 || d.ProposePar == i.Compte)
	if p.Projets, err = s.Projet(ctx, s.Base.Lire(), d, auteur); err != nil {
		return nil, introuvable(err)
	}
	p.Pourquoi = Pourquoi(p.Projets)
	return p, nil
}

// Pourquoi says what keeps a letter from going out once it is decided; "" for nothing. What a decision gives by itself does not.
func Pourquoi(lettres []Lettre) modele.Texte {
	for _, l := range lettres {
		x := l
		rendue := *l.Rendue
		rendue.Manquent = nil
		for _, c := range l.Manquent {
			if c.Attend == (modele.Texte{}) {
				rendue.Manquent = append(rendue.Manquent, c)
			}
		}
		x.Rendue = &rendue
		var refus *decision.Refus
		if errors.As(x.complete(), &refus) {
			return refus.Texte
		}
	}
	return modele.Texte{}
}

// projetDe is the decision that a proposal of a kind would make of a demande that the agency examines.
func (s *Service) projetDe(ctx context.Context, c etat.Cle, g Genre) (*decision.Decision, error) {
	if Livre(g, "fr") == "" {
		g = Genres[0].Genre
	}
	d := &decision.Decision{Cle: c, Sens: decision.Sens(g)}
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT fournisseur_id, montant FROM dossier WHERE depot_id = $1 AND rang = $2`, c.Depot, c.Rang).Scan(&d.Fournisseur, &d.Montant)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrInconnue
	}
	return d, err
}

func (s *Service) montrerTravail(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeTravail(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "travail.html", p)
}

// retoucherTravail keeps another text for this letter alone.
func (s *Service) retoucherTravail(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeTravail(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	textes := map[string]string{}
	for _, l := range p.Projets {
		textes[l.Langue] = p.Requis("texte-"+l.Langue, MaxModele, modele.Texte{Fr: "le texte de la lettre", En: "the text of the letter"})
		if p.Valeur("faire") == "modele" {
			textes[l.Langue] = l.Source.Version.Texte
		}
	}
	if p.Valeur("faire") == "modele" {
		p.Fautes = nil
	}
	if p.Valide() {
		err = s.retouche(r, p, textes)
	}
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		err = nil
	}
	if err != nil && !errors.Is(err, errTexteChange) {
		return err
	}
	if !p.Valide() {
		for _, l := range langues {
			p.Retenir("texte-"+l.Mot, p.NomTexte(l.Mot))
		}
		return gabarits().Montrer(w, r, "travail.html", p)
	}
	return web.AllerDire(w, r, "/travail/"+p.NumeroASP+"/lettre?genre="+string(p.Genre), modele.Texte{Fr: "Le texte de cette lettre est enregistré.", En: "The text of this letter is saved."})
}

// errTexteChange ends a transaction whose text is another one by now, which its field tells.
var errTexteChange = errors.New("the text of a letter has changed")

func (s *Service) retouche(r *http.Request, p *pageTravail, textes map[string]string) error {
	i := qui(r)
	return s.Base.Ecrire(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if err := s.Toucher(ctx, tx, i, p.D.Cle); err != nil {
			return err
		}
		actuels, err := s.sources(ctx, tx, p.D.Cle, p.Genre)
		if err != nil {
			return err
		}
		if p.memeTexte(actuels); !p.Valide() {
			return errTexteChange
		}
		fautes, err := s.Retoucher(ctx, tx, i.Compte, p.D.Cle, p.Genre, textes)
		for l, f := range fautes {
			refuser(&p.Formulaire, "texte-"+l, f)
		}
		return err
	})
}

// NomTexte is the label of the text in a language.
func (p *pageTravail) NomTexte(mot string) string {
	return p.T("Texte en ", "Text in ") + p.NomLangue(mot)
}

// NomLangue is the word of a language.
func (p *pageTravail) NomLangue(mot string) string { return nomLangue(&p.Page, mot) }

func nomLangue(p *web.Page, mot string) string {
	for _, l := range langues {
		if l.Mot == mot {
			return p.Tx(l.Nom)
		}
	}
	return mot
}

// Changes are the lines in which a text differs from its model.
func (p *pageTravail) Changes(l Lettre) ecarts {
	return ecarts{&p.Page, Comparer(l.Source.Version.Texte, l.Source.Texte)}
}

// Lu names the text that the form was made of.
func (p *pageTravail) Lu(l Lettre) string {
	if p.Donne("lu-" + l.Langue) {
		return p.Valeur("lu-" + l.Langue)
	}
	return empreinte([]byte(l.Source.Texte))
}

// memeTexte tells, at its field, of a text that is not the one that was read.
func (p *pageTravail) memeTexte(actuels map[string]Source) {
	for l, x := range actuels {
		lu := empreinte([]byte(x.Texte))
		if p.Valeur("lu-"+l) == lu {
			continue
		}
		p.Poser("lu-"+l, lu)
		qui := modele.Texte{Fr: "le modèle a une autre version", En: "the model has another version"}
		if x.Par != 0 {
			qui = modele.Texte{Fr: ecrit.Nom(x.Qui) + ", " + web.Heure(x.Le).Fr, En: ecrit.Nom(x.Qui) + ", " + web.Heure(x.Le).En}
		}
		p.Refuser("texte-"+l, "Ce texte a changé depuis que vous l'avez lu ("+qui.Fr+") ; ce qu'il dit maintenant est plus haut. Le vôtre est gardé ici, rien n'est enregistré : relisez, puis recommencez.",
			"This text has changed since you read it ("+qui.En+"); what it says now stands above. Yours is kept here, nothing is stored: read it again, then try again.")
	}
}

// Retouchee says who has written another text, and when; "" for nobody.
func (p *pageTravail) Retouchee(l Lettre) string {
	if l.Par == 0 {
		return ""
	}
	return ecrit.Nom(l.Qui) + ", " + p.Instant(l.Le)
}

// MaxTexte is how long the text may be.
func (p *pageTravail) MaxTexte() int { return MaxModele }
