// Package projet reads the project file of a supplier's desk, guichet.yaml: who deposits, and where the files
// of the desk stand. Flags win over environment variables, which win over the file, which wins over defaults;
// each value says where it comes from.
package projet

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Nom is the name of the project file.
const Nom = "guichet.yaml"

// Variable is the environment variable that names a project file, or its folder, wherever it stands.
const Variable = "GUICHET_PROJET"

// Projet is what is known of a supplier's desk. Paths are absolute; values that nobody gave are empty.
type Projet struct {
	Fichier string // guichet.yaml, "" when there is none
	Dossier string // the folder of guichet.yaml, else the one where the search began

	NumeroAns        Valeur // 10 characters
	SIRET            Valeur // 14 digits
	Edition          Valeur // of the model, AAAA-MM-JJ
	Sortie           Valeur // folder of the files to deposit
	Carnet           Valeur // the ledger
	Referentiels     Valeur // folder of the loaded registers
	Pieces           Valeur // folder of the signed order forms
	Mapping          Valeur // layout of the spreadsheets, for prepare
	Ajustements      Valeur // what the portal's template has otherwise than the table
	Prefixe          Valeur // first characters of each numeroEditeur
	LignesMasquees   Valeur // Lire or Laisser: rows that a spreadsheet hides
	FeuillesMasquees Valeur // Lire or Laisser: sheets that it hides
	// Defauts are the values of empty cells, by tag, as they were written: "non", "2920.00".
	Defauts map[string]Valeur

	ajuste *modele.Modele // the adjusted table, nil without adjustments
}

// What is done with what a spreadsheet hides.
const (
	Lire    = "lire"
	Laisser = "laisser"
)

// Valeur is a value and where it comes from.
type Valeur struct {
	Texte   string
	Origine Origine
}

// Ajuste returns the adjusted table, nil without adjustments.
func (p *Projet) Ajuste() *modele.Modele { return p.ajuste }

// Modele returns the edition of the tag table that the project works with: the current one unless it names
// another, adjusted where it names adjustments.
func (p *Projet) Modele() *modele.Modele {
	if p.ajuste != nil {
		return p.ajuste
	}
	return p.Source()
}

// Source returns the same edition without adjustments.
func (p *Projet) Source() *modele.Modele {
	if m := ms1dui.Edition(p.Edition.Texte); m != nil {
		return m
	}
	return ms1dui.Courante()
}

// Sources are the places that win over the project file.
type Sources struct {
	Drapeaux map[string]string        // by flag, without dashes: "siret"; empty values are not given
	Getenv   func(name string) string // may be nil
	Ensuite  string                   // the project file to read where the folder has none; may be ""
}

// Trouver looks for the project file in a folder and in those above it. It returns its absolute path, or ""
// when there is none.
func Trouver(dossier string) (string, error) {
	dossier, err := filepath.Abs(dossier)
	if err != nil {
		return "", fmt.Errorf("look for %s: %w", Nom, err)
	}
	for {
		chemin := filepath.Join(dossier, Nom)
		switch info, err := os.Stat(chemin); {
		case err == nil && info.Mode().IsRegular():
			return chemin, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("look for %s: %w", Nom, err)
		}
		dessus := filepath.Dir(dossier)
		if dessus == dossier {
			return "", nil
		}
		dossier = dessus
	}
}

// Charger gathers what is known in a folder. A desk without a project file has the defaults. Values that
// cannot be are reported all at once, as Erreurs; the Projet then holds the others.
func Charger(dossier string, s Sources) (*Projet, error) {
	dossier, err := filepath.Abs(dossier)
	if err != nil {
		return nil, fmt.Errorf("read the project: %w", err)
	}
	p := &Projet{Dossier: dossier, Defauts: map[string]Valeur{}}
	if p.Fichier, err = s.fichier(dossier); err != nil {
		return nil, err
	}
	if p.Fichier != "" {
		p.Dossier = filepath.Dir(p.Fichier)
	}
	l := lecteur{projet: p, ici: dossier}
	l.defauts()
	if p.Fichier != "" {
		octets, err := lire(p.Fichier)
		if err != nil {
			return nil, fmt.Errorf("read the project: %w", err)
		}
		l.fichier(octets)
	}
	l.dessus(s)
	l.controler()
	return p, l.erreurs.ou()
}

// fichier returns the project file: the one that the environment names, else the nearest.
func (s Sources) fichier(dossier string) (string, error) {
	nomme := s.getenv(Variable)
	if nomme == "" {
		trouve, err := Trouver(dossier)
		if trouve == "" && err == nil {
			trouve = s.Ensuite
		}
		return trouve, err
	}
	if !filepath.IsAbs(nomme) {
		nomme = filepath.Join(dossier, nomme)
	}
	info, err := os.Stat(nomme)
	if err == nil && info.IsDir() {
		nomme = filepath.Join(nomme, Nom)
		_, err = os.Stat(nomme)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", Variable, err)
	}
	return nomme, nil
}

func (s Sources) getenv(nom string) string {
	if s.Getenv == nil {
		return ""
	}
	return s.Getenv(nom)
}

// maxOctets bounds the project file.
const maxOctets = 1 << 20

var errTropLong = errors.New("more than 1 MiB: this is no project file")

func lire(chemin string) ([]byte, error) {
	f, err := os.Open(chemin)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	octets, err := io.ReadAll(io.LimitReader(f, maxOctets+1))
	if err == nil && len(octets) > maxOctets {
		err = fmt.Errorf("%s: %w", chemin, errTropLong)
	}
	return octets, err
}
