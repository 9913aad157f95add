package lot

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageNouveau is what nouveau.html shows: what a lot is to do, before its demandes are looked at.
type pageNouveau struct {
	web.Page
	Genre     Genre
	Choisies  []string // numerosASP; none for the whole list
	Requete   string
	File      modele.Texte // the list
	Motifs    []web.Choix
	Reste     []web.Choix
	catalogue *decision.Catalogue
}

// liste ends the name of what is done to a whole list.
const liste = "-liste"

func (s *Service) montrerNouveau(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	p, err := s.pageNouveau(r, v)
	if err != nil {
		return err
	}
	switch a := moi(r); {
	case a.Roles&(etat.Instructeur|etat.Valideur) == 0:
		return web.Introuvable
	case !p.Genre.Permis(a):
		return web.Aller(w, r, p.retour())
	case s.Examens.Inexact(p.Requete, a): // the list says what is wrong with its filter
		return web.Aller(w, r, p.retour())
	case p.vide(v.Get("quoi")):
		return web.AllerAvertir(w, r, p.retour(), modele.Texte{Fr: "Cochez au moins une demande, ou prenez toute la liste.", En: "Tick at least one request, or take the whole list."})
	}
	return gabarits().Montrer(w, r, "nouveau.html", p)
}

// pageNouveau reads what is to be done from the parts of an address, or of a form.
func (s *Service) pageNouveau(r *http.Request, v url.Values) (*pageNouveau, error) {
	g := Genre(strings.TrimSuffix(v.Get("quoi"), liste))
	nom := g.Nom()
	p := &pageNouveau{Page: web.NouvellePage(r, modele.Texte{Fr: nom.Fr + " en lot", En: nom.En + " in a batch"}), Genre: g}
	champs, err := url.ParseQuery(v.Get("requete"))
	if err != nil {
		champs = url.Values{}
	}
	p.Requete = instruction.Requete(champs)
	if !strings.HasSuffix(v.Get("quoi"), liste) {
		p.Choisies = slices.Compact(slices.Sorted(slices.Values(v["demande"])))
	}
	p.File = s.Examens.Filtrer(p.Requete, moi(r)).File.Nom()
	p.Fil = []web.Lien{{Nom: instruction.Titre, Adresse: p.retour()}}
	p.catalogue, err = s.Decisions.Catalogue(r.Context(), s.Base.Lire())
	return p, err
}

// vide tells whether demandes are to be chosen one by one, and none is.
func (p *pageNouveau) vide(quoi string) bool {
	return len(p.Choisies) == 0 && !strings.HasSuffix(quoi, liste)
}

func (p *pageNouveau) retour() string {
	if p.Requete == "" {
		return "/travail"
	}
	return "/travail?" + p.Requete
}

// Vers is where the form is posted.
func (p *pageNouveau) Vers() string {
	if p.Genre == Decider {
		return adresseNouveau + "/decisions"
	}
	return adresseNouveau + "/propositions"
}

// Quoi says it again in the form.
func (p *pageNouveau) Quoi() string {
	if len(p.Choisies) == 0 {
		return string(p.Genre) + liste
	}
	return string(p.Genre)
}

// ChoixMotifs are the reasons of the catalogue.
func (p *pageNouveau) ChoixMotifs() (choix []web.Choix) {
	for _, m := range p.catalogue.Actifs(decision.Rejet) {
		choix = append(choix, web.Choix{Valeur: m.Lue(), Libelle: p.Tx(m.Nom), Aide: p.Tx(m.Dite()), Choisi: slices.Contains(p.Valeurs("motif"), m.Lue())})
	}
	return choix
}

// ChoixReste lets the points without an answer be answered yes.
func (p *pageNouveau) ChoixReste() []web.Choix {
	return []web.Choix{{
		Valeur: "oui", Choisi: p.Valeur("reste") == "oui",
		Libelle: p.T("Répondre oui aux points sans réponse : j'ai regardé les pièces de ces demandes", "Answer yes to the points without an answer: I have looked at the documents of these requests"),
		Aide:    p.T("Sans cela, une demande dont la fiche n'est pas remplie est écartée.", "Otherwise a request whose sheet is not filled in is set aside."),
	}}
}

// preparerLot begins a lot, and leads to its page.
func (s *Service) preparerLot(w http.ResponseWriter, r *http.Request) error {
	form := web.NouvellePage(r, Titre)
	if err := form.Lire(r); err != nil {
		return err
	}
	v := url.Values{"quoi": {form.Valeur("quoi")}, "requete": {form.Valeur("requete")}, "demande": form.Valeurs("demande")}
	p, err := s.pageNouveau(r, v)
	if err != nil {
		return err
	}
	if !p.Genre.Permis(moi(r)) || p.vide(v.Get("quoi")) || s.Examens.Inexact(p.Requete, moi(r)) { // no form of ours
		return web.Aller(w, r, p.retour())
	}
	p.Formulaire = form.Formulaire
	if p.EnLettre("texte"); !p.Valide() {
		return gabarits().Montrer(w, r, "nouveau.html", p)
	}
	id, err := s.Preparer(r.Context(), moi(r), Commande{
		Genre: p.Genre, Requete: p.Requete, Choisies: s.cles(p.Choisies), Motifs: p.motifs(), Texte: strings.TrimSpace(p.Valeur("texte")), Reste: p.Genre == Attribuer && p.Valeur("reste") == "oui",
	})
	var refus *Refus
	if errors.As(err, &refus) {
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
		return gabarits().Montrer(w, r, "nouveau.html", p)
	}
	if err != nil {
		return err
	}
	return web.Aller(w, r, adresseLot(id))
}

func (p *pageNouveau) motifs() []string {
	if p.Genre != Refuser {
		return nil
	}
	return p.Valeurs("motif")
}

// cles are the demandes of these numbers; what is no number is none.
func (s *Service) cles(numeros []string) (cles []etat.Cle) {
	for _, n := range numeros {
		if depot, rang, ok := s.Examens.LireNumeroASP(n); ok {
			cles = append(cles, etat.Cle{Depot: depot, Rang: rang})
		}
	}
	return cles
}
