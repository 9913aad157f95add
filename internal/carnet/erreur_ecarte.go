package carnet

import (
	"context"
	"fmt"
	"strings"

	"guichet/modele"
)

// ErreurMisDeCote says that a file was not to be deposited: its demandes were taken back, replaced, or are in others.
type ErreurMisDeCote struct {
	Fichier   string
	Annulees  []string // its demandes that were taken back
	Suivantes []string // the files that have its demandes now, or what replaces them
}

func (e *ErreurMisDeCote) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurMisDeCote) Texte() modele.Texte {
	fr := e.Fichier + " est mis de côté, il n'était plus à déposer : rien n'est noté"
	en := e.Fichier + " is set aside, it was not to be deposited any more: nothing is recorded"
	if len(e.Annulees) > 0 {
		fr += fmt.Sprintf(" ; annulées : %s", strings.Join(e.Annulees, ", "))
		en += fmt.Sprintf("; cancelled: %s", strings.Join(e.Annulees, ", "))
	}
	if len(e.Suivantes) > 0 {
		fr += fmt.Sprintf(" ; NE DÉPOSEZ PAS ce qui le remplace : %s", strings.Join(e.Suivantes, ", "))
		en += fmt.Sprintf("; DO NOT DEPOSIT what takes its place: %s", strings.Join(e.Suivantes, ", "))
	}
	return modele.Texte{
		Fr: fr + ". S'il est déposé, lisez son retour avec guichet retour, ou demandez son retrait à l'ASP",
		En: en + ". If it is deposited, read what is returned with guichet retour, or ask the ASP to withdraw it",
	}
}

// misDeCote tells what became of the demandes of a file that was set aside.
func misDeCote(ctx context.Context, e executant, id int64, fichier string) error {
	m := &ErreurMisDeCote{Fichier: fichier}
	var err error
	if m.Annulees, err = lire(ctx, e, unTexte, "SELECT numero FROM demande WHERE fichier = ? AND etat = ? ORDER BY id", id, Annulee); err != nil {
		return err
	}
	m.Suivantes, err = lire(ctx, e, unTexte, `SELECT DISTINCT g.nom FROM demande s JOIN fichier g ON g.id = s.fichier
		WHERE s.etat = ?3 AND g.ecarte_par IS NULL AND (
			s.reference <> '' AND s.reference IN (SELECT reference FROM demande WHERE fichier = ?1)
			OR s.id IN (SELECT demande FROM evenement WHERE genre = ?4 AND texte = ?2)) ORDER BY g.id`, id, fichier, Preparee, GenreDeplacement)
	if err != nil {
		return err
	}
	return m
}
