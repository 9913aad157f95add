package instruction

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageFeuille is what feuille.html shows: the sheet of a demande, and what who looks may do with it.
type pageFeuille struct {
	web.Page
	D          *Dossier
	Vue        *Vue
	Points     []Repondu
	Notes      []Note
	Opinions   []Opinion // that were asked for
	Decisions  []decision.Decision
	Vive       *decision.Decision // the one that waits to be decided, or notified; nil for none
	Lettre     *Lettre            // of that
	Apercu     *Lettre            // of the request for a change that is typed, where it was asked to be shown
	Montree    *Piece             // the document in the page
	Comparee   *Piece             // an earlier one beside it
	Autres     []web.Choix        // whom it may be handed to
	Requete    string             // of the list that one came from
	Correspond bool               // who looks writes to suppliers
	Suite      web.Suite          // the demandes around it in that list
	proposee   bool               // an award has just been proposed
	moi        Agent
	s          *Service
	noms       map[int64]string
	catalogue  *decision.Catalogue
}

func (s *Service) montrerFeuille(w http.ResponseWriter, r *http.Request) error {
	p, err := s.feuille(r)
	if err != nil {
		return err
	}
	if err := s.Regarder(r.Context(), p.moi, p.D); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "feuille.html", p)
}

// feuille makes the sheet of the demande in the address.
func (s *Service) feuille(r *http.Request) (*pageFeuille, error) {
	c, err := s.cleDe(r)
	if err != nil {
		return nil, err
	}
	d, err := s.Trouver(r.Context(), s.Base.Lire(), c)
	if err != nil {
		return nil, introuvable(err)
	}
	titre := modele.Texte{Fr: "Demande " + d.NumeroASP, En: "Request " + d.NumeroASP}
	p := &pageFeuille{Page: web.NouvellePage(r, titre), D: d, Requete: requete(r.URL.Query()).Encode(), moi: moi(r), s: s}
	p.Fil = []web.Lien{{Nom: Titre, Adresse: adresseTravail + avec(p.Requete)}}
	i, _ := compte.De(r.Context())
	p.Cadre, p.Separes, p.Correspond = true, true, i.Correspond()
	return p, s.remplirFeuille(r, p)
}

func (s *Service) remplirFeuille(r *http.Request, p *pageFeuille) (err error) {
	ctx := r.Context()
	if err := s.connaitre(ctx, p); err != nil {
		return err
	}
	if err := s.opinions(ctx, p); err != nil {
		return err
	}
	if p.catalogue, err = s.Decisions.Catalogue(ctx, s.Base.Lire()); err != nil {
		return err
	}
	for i := range p.Decisions {
		if e := p.Decisions[i].Etat; e == decision.Proposee || e == decision.Decidee {
			p.Vive = &p.Decisions[i]
		}
	}
	if err := s.lettre(ctx, p); err != nil {
		return err
	}
	p.choisirPiece(r.URL.Query())
	return s.autour(r, p)
}

// connaitre reads what is known of the demande, and the names of those who work on it.
func (s *Service) connaitre(ctx context.Context, p *pageFeuille) (err error) {
	if p.Vue, err = s.Lire(ctx, p.D); err != nil {
		return err
	}
	if p.Points, err = s.Fiche(ctx, s.Base.Lire(), p.D.Cle, p.types()); err != nil {
		return err
	}
	if p.Notes, err = s.Notes(ctx, p.D.Cle); err != nil {
		return err
	}
	if p.Decisions, err = s.Decisions.De(ctx, s.Base.Lire(), p.D.Cle); err != nil {
		return err
	}
	return s.agents(ctx, p)
}

// lettre reads the letter of the live decision; who may decide signs it.
func (s *Service) lettre(ctx context.Context, p *pageFeuille) (err error) {
	if p.Vive == nil || s.Config.Lettre == nil {
		return nil
	}
	auteur := int64(0)
	if p.Decide() {
		auteur = p.moi.Compte
	}
	p.Lettre, err = s.Config.Lettre(ctx, p.Vive, auteur)
	return err
}

