package enrolement

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
	"guichet/piece"
)

//go:embed *.html
var fichiers embed.FS

var gabarits = sync.OnceValue(func() web.Jeu { return web.Gabarits(fichiers, "parties.html") })

// page is what the pages of enrolment have.
type page struct {
	web.Page
	E Enrolement
}

// OuiNon are the answers to a question.
func (p *page) OuiNon(oui, choisi bool) []web.Choix {
	return []web.Choix{{Valeur: "oui", Libelle: p.T("Oui", "Yes"), Choisi: choisi && oui}, {Valeur: "non", Libelle: p.T("Non", "No"), Choisi: choisi && !oui}}
}

// CasesProfils are the profiles to check.
func (p *page) CasesProfils() (choix []web.Choix) {
	for _, x := range Profils() {
		choix = append(choix, web.Choix{Valeur: x, Libelle: x})
	}
	return choix
}

// NomPiece names a kind of document in the language of the page.
func (p *page) NomPiece(code string) string { return p.Tx(NomPiece(code)) }

// Masque is an IBAN as it may be shown.
func (p *page) Masque(iban string) string { return Masquer(iban) }

// EtatDe is the word of a state.
func (p *page) EtatDe(e Etat) web.Etiquette {
	ton, mot := "neutre", modele.Texte{Fr: "brouillon", En: "draft"}
	switch e {
	case Demande:
		ton, mot = "info", modele.Texte{Fr: "à examiner", En: "to look at"}
	case Accepte:
		ton, mot = "ok", modele.Texte{Fr: "acceptée", En: "accepted"}
	case Refuse:
		ton, mot = "erreur", modele.Texte{Fr: "à corriger", En: "to correct"}
	}
	return p.Etiquette(ton, p.Tx(mot))
}

// GenreDe says what is asked for.
func (p *page) GenreDe(g Genre) string {
	return p.Tx(map[Genre]modele.Texte{
		Enroler: {Fr: "Enrôlement", En: "Enrolment"}, Ajout: {Fr: "Logiciel de plus", En: "One more software"}, Virement: {Fr: "Coordonnées bancaires", En: "Bank details"},
	}[g])
}

// refuser notes what can be mended and shows the page again; other errors stay errors.
func refuser(w http.ResponseWriter, r *http.Request, nom string, p web.UnePage, f *web.Formulaire, err error) error {
	if err := noterFautes(f, err); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, nom, p)
}

func noterFautes(f *web.Formulaire, err error) error {
	if e, ok := err.(interface{ Unwrap() []error }); ok {
		var autre error
		for _, x := range e.Unwrap() {
			autre = errors.Join(autre, noterFautes(f, x))
		}
		return autre
	}
	var une *compte.Faute
	if errors.As(err, &une) {
		f.Refuser(une.Champ, une.Fr, une.En)
		return nil
	}
	if errors.Is(err, ErrInconnu) {
		return introuvable(err)
	}
	return err
}

func introuvable(err error) error { return fmt.Errorf("%w: %w", web.Introuvable, err) }

const cookieSecret = "guichet-enrolement"

// poserSecret leaves the secret of a draft in the browser for as long as a draft is kept that nobody changes: it says nothing
// of anybody, and is left again with each change.
func (s *Service) poserSecret(w http.ResponseWriter, r *http.Request, secret string) {
	web.PoserCookie(r.Context(), w, cookieSecret, secret, oubli)
}

func (s *Service) secret(r *http.Request) string { return web.LireCookie(r, cookieSecret) }

// avecBrouillon answers with a page of the draft of the cookie: whoever has none begins, and what was sent is followed.
func (s *Service) avecBrouillon(w http.ResponseWriter, r *http.Request, titre modele.Texte, f func(p *page) error) error {
	e, err := s.Lire(r.Context(), s.secret(r))
	switch {
	case errors.Is(err, ErrInconnu):
		return web.Aller(w, r, "/enrolement")
	case err != nil:
		return err
	case !e.Modifiable():
		return web.Aller(w, r, "/enrolement/suivi")
	}
	p := &page{web.NouvellePage(r, titre, web.Lien{Nom: titreAccueil, Adresse: "/enrolement"}), e}
	if r.Method == http.MethodPost && !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		if err := p.Lire(r); err != nil {
			return err
		}
	}
	return f(p)
}

// montrer makes the handler that shows one page of the draft.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request, titre modele.Texte, nom string) error {
	return s.avecBrouillon(w, r, titre, func(p *page) error { return gabarits().Montrer(w, r, nom, p) })
}

// noterPage takes what a page of the draft has typed, then goes on.
func (s *Service) noterPage(w http.ResponseWriter, r *http.Request, titre modele.Texte, nom, suite string, f func(p *page, d *Dossier) error) error {
	return s.noterPuis(w, r, titre, nom, f, func() error { return web.Aller(w, r, suite) })
}

func (s *Service) noterPuis(w http.ResponseWriter, r *http.Request, titre modele.Texte, nom string, f func(p *page, d *Dossier) error, puis func() error) error {
	return s.avecBrouillon(w, r, titre, func(p *page) error {
		err := s.Modifier(r.Context(), s.secret(r), func(d *Dossier) error { return f(p, d) })
		switch {
		case errors.Is(err, ErrFige):
			return web.Aller(w, r, "/enrolement/suivi")
		case err != nil:
			return refuser(w, r, nom, p, &p.Formulaire, err)
		}
		s.poserSecret(w, r, s.secret(r)) // as long as the draft
		return puis()
	})
}

// lireEnvoi reads a form with one document; its fields are kept in f.
func lireEnvoi(r *http.Request, champ string, f *web.Formulaire) (fichier Fichier, err error) {
	err = f.LireEnvoi(r, func(envoye web.Fichier) (err error) {
		if envoye.Champ == champ {
			fichier.Nom = envoye.Nom
			fichier.Octets, err = web.LireFichier(envoye, piece.Accepter.MaxOctets)
		}
		return err
	})
	return fichier, err
}

// CaseDeclaration is the declaration on honour.
func (p *page) CaseDeclaration() []web.Choix {
	return []web.Choix{{Valeur: "oui", Libelle: p.T("Je déclare sur l'honneur que ces renseignements et ces documents sont exacts.", "I declare on my honour that these statements and documents are true.")}}
}
