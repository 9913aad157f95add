package pieces

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pagePieces is what montrer.html shows.
type pagePieces struct {
	web.Page
	Depot    string       // its reference
	Envoi    string       // the address of the page
	Pieces   []lignePiece // those of this part of the list
	toutes   []lignePiece
	Premiere int    // of Pieces among all of them, from 0
	Toutes   int    // how many there are
	Avant    string // addresses of the parts before and after, "" for none
	Apres    string
	Offres   []offre
	donnees  map[envoyee]Place // what was set aside and sent afterwards
	contenus
	Archives []Archive
	Connues  []connue // files of the form that is answered which had come before
	Attente  int      // what is still to be examined
	Bilan
	Limite    modele.Texte // by when documents are expected
	Deposant  bool         // the visitor may send
	MaxEcarts int
}

// lignePiece is a document as pages list it.
type lignePiece struct {
	Piece
	Adresse   string // where it is seen, "" when there is nothing to see
	NumeroASP string
	Attend    bool // it is still expected
	Envoyable bool // the visitor may send it
}

// montrer is the page of the documents of a deposit.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, entier(r.URL.Query().Get("de")), func(*pagePieces) {})
}

// page shows the documents from one of them on; regler adds what a form has to say.
func (s *Service) page(w http.ResponseWriter, r *http.Request, premiere int, regler func(*pagePieces)) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	// The archives first: the documents of one that was examined by then are those that follow.
	recues, err := s.Archives(r.Context(), i.Fournisseur, depot)
	if err != nil {
		return reponse(err)
	}
	toutes, err := s.Pieces(r.Context(), i.Fournisseur, depot, -1)
	if err != nil {
		return reponse(err)
	}
	p := &pagePieces{
		Page:  web.NouvellePage(r, modele.Texte{Fr: "Pièces du dépôt " + s.ImpID(depot), En: "Documents of the deposit " + s.ImpID(depot)}, s.fil(depot)...),
		Depot: s.ImpID(depot), Envoi: s.AdressePieces(depot), MaxEcarts: MaxEcarts, Archives: recues,
		Deposant: i.Role == compte.Deposant || i.Role == compte.Proprietaire,
	}
	p.Bilan = s.compter(toutes)
	for _, a := range recues {
		if a.Etat == Recue {
			p.Attente++
		}
	}
	for _, u := range toutes {
		l := s.ligne(depot, u)
		l.Envoyable = p.Deposant && s.Ouverte(u.EtatDepot)
		p.Pieces = append(p.Pieces, l)
	}
	if p.Manquent() > 0 {
		if p.Limite, err = s.limite(r.Context(), depot); err != nil {
			return err
		}
	}
	if p.contenus, err = s.contenus(r.Context(), depot); err != nil {
		return err
	}
	p.Offres, p.donnees = offrir(recues, p.Pieces), donnees(recues)
	p.toutes = p.Pieces
	p.couper(premiere)
	regler(p)
	return pages().Montrer(w, r, "montrer.html", p)
}

// couper leaves the part that begins with the premiere. Of what does not fit on one page, what is lacking comes first.
func (p *pagePieces) couper(premiere int) {
	p.Toutes = len(p.Pieces)
	if p.Toutes <= parPage {
		return
	}
	p.Pieces = slices.Clone(p.Pieces)
	slices.SortStableFunc(p.Pieces, func(a, b lignePiece) int { return cmp.Compare(b.attente(), a.attente()) })
	p.Premiere = max(0, min(premiere, p.Toutes-1)) / parPage * parPage
	fin := min(p.Premiere+parPage, p.Toutes)
	p.Pieces = p.Pieces[p.Premiere:fin]
	if p.Premiere > 0 {
		p.Avant = fmt.Sprintf("%s?de=%d", p.Envoi, p.Premiere-parPage)
	}
	if fin < p.Toutes {
		p.Apres = fmt.Sprintf("%s?de=%d", p.Envoi, fin)
	}
}

// Etendue says which part of a long list is shown.
func (p *pagePieces) Etendue() string {
	if p.Toutes <= parPage {
		return ""
	}
	return p.T(fmt.Sprintf("%d à %d sur %d", p.Premiere+1, p.Premiere+len(p.Pieces), p.Toutes),
		fmt.Sprintf("%d to %d of %d", p.Premiere+1, p.Premiere+len(p.Pieces), p.Toutes))
}

// UneEnvoyable is the field of the first document that may be sent from this page, "" when there is none.
func (p *pagePieces) UneEnvoyable() string {
	for _, l := range p.Pieces {
		if l.Champ() != "" {
			return l.Champ()
		}
	}
	return ""
}