// autour makes the links to the demandes around it in the list that one came from.
func (s *Service) autour(r *http.Request, p *pageFeuille) error {
	liste := web.NouvellePage(r, Titre)
	liste.Garder(r.URL.Query())
	avant, apres, err := s.Voisines(r.Context(), lireFiltre(&liste, p.moi), p.D)
	adresse := func(d *Dossier) string {
		if d == nil {
			return ""
		}
		return adresseDossier(d.NumeroASP) + avec(p.Requete)
	}
	p.Suite = p.Page.Suite(adresse(avant), adresse(apres), "")
	p.Suite.Nom, p.Suite.Precedent, p.Suite.Suivant = p.T("Demandes de la liste", "Requests of the list"), p.T("Demande précédente", "Previous request"), p.T("Demande suivante", "Next request")
	return err
}

// agents lists the others who examine, and the names of those who decide.
func (s *Service) agents(ctx context.Context, p *pageFeuille) error {
	tous, err := s.Agents(ctx, s.Base.Lire(), etat.Instructeur|etat.Valideur)
	if err != nil {
		return err
	}
	p.noms = map[int64]string{}
	for _, a := range tous {
		p.noms[a.Compte] = ecrit.Nom(a.Nom)
		if a.Roles&etat.Instructeur != 0 && a.Compte != p.moi.Compte {
			p.Autres = append(p.Autres, web.Choix{Valeur: strconv.FormatInt(a.Compte, 10), Libelle: ecrit.Nom(a.Nom)})
		}
	}
	return nil
}

// types are the kinds of documents that the demande announces.
func (p *pageFeuille) types() (types []string) {
	for _, x := range p.Vue.Pieces {
		types = append(types, x.Type)
	}
	return types
}

// Vers is where a form of the sheet posts.
func (p *pageFeuille) Vers(acte string) string {
	return adresseDossier(p.D.NumeroASP) + "/" + acte + avec(p.Requete)
}

// EtatDe is the word of a state.
func (p *pageFeuille) EtatDe(e etat.Etat) web.Etiquette {
	d, _ := etat.Decrire(e)
	return p.Etiquette(d.Ton, p.Tx(d.Nom))
}

// Delai says how many days are left.
func (p *pageFeuille) Delai() web.Etiquette { return echeance(&p.Page, p.D, p.s) }

// Terme says by when the agency is to decide, or that this time stands still; "" once it has.
func (p *pageFeuille) Terme() string {
	switch {
	case !p.D.Court():
		return ""
	case p.D.Arrete(p.s.Maintenant()):
		return p.T("le délai de décision ne court pas tant que le fournisseur peut répondre", "the time to decide does not run while the supplier may answer")
	}
	return p.T("décision au plus tard le ", "decision no later than ") + p.Jour(p.D.Echeance)
}

// Tiens tells whether who looks holds the demande and examines it.
func (p *pageFeuille) Tiens() bool {
	return p.D.Agent == p.moi.Compte && p.D.Etat == etat.Instruction && p.moi.Roles&etat.Instructeur != 0
}

// Prenable tells whether who looks may take it.
func (p *pageFeuille) Prenable() bool {
	return p.moi.Roles&etat.Instructeur != 0 && !p.Tiens() && (p.D.Etat == etat.Complete || p.D.Etat == etat.Instruction) && !p.D.Tenu(p.s.Maintenant())
}

// Tenue says who holds it; "" for nobody, or who looks.
func (p *pageFeuille) Tenue() string {
	if !p.D.Tenu(p.s.Maintenant()) || p.D.Agent == p.moi.Compte {
		return ""
	}
	return ecrit.Nom(p.D.NomAgent)
}

// Attend says until when it is put aside, and why; "" for not.
func (p *pageFeuille) Attend() string {
	if !p.D.Attend(p.s.Maintenant()) {
		return ""
	}
	return p.T("En attente jusqu'au ", "Put aside until ") + p.Jour(p.D.Attente) + p.T(" : ", ": ") + motifAttente(&p.Page, p.D)
}

