package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"guichet/controle"
	"guichet/modele"
)

// wanted is what a command reads from a file, and what to do where it was given another.
type wanted struct {
	what, todo modele.Texte
	admits     []controle.Nature
	settings   string // which settings, where it is these
}

var (
	wantedLedger = wanted{
		what: texte("un carnet de guichet (guichet.db)", "a guichet ledger (guichet.db)"),
		todo: texte("indiquez le carnet, ou sa sauvegarde", "name the ledger, or its backup"), admits: []controle.Nature{controle.Base, controle.Vide},
	}
	wantedRegister = wanted{
		what: texte("le fichier d'un registre (CSV)", "the file of a register (CSV)"),
		todo: texte("indiquez le fichier tel que son éditeur le publie ; un classeur s'enregistre au format CSV", "name the file as its publisher gives it; a workbook is saved as CSV"), admits: []controle.Nature{controle.Tableau},
	}
	wantedNames = wanted{
		what:   texte("une correspondance de pièces (CSV)", "a mapping of documents (CSV)"),
		todo:   texte("sa première ligne est fichier;numeroEditeur;typeFichier, puis une ligne par pièce, par exemple bon.pdf;00001;BON_COMMANDE", "its first line is fichier;numeroEditeur;typeFichier, then one line for each document, such as bon.pdf;00001;BON_COMMANDE"),
		admits: []controle.Nature{controle.Tableau},
	}
	wantedDocuments = wanted{
		what:   texte("le dossier des pièces, ni leur archive (.zip)", "the folder of the documents, nor their archive (.zip)"),
		todo:   texte("indiquez le dossier où sont les pièces, ou l'archive à déposer", "name the folder that the documents are in, or the archive to be deposited"),
		admits: []controle.Nature{controle.Archive},
	}
	wantedMapping = wanted{
		what:   texte("une correspondance (YAML)", "a mapping (YAML)"),
		todo:   texte("guichet prepare --guess en propose une", "guichet prepare --guess proposes one"),
		admits: []controle.Nature{controle.Reglages}, settings: "mapping",
	}
	wantedAdjustments = wanted{
		what:   texte("un fichier d'ajustements (YAML)", "a file of adjustments (YAML)"),
		todo:   texte("guichet modele comparer --output en écrit", "guichet modele comparer --output writes some"),
		admits: []controle.Nature{controle.Reglages, controle.Vide}, settings: "adjustments",
	}
	wantedProject = wanted{
		what:   texte("les réglages d'un projet (guichet.yaml)", "the settings of a project (guichet.yaml)"),
		todo:   texte("guichet init en écrit", "guichet init writes some"),
		admits: []controle.Nature{controle.Reglages, controle.Vide}, settings: "project",
	}
)

// settingsKinds are the files of settings that guichet has, each with keys that no other has.
var settingsKinds = []struct {
	name string
	keys []string
	what modele.Texte
}{
	{"mapping", []string{"commande", "feuille"}, texte("une correspondance de colonnes (YAML), comme guichet prepare --guess en propose", "a mapping of columns (YAML), as guichet prepare --guess proposes")},
	{"adjustments", []string{"modele", "ordre", "source"}, texte("un fichier d'ajustements (YAML), comme guichet modele comparer en écrit", "a file of adjustments (YAML), as guichet modele comparer writes")},
	{"project", []string{"numeroAns", "SIRET", "sortie", "carnet", "pieces", "numeros", "defauts", "lignesMasquees", "feuillesMasquees"}, texte("un fichier de réglages (YAML), comme guichet.yaml", "a file of settings (YAML), as guichet.yaml is")},
}

var topKey = regexp.MustCompile(`(?m)^([A-Za-z]\w*):`)

// settingsKind tells which settings a text holds, "" where none or several may be meant.
func settingsKind(text []byte) (kind string, what modele.Texte) {
	for _, m := range topKey.FindAllSubmatch(text, -1) {
		for _, k := range settingsKinds {
			if slices.Contains(k.keys, string(m[1])) {
				if kind != "" && kind != k.name {
					return "", what
				}
				kind, what = k.name, k.what
			}
		}
	}
	return kind, what
}

// otherKind refuses a file that is given in place of what a command reads, and names it: it is known by its first bytes.
// What cannot be opened, and what nothing is known by, its reader tells.
func (p *program) otherKind(label, path string, w wanted) error {
	text, err := begins(path)
	if err != nil {
		return nil
	}
	what, other := controle.Identifier(text, w.admits...)
	if kind, settings := settingsKind(text); !other && w.settings != "" && kind != "" && kind != w.settings {
		what, other = settings, true
	}
	if !other {
		return nil
	}
	return p.errorf("%s : c'est %s, pas %s ; %s", "%s: this is %s, not %s; %s", shown(filepath.ToSlash(label)), what.In(p.langue), w.what.In(p.langue), w.todo.In(p.langue))
}

// begins returns the first bytes of a plain file, and its last ones, where an archive says what it is.
func begins(path string) ([]byte, error) {
	const most = 64 << 10
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, os.ErrInvalid)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err == nil && info.Size() > most && string(text[:2]) == "PK" {
		var end []byte
		end, err = io.ReadAll(io.NewSectionReader(f, max(most, info.Size()-most), most))
		text = append(text, end...)
	}
	return text, err
}
