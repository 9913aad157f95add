package projet

import (
	"errors"
	"io/fs"
	"path/filepath"

	"guichet/modele/ajustement"
)

// ajuster reads the adjustments that the project names. What is wrong in their file has its place there.
func (l *lecteur) ajuster() {
	v := l.projet.Ajustements
	if v.Texte == "" {
		return
	}
	nom := filepath.ToSlash(filepath.Base(v.Texte))
	octets, err := lire(v.Texte)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.signaler(v.Origine, "ajustements : %s est introuvable", "ajustements: %s is not found", nom)
		return
	case err != nil:
		l.signaler(v.Origine, "ajustements : %s ne se lit pas", "ajustements: %s cannot be read", nom)
		return
	}
	table := l.projet.Modele()
	a, fautes := ajustement.Lire(table, octets)
	for _, f := range fautes {
		o := Origine{Fichier: v.Texte, Ligne: f.Ligne, Colonne: f.Colonne}
		l.erreurs = append(l.erreurs, Erreur{o, f.Message})
	}
	if len(fautes) > 0 || a.Vide() {
		return
	}
	if ajuste, err := a.Appliquer(table); err == nil { // tried by Lire
		l.projet.ajuste = ajuste
	}
}

// DesAjustements tells whether a fault is one of the adjustments.
func (p *Projet) DesAjustements(e Erreur) bool {
	return p.Ajustements.Texte != "" && (e.Origine.Fichier == p.Ajustements.Texte || e.Origine == p.Ajustements.Origine)
}
