package enrolement

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageExamen is what examen.html shows.
type pageExamen struct {
	page
	Conflits []string
	Envoi    string // when what is shown was sent
	Examens  []Examen
	Actuels  []Changement // against the account that the supplier has
	Refuse   time.Time    // the last refusal; zero for none
	Depuis   []Changement // what changed since
	Entier   bool         // the whole IBAN is shown
	ADeux    bool         // two people accept
	Mien     bool         // the first opinion is this person's
}

func (s *Service) pageExamen(r *http.Request) (*pageExamen, error) { return s.pageIBAN(r, false) }

// pageIBAN is pageExamen, with the whole IBAN where it was asked for.
func (s *Service) pageIBAN(r *http.Request, entier bool) (*pageExamen, error) {
	e, err := s.demandee(r)
	if err != nil {
		return nil, err
	}
	nom, ctx := e.Dossier.RaisonSociale, r.Context()
	i, _ := compte.De(ctx)
	p := &pageExamen{page: page{web.NouvellePage(r, modele.Texte{Fr: nom, En: nom}, filListe), e}, Envoi: strconv.FormatInt(db.Instant(e.Envoye), 10),
		Entier: entier, ADeux: s.aDeux(e), Mien: e.Avis == i.Compte}
	p.Cadre = true
	if p.Conflits, err = s.Conflits(ctx, e); err != nil {
		return nil, err
	}
	if p.Examens, err = s.Examens(ctx, e.ID); err != nil {
		return nil, err
	}
	return p, s.comparer(ctx, p)
}

// comparer tells what a request changes: of the supplier's account, and since the last refusal.
func (s *Service) comparer(ctx context.Context, p *pageExamen) error {
	e, present := p.E, Vu{p.E.Dossier, p.E.Pieces}
	if e.Genre == Virement && e.Etat == Demande {
		f, err := s.LireFournisseur(ctx, e.Fournisseur)
		if err != nil {
			return err
		}
		avant := present
		avant.Dossier.Titulaire, avant.Dossier.IBAN, avant.Dossier.BIC = f.Dossier.Titulaire, f.Dossier.IBAN, f.Dossier.BIC
		p.Actuels = Changements(avant, present, p.IBAN)
	}
	if e.Etat == Refuse { // it may be under correction
		return nil
	}
	refuse, quand, ok, err := s.DernierRefus(ctx, e)
	if ok {
		p.Refuse, p.Depuis = quand, Changements(refuse, present, p.IBAN)
	}
	return err
}

// IBAN writes an account whole where that was asked for, else by its end.
func (p *pageExamen) IBAN(iban string) string {
	if p.Entier {
		return Grouper(iban)
	}
	return Masquer(iban)
}

// Releve is the document to compare the account with; nil for none.
func (p *pageExamen) Releve() *Document {
	x := p.E.Piece("rib")
	if x == nil {
		return nil
	}
	d := p.Document(*x)
	return &d
}

// Comparaison is a table of changes, for the template "changements".
type Comparaison struct {
	Lignes []Changement
	langue modele.Langue
}

// De is a text in the language of the page.
func (c Comparaison) De(t modele.Texte) string { return t.In(c.langue) }

// T is a text in the language of the page.
func (c Comparaison) T(fr, en string) string { return c.De(modele.Texte{Fr: fr, En: en}) }

// Comparaison makes the argument of the template "changements".
func (p *pageExamen) Comparaison(lignes []Changement) Comparaison {
	return Comparaison{lignes, p.Langue}
}

// Document is a document that is shown within the page, for the template "document".
type Document struct {
	Image                bool
	Adresse, Genre, Seul string
}

// Document makes the argument of the template "document".
func (p *pageExamen) Document(x Piece) Document {
	return Document{x.Image(), fmt.Sprintf("/enrolements/%d/pieces/%d", p.E.ID, x.ID), p.NomPiece(x.Genre), p.T("Ouvrir seul :", "Open alone:")}
}

