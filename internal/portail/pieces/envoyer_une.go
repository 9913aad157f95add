package pieces

import (
	"errors"
	"net/http"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// champDocument begins the name of the field of one document: a page has one for each.
const champDocument = "document"

// envoyerUne takes one document of a demande, whatever its sender called it.
func (s *Service) envoyerUne(w http.ResponseWriter, r *http.Request) error {
	i, id, err := s.qui(r)
	if err != nil {
		return err
	}
	attendue, err := s.placeOuverte(r.Context(), i.Fournisseur, id, Place{entier(r.PathValue("rang")), r.PathValue("type")})
	if err != nil {
		return s.avertir(w, r, id, err)
	}
	var recue *Archive
	var f web.Formulaire
	err = f.LireEnvoi(r, func(envoye web.Fichier) (err error) {
		if strings.HasPrefix(envoye.Champ, champDocument) && recue == nil {
			recue, err = s.Recevoir(r.Context(), envoi(i, id, envoye).pour(&attendue))
		}
		return err
	})
	switch {
	case err != nil:
		return s.refuserUne(w, r, s.NumeroASP(id, attendue.Rang), attendue.Type, err)
	case recue == nil:
		return web.AllerAvertir(w, r, "/demandes/"+s.NumeroASP(id, attendue.Rang), sansFichier)
	}
	return s.dire(w, r, "/demandes/"+s.NumeroASP(id, attendue.Rang), recue)
}

// refuserUne shows the demande again, and at the row of the document why it is not taken.
func (s *Service) refuserUne(w http.ResponseWriter, r *http.Request, numero, typ string, err error) error {
	var refus Refuse
	if s.Refuser == nil || !errors.As(err, &refus) {
		return reponse(err)
	}
	return s.Refuser(w, r, numero, champDocument+"-"+typ, refus.Texte)
}

// avertir leads to the demande, which tells why it takes no document.
func (s *Service) avertir(w http.ResponseWriter, r *http.Request, depot int64, err error) error {
	var refus Refuse
	if !errors.As(err, &refus) {
		return reponse(err)
	}
	return web.AllerAvertir(w, r, "/demandes/"+s.NumeroASP(depot, entier(r.PathValue("rang"))), refus.Texte)
}

// pour makes an Envoi that of one document, which keeps the name of its sender where that is one.
func (e Envoi) pour(p *Piece) Envoi {
	e.Place = p
	if !nommable(e.Nom) {
		e.Nom = p.Attendu
	}
	return e
}

func envoi(i compte.Identite, depot int64, f web.Fichier) Envoi {
	return Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: depot, Nom: f.Nom, Corps: f.Corps}
}

// fermee says that a demande takes no document any more.
func fermee(numero string) Refuse {
	return Refuse{modele.Texte{
		Fr: "La demande " + numero + " n'attend plus de pièce : rien n'est gardé. Sa page dit où elle en est.",
		En: "Request " + numero + " expects no document any more: nothing is kept. Its page tells where it stands.",
	}}
}

var sansFichier = modele.Texte{
	Fr: "Aucun document n'était choisi : rien n'a été envoyé. Choisissez un fichier à la ligne du document, puis envoyez-le.",
	En: "No document was chosen: nothing was sent. Choose a file in the row of the document, then send it.",
}