// Attendue says by when the supplier is to answer, or that it has not; "" for neither.
func (p *pageFeuille) Attendue() string { return attendue(&p.Page, p.D) }

// Rappelable tells whether who looks may take back what was asked of the supplier.
func (p *pageFeuille) Rappelable() bool {
	return p.D.Etat == etat.AModifier && p.D.Agent == p.moi.Compte && p.moi.Roles&etat.Instructeur != 0
}

// Decide tells whether who looks may decide what is proposed; Propre whether only the proposal being their own forbids it.
func (p *pageFeuille) Decide() bool {
	return p.D.Etat == etat.AValider && p.D.Procedure == 0 && p.Vive != nil && p.moi.Roles&etat.Valideur != 0 && !p.Propre()
}

// Propre tells whether who looks has made the proposal.
func (p *pageFeuille) Propre() bool { return p.Vive != nil && p.Vive.ProposePar == p.moi.Compte }

// Reprend tells whether who looks may take the decision back.
func (p *pageFeuille) Reprend() bool {
	return p.D.Etat == etat.Decidee && p.D.Procedure == 0 && p.Vive != nil && p.moi.Roles&etat.Valideur != 0
}

// Rouvre tells whether who looks may open a refusal again.
func (p *pageFeuille) Rouvre() bool {
	return (p.D.Etat == etat.Refusee || p.D.Etat == etat.AttributionRetiree) && p.moi.Roles&etat.Valideur != 0
}

// Retirable tells whether who looks may think of taking the award back.
func (p *pageFeuille) Retirable() bool {
	return p.D.Etat == etat.Validee && p.D.Procedure == 0 && p.moi.Roles&etat.Instructeur != 0
}

// Contestable tells whether who looks may hear the suppliers that ask for the same ESMS: where there is one to be heard.
func (p *pageFeuille) Contestable() bool {
	return Contestable(p.D.Etat) && p.D.Procedure == 0 && p.moi.Roles&etat.Instructeur != 0 && slices.ContainsFunc(p.Vue.Revue.Autres, func(a Autre) bool { return Contestable(a.Etat) })
}

// Contestable tells whether a demande in a state may be in a contestation.
func Contestable(e etat.Etat) bool {
	return e == etat.Complete || e == etat.Instruction || e == etat.Validee
}

// Ecrit tells whether who looks writes notes.
func (p *pageFeuille) Ecrit() bool { return p.moi.Roles != 0 }

// Qui names somebody of the agency.
func (p *pageFeuille) Qui(compte int64) string {
	if nom := p.noms[compte]; nom != "" {
		return nom
	}
	if compte == 0 {
		return p.T("le guichet", "the counter")
	}
	return p.T("une personne de l'agence", "somebody of the agency")
}

// Reste says until when the decision may be taken back.
func (p *pageFeuille) Reste() string { return p.Instant(p.Vive.Notifier) }

// Mot is the word of a decision's state.
func (p *pageFeuille) Mot(d decision.Decision) string {
	t := map[decision.Etat]modele.Texte{
		decision.Proposee: {Fr: "proposée", En: "proposed"}, decision.Renvoyee: {Fr: "renvoyée", En: "sent back"}, decision.Decidee: {Fr: "décidée, à notifier", En: "decided, to be notified"},
		decision.Reprise: {Fr: "reprise avant notification", En: "taken back before it was notified"}, decision.Notifiee: {Fr: "notifiée", En: "notified"}, decision.Ecartee: {Fr: "écartée : l'attribution est maintenue", En: "not followed: the award is kept"}, decision.Caduque: {Fr: "caduque : la demande est retirée", En: "lapsed: the request is withdrawn"},
	}[d.Etat]
	return p.Tx(modele.Texte{Fr: accorder(d.Sens, t.Fr), En: t.En})
}

