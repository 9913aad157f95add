package suivi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageFils is what messagerie.html shows: the threads.
type pageFils struct {
	web.Page
	Fils  []Fil
	Suite web.Suite
	Agent bool
	Ecrit bool

	NonLus  bool // those alone that have an unread message
	Filtree bool // a text is looked for
}

var (
	titreMessages = modele.Texte{Fr: "Messages", En: "Messages"}
	filMessages   = web.Lien{Nom: titreMessages, Adresse: "/messages"}
)

func (s *Service) listerFils(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p := &pageFils{Page: web.NouvellePage(r, titreMessages), Agent: estAgence(i), Ecrit: i.Correspond(), NonLus: r.URL.Query().Get("etat") == "non_lus"}
	if x := r.URL.Query().Get("etat"); x != "" && !p.NonLus {
		dit := web.FiltreInconnu("etat", x)
		p.Refuser("", dit.Fr, dit.En)
		return gabarits().Montrer(w, r, "messagerie.html", p)
	}
	f := FiltreFils{NonLus: p.NonLus, Texte: p.Recherche(r)}
	p.Filtree = f.Texte != ""
	fils, suite, err := s.Fils(r.Context(), i, f, lirePlaceFil(r.URL.Query().Get("apres")))
	if err != nil {
		return err
	}
	p.Fils = fils
	apres := ""
	if suite != nil {
		apres = "/messages?" + web.Cherche(f.Texte, "apres", nombre(db.Instant(suite.Dernier))+"."+nombre(suite.ID))
		if p.NonLus {
			apres += "&etat=non_lus"
		}
	}
	p.Suite = p.Page.Suite("", apres, "")
	return gabarits().Montrer(w, r, "messagerie.html", p)
}

func lirePlaceFil(texte string) *Place {
	instant, id, _ := strings.Cut(texte, ".")
	t, errInstant := strconv.ParseInt(instant, 10, 64)
	n, errID := strconv.ParseInt(id, 10, 64)
	if errInstant != nil || errID != nil {
		return nil
	}
	return &Place{time.UnixMicro(t).UTC(), n}
}

// QueChercher says what conversations are searched by.
func (p *pageFils) QueChercher() string {
	if p.Agent {
		return p.T("Une partie du sujet, du numeroASP de la demande ou du nom du fournisseur, avec ou sans majuscules et accents", "A part of the subject, of the numeroASP of the request or of the supplier's name, with or without capitals and accents")
	}
	return p.T("Une partie du sujet ou du numeroASP de la demande, avec ou sans majuscules et accents", "A part of the subject or of the numeroASP of the request, with or without capitals and accents")
}

// Nouveaux is the word beside a thread with unread messages.
func (p *pageFils) Nouveaux(n int) web.Etiquette { return nouveaux(&p.Page, n) }

// pageFil is what converser.html shows: one thread and the answer to it.
type pageFil struct {
	web.Page
	Conversation *Fil
	Messages     []Message
	Numero       string // of the demande that it is about
	Agent        bool
	Ecrit        bool
	homonymes    []string // people of the supplier who are called as one of the agency's, for the agency to know
}

// pageDuFil begins the page of the thread in the address.
func (s *Service) pageDuFil(r *http.Request, i compte.Identite) (*pageFil, error) {
	id, err := strconv.ParseInt(r.PathValue("fil"), 10, 64)
	if err != nil {
		return nil, web.Introuvable
	}
	f, messages, err := s.Fil(r.Context(), i, id)
	if err != nil {
		return nil, introuvable(err)
	}
	p := &pageFil{Page: web.NouvellePage(r, modele.Texte{Fr: f.Sujet, En: f.Sujet}, filMessages), Conversation: f, Messages: messages, Agent: estAgence(i), Ecrit: i.Correspond()}
	if f.Demande.Depot > 0 {
		p.Numero = s.NumeroASP(f.Demande.Depot, f.Demande.Rang)
	}
	if p.Agent && s.Homonymes != nil {
		p.homonymes, err = s.Homonymes(r.Context(), duFournisseur(messages))
	}
	return p, err
}

// duFournisseur are the names of those who wrote for the supplier.
func duFournisseur(messages []Message) (noms []string) {
	for _, m := range messages {
		if !m.Agence {
			noms = append(noms, m.Qui)
		}
	}
	return noms
}

// Homonyme tells the agency that who wrote for the supplier is called as one of its people.
func (p *pageFil) Homonyme(m Message) bool { return !m.Agence && slices.Contains(p.homonymes, m.Qui) }

func (s *Service) montrerFil(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	p, err := s.pageDuFil(r, i)
	if err != nil {
		return err
	}
	if err := s.Lu(r.Context(), i, p.Conversation); err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "converser.html", p)
}

// De names who wrote a message: the agency's people are not named to suppliers.
func (p *pageFil) De(m Message) string {
	switch {
	case m.Agence && !p.Agent:
		return p.T("L'agence", "The agency")
	case m.Agence:
		return p.T("L'agence", "The agency") + " (" + m.Qui + ")"
	}
	return m.Qui
}

// Cote is the word beside the name of who wrote: whatever a person is called, it says for which side.
func (p *pageFil) Cote(m Message) web.Etiquette {
	if m.Agence {
		return p.Etiquette("info", p.T("agence", "agency"))
	}
	return p.Etiquette("neutre", p.T("fournisseur", "supplier"))
}
