package suivi

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"guichet/diag"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
	"guichet/piece"
)

// maxEnvoi is what a message with its document may weigh: the document is judged by its own bound, with words.
const maxEnvoi = 8 << 20

// pageNouveau is what ecrire.html shows: a new thread.
type pageNouveau struct {
	web.Page
	Numero string // of the demande that it is about
	Agent  bool
}

var titreNouveau = modele.Texte{Fr: "Nouveau message", En: "New message"}

// pageDuNouveau begins the page of a new thread, about the demande of that number, or about none.
func (s *Service) pageDuNouveau(r *http.Request, i compte.Identite, numero string) (p *pageNouveau, cle Cle, err error) {
	p = &pageNouveau{Page: web.NouvellePage(r, titreNouveau, filMessages), Agent: estAgence(i), Numero: numero}
	if numero == "" {
		if p.Agent {
			return nil, cle, web.Introuvable // the agency writes about a demande
		}
		return p, cle, nil
	}
	d, err := s.demandeDe(r, i, numero)
	if err != nil {
		return nil, cle, err
	}
	return p, d.Cle, nil
}

func (s *Service) preparerMessage(w http.ResponseWriter, r *http.Request) error {
	i, err := ecrivain(r)
	if err != nil {
		return err
	}
	numero := r.URL.Query().Get("demande")
	if numero == "" {
		numero = repris(r)
	}
	p, _, err := s.pageDuNouveau(r, i, numero)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "ecrire.html", p)
}

// repris is the demande of a message that had been typed and comes back.
func repris(r *http.Request) string {
	p := web.NouvellePage(r, titreNouveau)
	return p.Valeur("demande")
}

func (s *Service) ouvrirFil(w http.ResponseWriter, r *http.Request) error {
	i, err := ecrivain(r)
	if err != nil {
		return err
	}
	var f web.Formulaire
	e, err := LireMessage(r, &f)
	if err != nil {
		return err
	}
	p, cle, err := s.pageDuNouveau(r, i, f.Valeur("demande"))
	if err != nil {
		return err
	}
	p.Formulaire = f
	e.Auteur, e.Demande = i, cle
	e.Sujet = diag.Neutralize(strings.ReplaceAll(p.Requis("sujet", MaxSujet, modele.Texte{Fr: "le sujet", En: "the subject"}), "\n", " "))
	fil, err := s.EnvoyerMessage(r, &p.Formulaire, e)
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "ecrire.html", p)
	}
	return web.AllerDire(w, r, AdresseFil(fil), envoye)
}

var envoye = modele.Texte{Fr: "Le message est envoyé.", En: "The message is sent."}

func (s *Service) repondre(w http.ResponseWriter, r *http.Request) error {
	i, err := ecrivain(r)
	if err != nil {
		return err
	}
	p, err := s.pageDuFil(r, i)
	if err != nil {
		return err
	}
	e, err := LireMessage(r, &p.Formulaire)
	if err != nil {
		return err
	}
	e.Auteur, e.Fil = i, p.Conversation.ID
	if _, err = s.EnvoyerMessage(r, &p.Formulaire, e); err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "converser.html", p)
	}
	return web.AllerDire(w, r, AdresseFil(p.Conversation.ID), envoye)
}

// LireMessage reads the form of a message with its document, which stays in memory: it is small.
func LireMessage(r *http.Request, f *web.Formulaire) (e Ecrit, err error) {
	err = f.LireEnvoi(r, func(envoye web.Fichier) (err error) {
		if envoye.Champ == "piece" && e.Nom == "" {
			e.Nom = nommer(envoye.Nom)
			e.Octets, err = web.LireFichier(envoye, piece.Accepter.MaxOctets)
		}
		return err
	})
	return e, err
}

// nommer is the name of a sent file as it is kept: characters that print, at most 100 of them.
func nommer(nom string) string {
	n := []rune(diag.Neutralize(nom))
	return string(n[max(0, len(n)-100):])
}

// EnvoyerMessage writes a message whose text it checks; what is wrong is noted in the form.
func (s *Service) EnvoyerMessage(r *http.Request, f *web.Formulaire, e Ecrit) (fil int64, err error) {
	e.Texte = f.Requis("texte", MaxMessage, modele.Texte{Fr: "le message", En: "the message"})
	if e.Nom != "" {
		if _, faute := piece.Examiner(e.Octets, piece.Accepter); faute != nil {
			t := refusPiece(faute)
			f.Refuser("piece", t.Fr, t.En)
		}
	}
	if !f.Valide() {
		return 0, nil
	}
	fil, err = s.Ecrire(r.Context(), e)
	if trop, oui := errors.AsType[TropEcrit](err); oui {
		f.Refuser("texte", trop.Fr, trop.En)
		return 0, nil
	}
	return fil, introuvable(err)
}

// refusPiece says why a document cannot go with a message, and what to do.
func refusPiece(f *piece.Faute) modele.Texte {
	switch f.Defaut {
	case piece.TropLourd:
		return modele.Texte{Fr: "Le document dépasse 3 Mo : réduisez-le.", En: "The document is over 3 MB: make it smaller."}
	case piece.Vide:
		return modele.Texte{Fr: "Le document est vide : choisissez-en un autre.", En: "The document is empty: choose another one."}
	case piece.Inconnu:
		return modele.Texte{Fr: "Le document n'est ni PDF, ni PNG, ni JPG : convertissez-le.", En: "The document is neither PDF, nor PNG, nor JPG: convert it."}
	case piece.Chiffre:
		return modele.Texte{Fr: "Le document est protégé : enregistrez-le sans mot de passe.", En: "The document is protected: save it without a password."}
	case piece.TropGrand:
		return modele.Texte{Fr: "L'image a trop de points : réduisez-la.", En: "The picture has too many pixels: make it smaller."}
	}
	return modele.Texte{Fr: "Le document est abîmé ou incomplet : enregistrez-le à nouveau.", En: "The document is damaged or incomplete: save it again."}
}

// montrerPiece gives the document of a message, which nobody's browser takes for a page.
func (s *Service) montrerPiece(w http.ResponseWriter, r *http.Request) error {
	i, err := qui(r)
	if err != nil {
		return err
	}
	fil, errFil := strconv.ParseInt(r.PathValue("fil"), 10, 64)
	ordre, errOrdre := strconv.Atoi(r.PathValue("ordre"))
	if errFil != nil || errOrdre != nil {
		return web.Introuvable
	}
	j, err := s.Piece(r.Context(), i, fil, ordre)
	if err != nil {
		return introuvable(err)
	}
	f, err := s.Fichiers.Lire(j.SHA256)
	if err != nil {
		return err
	}
	defer f.Close()
	web.FichierRecu(w.Header(), map[string]string{"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg"}[j.Format], j.Nom)
	w.Header().Set("Content-Length", nombre(j.Taille))
	return web.Donner(w, f)
}