// accorder has the words of what became of a decision agree with what it is: an award is feminine, a refusal and a withdrawal are not.
func accorder(s decision.Sens, mot string) string {
	if s == decision.Attribution {
		return mot
	}
	return strings.NewReplacer("proposée", "proposé", "renvoyée", "renvoyé", "décidée", "décidé", "notifiée", "notifié", "écartée", "écarté", "caduque", "caduc", "Proposée", "Proposé", "Décidée", "Décidé", "reprise avant", "repris avant").Replace(mot)
}

// Par is the word before who has proposed, or decided.
func (p *pageFeuille) Par(d decision.Decision, fr, en string) string {
	return p.T(accorder(d.Sens, fr), en)
}

// Motifs are the reasons of a decision, as the supplier reads them.
func (p *pageFeuille) Motifs(d *decision.Decision) (textes []string) {
	for _, t := range p.catalogue.Dites(d.Motifs) {
		textes = append(textes, p.Tx(t))
	}
	return textes
}

// ChoixMotifs is the catalogue of reasons; those that the sheet suggests are chosen.
func (p *pageFeuille) ChoixMotifs() (choix []web.Choix) {
	suggeres := MotifsDe(p.Points)
	if p.D.Etat == etat.Incomplete {
		suggeres = []string{decision.SansReponse}
	}
	if x := p.Formulaire.Valeurs("motif"); len(x) > 0 {
		suggeres = x
	}
	for _, m := range p.catalogue.Actifs(decision.Rejet) {
		choix = append(choix, web.Choix{Valeur: m.Lue(), Libelle: p.Tx(m.Nom), Choisi: slices.Contains(suggeres, m.Code) || slices.Contains(suggeres, m.Lue())})
	}
	return choix
}

// Constats are what the sheet found, one line each, to begin what is asked of the supplier with.
func (p *pageFeuille) Constats() (texte string) {
	for _, c := range Constats(p.Points, p.Langue) {
		texte += c + "\n"
	}
	return texte
}

// aAccorder is the amount that an award proposes: what is kept with the sheet, else what is asked, at most the ceiling.
func (p *pageFeuille) aAccorder() int64 {
	switch {
	case p.D.Envisage > 0:
		return p.D.Envisage
	case p.Vue.Plafond > 0:
		return min(p.D.Montant, p.Vue.Plafond)
	}
	return p.D.Montant
}

// Propose is that amount as the field has it.
func (p *pageFeuille) Propose() string {
	n := p.aAccorder()
	return strconv.FormatInt(n/100, 10) + p.T(",", ".") + strconv.FormatInt(n/10%10, 10) + strconv.FormatInt(n%10, 10)
}

// ChoixReponses are the answers to a point.
func (p *pageFeuille) ChoixReponses(x Repondu) (choix []web.Choix) {
	dite := string(x.Reponse)
	if p.Formulaire.Donne("r-" + x.Code) {
		dite = p.Formulaire.Valeur("r-" + x.Code)
	}
	for _, r := range []Reponse{Oui, Non, SansObjet} {
		choix = append(choix, web.Choix{Valeur: string(r), Libelle: p.Tx(motsReponses[r]), Choisi: dite == string(r)})
	}
	return choix
}

// EnLignes is a text as it was typed, line by line.
func (*pageFeuille) EnLignes(texte string) []string { return ecrit.Lignes(texte) }

var genres = map[string]string{"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg"}

// servirPiece gives the bytes of a document, in the frame of the sheet.
func (s *Service) servirPiece(w http.ResponseWriter, r *http.Request) error {
	c, err := s.cleDe(r)
	if err != nil {
		return err
	}
	d, err := s.Trouver(r.Context(), s.Base.Lire(), c)
	if err != nil {
		return introuvable(err)
	}
	typ, ordre := lireCle(r.PathValue("type"))
	x, f, err := s.Ouvrir(r.Context(), d, typ, ordre)
	if err != nil {
		return introuvable(err)
	}
	defer f.Close()
	web.FichierRecu(w.Header(), genres[x.Format], x.Nom)
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}
