package enrolement

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Logiciel is one référencement.
type Logiciel struct {
	NumeroAns string   `json:"numeroAns"`
	Nom       string   `json:"nom"`
	Version   string   `json:"version"`
	Profils   []string `json:"profils,omitempty"`
}

// Ajouter takes one more software.
func (d *Dossier) Ajouter(l Logiciel) error {
	var errs [4]error
	if l.NumeroAns, l.Profils = strings.ToUpper(strings.TrimSpace(l.NumeroAns)), slices.Clone(l.Profils); len(l.NumeroAns) != 10 || !alphanumerique(l.NumeroAns) {
		errs[0] = faute("numeroAns", "Un numéro de référencement a 10 lettres ou chiffres, par exemple ANS0000001.", "A référencement number has 10 letters or digits, for example ANS0000001.")
	} else if slices.ContainsFunc(d.Logiciels, func(x Logiciel) bool { return x.NumeroAns == l.NumeroAns }) {
		errs[0] = faute("numeroAns", "Ce numéro est déjà dans votre liste.", "This number is in your list already.")
	}
	l.Nom, errs[1] = ligne("nom", l.Nom, maxLigne, modele.Texte{Fr: "le nom du logiciel", En: "the software's name"})
	l.Version, errs[2] = ligne("version", l.Version, 50, modele.Texte{Fr: "la version", En: "the version"})
	inconnu := func(p string) bool { return !slices.Contains(Profils(), p) }
	if len(l.Profils) == 0 || slices.ContainsFunc(l.Profils, inconnu) {
		errs[3] = faute("profils", "Cochez au moins un profil de la liste.", "Check at least one profile of the list.")
	}
	slices.Sort(l.Profils)
	l.Profils = slices.Compact(l.Profils)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	if len(d.Logiciels) >= maxLogiciels {
		return faute("", "La demande a déjà 50 logiciels : envoyez-la, puis demandez les autres depuis votre page.", "The request has 50 software already: send it, then ask for the others from your page.")
	}
	d.Logiciels = append(d.Logiciels, l)
	return nil
}

// Retirer takes a software away.
func (d *Dossier) Retirer(numeroAns string) {
	d.Logiciels = slices.DeleteFunc(d.Logiciels, func(l Logiciel) bool { return l.NumeroAns == numeroAns })
}

// Profils lists the profiles of the tables (§3.2).
var Profils = sync.OnceValue(func() (profils []string) {
	for _, m := range ms1dui.Editions() {
		for _, r := range m.Coherence {
			if r, ok := r.(modele.ProfilsReferences); ok {
				for _, p := range r.Profils {
					if !slices.Contains(profils, p.Libelle) {
						profils = append(profils, p.Libelle)
					}
				}
			}
		}
	}
	return profils
})
