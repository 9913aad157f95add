package pieces

import (
	"net/http"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pagePieces is what montrer.html shows.
type pagePieces struct {
	web.Page
	Depot    string // its reference
	Envoi    string // the address of the page
	Pieces   []lignePiece
	Archives []Archive
	Attente  bool // an archive is still to be examined
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
}

// montrer is the page of the documents of a deposit.
func (s *Service) montrer(w http.ResponseWriter, r *http.Request) error {
	return s.page(w, r, func(*pagePieces) {})
}

func (s *Service) page(w http.ResponseWriter, r *http.Request, regler func(*pagePieces)) error {
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
		Depot: s.ImpID(depot), Envoi: s.AdressePieces(depot), MaxEcarts: MaxEcarts,
		Deposant: i.Role == compte.Deposant || i.Role == compte.Proprietaire,
	}
	p.Bilan, p.Archives = s.compter(toutes), recues
	for _, a := range p.Archives {
		p.Attente = p.Attente || a.Etat == Recue
	}
	for _, u := range toutes {
		l := s.ligne(depot, u)
		p.Pieces = append(p.Pieces, l)
	}
	if p.Manquent() > 0 {
		if p.Limite, err = s.limite(r.Context(), depot); err != nil {
			return err
		}
	}
	regler(p)
	return pages().Montrer(w, r, "montrer.html", p)
}

func (s *Service) ligne(depot int64, u Piece) lignePiece {
	l := lignePiece{Piece: u, NumeroASP: s.NumeroASP(depot, u.Rang), Attend: s.manque(u)}
	if u.Etat == Recue {
		l.Adresse = s.AdressePiece(depot, u)
	}
	return l
}

// Etiquette is the word of state of a document.
func (l lignePiece) Etiquette(langue modele.Langue) web.Etiquette {
	ton, mot := l.Situation()
	return web.Etiquette{Ton: ton, Texte: mot.In(langue)}
}

// Situation says whether a document has come, and the colour of that word.
func (p Piece) Situation() (ton string, mot modele.Texte) {
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

// Nature says in words what a kind of document is.
func (l lignePiece) Nature(langue modele.Langue) string {
	switch l.Type {
	case "BON_COMMANDE":
		return modele.Texte{Fr: "Bon de commande", En: "Order form"}.In(langue)
	case "PREUVE_HT":
		return modele.Texte{Fr: "Preuve du régime HT", En: "Proof of the HT regime"}.In(langue)
	}
	return l.Type
}

// Etiquette is the word of state of an archive.
func (a Archive) Etiquette(langue modele.Langue) web.Etiquette {
	ton, mot := a.Mot()
	return web.Etiquette{Ton: ton, Texte: mot.In(langue)}
}

// Mot is the word of state of an archive in both languages, and its tone.
func (a Archive) Mot() (ton string, mot modele.Texte) {
	switch a.Etat {
	case Recue:
		return "info", modele.Texte{Fr: "Examen en cours", En: "Being examined"}
	case Refusee:
		return "erreur", modele.Texte{Fr: "Refusée", En: "Refused"}
	}
	return "ok", modele.Texte{Fr: "Examinée", En: "Examined"}
}

// Court is a document's name without its archive's.
func (a Archive) Court(nom string) string { return strings.TrimPrefix(nom, a.Nom+"/") }