// attendre tells, in one number, how many files are still to be examined: what the page's script asks.
func (s *Service) attendre(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	n, err := s.Attente(r.Context(), i.Fournisseur, depot)
	if err != nil {
		return reponse(err)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = fmt.Fprintln(w, n)
	_ = err // who has gone does not read an error either
	return nil
}

func (s *Service) ligne(depot int64, u Piece) lignePiece {
	l := lignePiece{Piece: u, NumeroASP: s.NumeroASP(depot, u.Rang), Attend: s.manque(u)}
	if u.Etat == Recue {
		l.Adresse = s.AdressePiece(depot, u)
	}
	return l
}

// attente counts what a line still expects.
func (l lignePiece) attente() int {
	if l.Attend {
		return 1
	}
	return 0
}

// Place names the line for a form, Champ its field: "" for one that nothing can be sent for now.
func (l lignePiece) Place() string { return strconv.Itoa(l.Rang) + "/" + l.Type }

// Champ is the name of the line's field.
func (l lignePiece) Champ() string {
	if !l.Envoyable || l.EnExamen {
		return ""
	}
	return Place{l.Rang, l.Type}.champ()
}

// Extensions are those of the format that the file tells of.
func (l lignePiece) Extensions() string { return strings.Join(extensions[l.Format], ",") }

// Etiquette is the word of state of a document.
func (l lignePiece) Etiquette(langue modele.Langue) web.Etiquette {
	ton, mot := l.Situation()
	return web.Etiquette{Ton: ton, Texte: mot.In(langue)}
}

// Situation says whether a document has come, and the colour of that word.
func (p Piece) Situation() (ton string, mot modele.Texte) {
	if p.EnExamen {
		return "info", modele.Texte{Fr: "Examen en cours", En: "Being examined"}
	}
	switch p.Etat {
	case Recue:
		return "ok", modele.Texte{Fr: "Reçue", En: "Received"}
	case Refusee:
		return "erreur", modele.Texte{Fr: "Refusée", En: "Refused"}
	}
	if p.Close {
		return "neutre", modele.Texte{Fr: "Plus attendue", En: "No longer expected"}
	}
	return "alerte", modele.Texte{Fr: "Manquante", En: "Missing"}
}

// Nature is what people call the document.
func (l lignePiece) Nature(langue modele.Langue) string { return Nature(l.Type).In(langue) }

// Nature is what people call a kind of document (typeFichier).
func Nature(typ string) modele.Texte {
	switch typ {
	case "BON_COMMANDE":
		return modele.Texte{Fr: "Bon de commande", En: "Order form"}
	case "PREUVE_HT":
		return modele.Texte{Fr: "Preuve du régime HT", En: "Proof of the HT regime"}
	}
	return modele.Texte{Fr: typ, En: typ}
}

// Etiquette is the word of state of an archive.
func (a Archive) Etiquette(langue modele.Langue) web.Etiquette {
	ton, mot := a.Mot()
	return web.Etiquette{Ton: ton, Texte: mot.In(langue)}
}

// Mot is the word of state of an archive in both languages, and its tone: that of a thing done for what is all good.
func (a Archive) Mot() (ton string, mot modele.Texte) {
	switch a.Etat {
	case Recue:
		return "info", modele.Texte{Fr: "Examen en cours", En: "Being examined"}
	case Refusee:
		return "erreur", modele.Texte{Fr: "Refusée", En: "Refused"}
	}
	switch {
	case a.Place != SansPlace && a.Mauvaises > 0:
		return "erreur", modele.Texte{Fr: "Refusé", En: "Refused"}
	case a.Place != SansPlace && a.Ecartees > 0:
		return "alerte", modele.Texte{Fr: "Écarté", En: "Set aside"}
	case a.Place != SansPlace:
		return "ok", modele.Texte{Fr: "Accepté", En: "Accepted"}
	case a.Mauvaises+a.Ecartees > 0:
		return "alerte", modele.Texte{Fr: "Examinée", En: "Examined"}
	}
	return "ok", modele.Texte{Fr: "Examinée", En: "Examined"}
}

// Titre names what was sent: one document of an archive by itself.
func (a Archive) Titre() string {
	if a.Entree != "" {
		return a.Entree
	}
	return a.Nom
}

// Court is a document's name without its archive's.
func (a Archive) Court(nom string) string { return strings.TrimPrefix(nom, a.Nom+"/") }
