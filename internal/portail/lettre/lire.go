package lettre

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Titre names the list of letters.
var Titre = modele.Texte{Fr: "Lettres", En: "Letters"}

const adresseLettres = "/lettres"

var filLettres = web.Lien{Nom: Titre, Adresse: adresseLettres}

// quiLit is who reads letters, once it is known for whom.
func quiLit(r *http.Request) (compte.Identite, error) {
	i := qui(r)
	if i.Role == "" || (i.Fournisseur == compte.Agence) != i.DeAgence() {
		return i, web.Introuvable
	}
	return i, nil
}

// pageLettres is what lettres.html shows.
type pageLettres struct {
	web.Page
	Lettres []Recue
	Agent   bool
	Onglets []web.Lien
	Suite   web.Suite
	Accord  Accord
}

// fileDe restricts the list to what waits: to be posted for the agency, to be read; "" for all.
func fileDe(r *http.Request) string { return r.URL.Query().Get("file") }

func (s *Service) lister(w http.ResponseWriter, r *http.Request) error {
	i, err := quiLit(r)
	if err != nil {
		return err
	}
	p := &pageLettres{Page: web.NouvellePage(r, Titre), Agent: i.DeAgence()}
	f := Filtre{Fournisseur: i.Fournisseur, Limite: MaxLettres + 1, APoster: fileDe(r) == "poste" && i.DeAgence(), NonLues: fileDe(r) == "nonlues"}
	f.Avant, _ = strconv.ParseInt(r.URL.Query().Get("avant"), 10, 64) // what is no number is the beginning
	if x := fileDe(r); x != "" && !f.APoster && !f.NonLues {
		t := web.FiltreInconnu("file", x)
		p.Refuser("", t.Fr, t.En)
		return gabarits().Montrer(w, r, "lettres.html", p)
	}
	texte := p.Recherche(r)
	if texte == "" || s.chercher(texte, &f) {
		if p.Lettres, err = s.Recues(r.Context(), s.Base.Lire(), f); err != nil {
			return err
		}
	}
	if len(p.Lettres) > MaxLettres {
		p.Lettres = p.Lettres[:MaxLettres]
		p.Suite = p.Page.Suite("", adresseLettres+"?"+web.Cherche(texte, "avant", strconv.FormatInt(p.Lettres[MaxLettres-1].ID, 10))+"&file="+fileDe(r), "")
	}
	if p.Accord, err = s.Accord(r.Context(), s.Base.Lire(), i.Fournisseur); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "lettres.html", p)
}

// chercher reads the number of a decision, or of a demande; false when it is neither.
func (s *Service) chercher(texte string, f *Filtre) bool {
	if depot, rang, ok := s.LireNumeroASP(texte); ok {
		f.Cle = &etat.Cle{Depot: depot, Rang: rang}
		return true
	}
	m := reference.FindStringSubmatch(texte)
	if m == nil {
		return false
	}
	f.Annee, _ = strconv.Atoi(m[1]) // digits, or nothing
	f.Numero, _ = strconv.Atoi(m[2])
	return f.Numero > 0
}

// Nom is what a letter is called.
func (p *pageLettres) Nom(r Recue) string { return p.Tx(Genre(r.Sens).Nom()) }

// pageLettre is what lettre.html shows.
type pageLettre struct {
	web.Page
	L      *Recue
	F      *Figee
	Agent  bool
	Poste  bool // who looks may note when it was posted
	Langue string
}

func (s *Service) pageDeLettre(r *http.Request) (*pageLettre, error) {
	i, err := quiLit(r)
	if err != nil {
		return nil, err
	}
	l, err := s.Recue(r.Context(), s.Base.Lire(), i.Fournisseur, r.PathValue("lettre"))
	if err != nil {
		return nil, introuvable(err)
	}
	nom := Genre(l.Sens).Nom()
	p := &pageLettre{Page: web.NouvellePage(r, modele.Texte{Fr: nom.Fr + " " + l.Reference(), En: nom.En + " " + l.Reference()}, filLettres), L: l, Agent: i.DeAgence()}
	p.Poste = l.Postale && posteur(i)
	figees, err := s.Figees(r.Context(), s.Base.Lire(), l.ID)
	if err != nil {
		return nil, err
	}
	p.Langue = courriel.Langue(p.Page.Langue)
	if x := r.URL.Query().Get("texte"); x == "fr" || x == "en" {
		p.Langue = x
	}
	for n := range figees {
		if figees[n].Langue == p.Langue {
			p.F = &figees[n]
		}
	}
	if p.F == nil {
		return nil, errors.New("a decision was notified without its letter")
	}
	return p, s.Lire(r.Context(), l, i)
}

// posteur tells whether somebody notes when letters were posted.
func posteur(i compte.Identite) bool {
	return i.DeAgence() && (i.Peut(web.Instructeur) || i.Peut(web.Valideur))
}

// Autre is the other language of the letter.
func (p *pageLettre) Autre() string {
	if p.Langue == "fr" {
		return "en"
	}
	return "fr"
}

// NomLangue is the word of a language.
func (p *pageLettre) NomLangue(mot string) string { return nomLangue(&p.Page, mot) }

// Demande is where the page of its demande is.
func (p *pageLettre) Demande() string {
	if p.Agent {
		return "/travail/" + p.L.NumeroASP
	}
	return "/demandes/" + p.L.NumeroASP
}

func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeLettre(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "lettre.html", p)
}

// telecharger gives the bytes of a letter: those that went out.
func (s *Service) telecharger(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeLettre(r)
	if err != nil {
		return err
	}
	octets, genre, format := p.F.HTML, "text/html; charset=utf-8", r.PathValue("format")
	switch format {
	case "html":
	case "pdf":
		genre = "application/pdf"
		if octets, err = s.PDFDe(r.Context(), p.F, p.L.Decide); err != nil {
			return err
		}
	default:
		return web.Introuvable
	}
	web.Telechargement(w.Header(), genre, nomFichier(p.L.Reference(), p.Langue)+"."+format)
	_, err = w.Write(octets)
	return err
}

// poster notes when a letter went by post.
func (s *Service) poster(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageDeLettre(r)
	if err != nil {
		return err
	}
	if !posteur(qui(r)) {
		return web.Introuvable
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	jour := p.Date("jour")
	if jour.IsZero() && p.Valide() {
		p.Refuser("jour", "Donnez le jour de l'envoi, par exemple 15/01/2027.", "Give the day of posting, for example 15/01/2027.")
	}
	if p.Valide() {
		err = s.Poster(r.Context(), p.L, qui(r).Compte, jour)
	}
	var refus *decision.Refus
	if errors.As(err, &refus) {
		p.Refuser("jour", refus.Texte.Fr, refus.Texte.En)
		err = nil
	}
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "lettre.html", p)
	}
	return web.AllerDire(w, r, adresseLettre(p.L.Reference()), modele.Texte{Fr: "La date d'envoi par la poste est gardée.", En: "The date of posting is kept."})
}
