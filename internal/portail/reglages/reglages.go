// Package reglages reads what the counter is set to: flags win over environment variables, which win over a
// YAML file, which wins over defaults. Each value says where it comes from.
package reglages

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"guichet/modele"
	"guichet/valeur"
)

// Reglage is one setting.
type Reglage struct {
	Nom    string // of the flag and in the file: "smtp-hote"; the variable is GUICHET_SMTP_HOTE
	Defaut string
	Genre  modele.Texte // what it is, for help: ADRESSE, DOSSIER
	Aide   modele.Texte
	Secret bool // never shown
	Fictif bool // its default is an example's: what binds the agency does not go out with it
	Valeur func(string) *modele.Texte
	Selon  func(Reglages) string // the default of one that goes by those before it
}

// Variable is the environment variable of a setting.
func (r Reglage) Variable() string {
	return "GUICHET_" + strings.ToUpper(strings.ReplaceAll(r.Nom, "-", "_"))
}

// Valeur is a setting's value, and where it comes from: a flag, a variable, a file, or nothing ("").
type Valeur struct{ Texte, Origine string }

// Reglages are the values of all settings.
type Reglages map[string]Valeur

// Fictifs names the settings that nobody has given, and that stand for somebody there is not: what binds the agency cannot be signed with them.
func (r Reglages) Fictifs() (noms []string) {
	for _, s := range Tous() {
		if s.Fictif && r.Texte(s.Nom) == s.Defaut {
			noms = append(noms, s.Nom)
		}
	}
	return noms
}

// Texte returns the value of a setting.
func (r Reglages) Texte(nom string) string { return r[nom].Texte }

// Nombre returns a setting that Lire has seen to be a number.
func (r Reglages) Nombre(nom string) int {
	n, _ := strconv.Atoi(r.Texte(nom))
	return n
}

// Nombres returns the numbers of a setting that Lire has seen to be numbers between commas, or none.
func (r Reglages) Nombres(nom string) (nombres []int) {
	for _, t := range strings.Split(r.Texte(nom), ",") {
		if n, err := strconv.Atoi(t); err == nil {
			nombres = append(nombres, n)
		}
	}
	return nombres
}

// Faute is a setting that cannot be.
type Faute struct {
	Origine string
	Message modele.Texte
}

// In tells the fault, after its place.
func (f Faute) In(l modele.Langue) string {
	return f.Origine + modele.Texte{Fr: " : ", En: ": "}.In(l) + f.Message.In(l)
}

// Error tells it in English.
func (f Faute) Error() string { return f.In(modele.Anglais) }

// Lire reads the settings. drapeaux are the flags that were given; fichier is "" for none. What cannot be comes
// as a Faute.
func Lire(drapeaux map[string]string, getenv func(string) string, fichier string) (Reglages, error) {
	duFichier, err := lireFichier(fichier)
	if err != nil {
		return nil, err
	}
	r := Reglages{}
	for _, s := range Tous() {
		v := Valeur{Texte: s.Defaut}
		if s.Selon != nil {
			v.Texte = s.Selon(r)
		}
		if t, ok := duFichier[s.Nom]; ok {
			v = Valeur{t, fichier}
		}
		if t := getenv(s.Variable()); t != "" {
			v = Valeur{t, s.Variable()}
		}
		if t, ok := drapeaux[s.Nom]; ok {
			v = Valeur{t, "--" + s.Nom}
		}
		if s.Valeur != nil && v.Texte != "" {
			if attendu := s.Valeur(v.Texte); attendu != nil {
				return nil, Faute{v.Origine, modele.Texte{
					Fr: fmt.Sprintf("« %s » trouvé, attendu : %s", v.Texte, attendu.Fr),
					En: fmt.Sprintf("%q found, expected: %s", v.Texte, attendu.En),
				}}
			}
		}
		r[s.Nom] = v
	}
	return r, nil
}

// maxFichier bounds the file, in bytes.
const maxFichier = 1 << 20

// lireFichier reads name: value pairs; a name that is no setting is a Faute.
func lireFichier(nom string) (map[string]string, error) {
	if nom == "" {
		return nil, nil
	}
	octets, err := os.ReadFile(nom)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	if len(octets) > maxFichier {
		return nil, Faute{nom, modele.Texte{Fr: "le fichier dépasse 1 Mo", En: "the file is over 1 MB"}}
	}
	var brut map[string]any
	if err := yaml.Unmarshal(valeur.EnUTF8(octets), &brut); err != nil {
		return nil, illisible(filepath.Base(nom), err)
	}
	valeurs := map[string]string{}
	for cle, v := range brut {
		if !slices.ContainsFunc(Tous(), func(r Reglage) bool { return r.Nom == cle }) {
			return nil, inconnu(nom, cle)
		}
		valeurs[cle] = fmt.Sprint(v)
	}
	return valeurs, nil
}

// illisible says where a file is no YAML; the parser speaks English, and of its own insides.
func illisible(fichier string, err error) Faute {
	f := Faute{fichier, modele.Texte{
		Fr: "attendu : des lignes « nom: valeur » ; vérifiez les retraits, les deux-points et les guillemets",
		En: "expected: lines \"name: value\"; look at indents, colons and quotes",
	}}
	var faute yaml.Error
	if !errors.As(err, &faute) {
		return f
	}
	if strings.Contains(faute.GetMessage(), "already defined") {
		f.Message = modele.Texte{Fr: "ce réglage est déjà donné plus haut", En: "this setting is given above already"}
	}
	if t := faute.GetToken(); t != nil && t.Position != nil {
		f.Message = modele.Texte{
			Fr: fmt.Sprintf("ligne %d, colonne %d : %s", t.Position.Line, t.Position.Column, f.Message.Fr),
			En: fmt.Sprintf("line %d, column %d: %s", t.Position.Line, t.Position.Column, f.Message.En),
		}
	}
	return f
}

func inconnu(fichier, cle string) error {
	var noms []string
	for _, r := range Tous() {
		noms = append(noms, r.Nom)
	}
	f := Faute{fichier, modele.Texte{Fr: fmt.Sprintf("« %s » n'est pas un réglage", cle), En: fmt.Sprintf("%q is no setting", cle)}}
	if proche := valeur.Proche(cle, noms); proche != "" {
		f.Message.Fr += " ; vouliez-vous dire " + proche + " ?"
		f.Message.En += "; did you mean " + proche + "?"
	}
	return f
}