// ActeDe says what somebody said.
func (p *pageExamen) ActeDe(a Acte) string {
	return p.Tx(map[Acte]modele.Texte{
		Avis: {Fr: "Avis favorable", En: "Favourable opinion"}, Reprise: {Fr: "Avis repris", En: "Opinion taken back"},
		Acceptation: {Fr: "Acceptée", En: "Accepted"}, RefusMotive: {Fr: "Refusée", En: "Refused"},
	}[a])
}

// Decisions are what this person may decide.
func (p *pageExamen) Decisions() []web.Choix {
	accepter := web.Choix{Valeur: "accepter", Libelle: p.T("Accepter", "Accept"), Aide: p.T("Le changement est fait aussitôt et le fournisseur est prévenu.", "The change is made at once and the supplier is told.")}
	if p.ADeux && p.E.Avis == 0 {
		accepter.Aide = p.T("Votre avis est noté ; une seconde personne décide.", "Your opinion is noted; a second person decides.")
	}
	if p.ADeux && p.Mien {
		return []web.Choix{{Valeur: "reprendre", Libelle: p.T("Reprendre mon avis", "Take my opinion back"), Aide: p.T("Vous pourrez alors décider autrement.", "You may then decide otherwise.")}}
	}
	return []web.Choix{accepter, {Valeur: "refuser", Libelle: p.T("Refuser", "Refuse"), Aide: p.T("Le fournisseur reçoit le motif et peut corriger.", "The supplier gets the reason and may correct.")}}
}

// demandee is the request that an address names.
func (s *Service) demandee(r *http.Request) (Enrolement, error) {
	id, err := strconv.ParseInt(r.PathValue("enrolement"), 10, 64)
	if err != nil {
		return Enrolement{}, introuvable(err)
	}
	e, err := s.Examiner(r.Context(), id)
	if errors.Is(err, ErrInconnu) {
		err = introuvable(err)
	}
	return e, err
}

func (s *Service) montrerExamen(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageExamen(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "examen.html", p)
}

// afficherIBAN answers with the page and the whole IBAN, once that is in the journal.
func (s *Service) afficherIBAN(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageIBAN(r, true)
	if err != nil {
		return err
	}
	i, _ := compte.De(r.Context())
	if err := s.AfficherIBAN(r.Context(), i.Compte, p.E); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "examen.html", p)
}

func (s *Service) decider(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageExamen(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	choix := p.Brut("decision")
	if choix != "accepter" && choix != "refuser" && choix != "reprendre" {
		p.Refuser("decision", "Choisissez d'accepter ou de refuser.", "Choose to accept or to refuse.")
		return gabarits().Montrer(w, r, "examen.html", p)
	}
	i, _ := compte.De(r.Context())
	envoi, _ := strconv.ParseInt(p.Brut("envoi"), 10, 64) // another number is another request
	err = s.Decider(r.Context(), i.Compte, p.E.ID, Decision{Accepte: choix == "accepter", Reprend: choix == "reprendre", Motif: p.Valeur("motif"), Envoye: envoi})
	if err != nil {
		return refuser(w, r, "examen.html", p, &p.Formulaire, err)
	}
	fait, err := s.fait(r.Context(), p.E.ID)
	if err != nil {
		return err
	}
	return web.AllerDire(w, r, r.URL.Path, fait)
}

// fait says where a decision left a request.
func (s *Service) fait(ctx context.Context, id int64) (modele.Texte, error) {
	e, err := s.Examiner(ctx, id)
	switch {
	case e.Etat != Demande:
		return modele.Texte{Fr: "La décision est prise ; le fournisseur est prévenu par courriel.", En: "The decision is taken; the supplier is told by mail."}, err
	case e.Avis > 0:
		return modele.Texte{Fr: "Votre avis favorable est noté ; une autre personne décide.", En: "Your favourable opinion is noted; another person decides."}, err
	}
	return modele.Texte{Fr: "Votre avis est repris ; la demande attend à nouveau.", En: "Your opinion is taken back; the request waits again."}, err
}
