package main

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/carnet"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ajustement"
	"guichet/reprise"
)

// foundFile is a file that the ledger can learn from.
type foundFile struct {
	path     string
	retrouve carnet.Retrouve
	answer   *carnet.Retour // of a returned file
}

// asideName is what a file that was set aside has before its name where that was taken: 2-JSON-….json.
var asideName = regexp.MustCompile(`^\d+-`)

// depositName is the name by the norm of a JSON file or of one of its archives.
var depositName = regexp.MustCompile(`(?i)^JSON-([0-9A-Z]{10})-(\d{8})-(\d{3})(-\d{2}\.zip|\.json)$`)

// gather reads all files, the oldest first; the one that was deposited comes before the one that was returned. Those
// that were set aside come last: demandes of theirs may have gone to other files, with their numbers.
func (r *rebuild) gather(args []string) error {
	for _, arg := range args {
		err := filepath.WalkDir(arg, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(e.Name(), ".") && path != arg && e.IsDir():
				return fs.SkipDir
			case e.Type().IsRegular():
				return r.file(path)
			}
			return nil
		})
		if err != nil {
			return r.errorf("%s", "%s", r.fault(err))
		}
	}
	slices.SortStableFunc(r.files, func(a, b foundFile) int {
		return cmp.Or(cmp.Compare(a.set(), b.set()), cmp.Compare(a.retrouve.Jour, b.retrouve.Jour), cmp.Compare(a.retrouve.Nom, b.retrouve.Nom), cmp.Compare(rank(a.answer), rank(b.answer)))
	})
	r.sums()
	return nil
}

func rank(answer *carnet.Retour) int {
	if answer == nil {
		return 0
	}
	return 1
}

// set puts what was set aside behind the rest.
func (f foundFile) set() int {
	if f.retrouve.Ecarte {
		return 1
	}
	return 0
}

// file takes one file, if its name is one by the norm.
func (r *rebuild) file(path string) error {
	folder, name := filepath.Dir(path), filepath.Base(path)
	setAside := filepath.Base(folder) == carnet.DossierEcartes
	if setAside {
		folder, name = filepath.Dir(folder), asideName.ReplaceAllString(name, "")
	}
	parts := depositName.FindStringSubmatch(name)
	switch {
	case parts == nil && strings.EqualFold(filepath.Ext(path), ".json"):
		r.aside(path, "son nom n'est pas celui d'un dépôt", "its name is not that of a deposit")
		return nil
	case parts == nil:
		return nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	f := foundFile{path: path, retrouve: carnet.Retrouve{
		Nom: name, Dossier: folder, Ecarte: setAside, SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), NumeroAns: parts[1], Jour: parts[2],
	}}
	if strings.EqualFold(filepath.Ext(path), ".zip") {
		r.files = append(r.files, f)
		return nil
	}
	f.retrouve.Rang, _ = strconv.Atoi(parts[3]) // three digits
	return r.json(path, f, content)
}

// json takes a JSON file with its demandes and, if it was returned, its answers.
func (r *rebuild) json(path string, f foundFile, content []byte) error {
	returned, err := reprise.Lire(r.desk.Modele(), content, jsondoc.Limits{})
	if err != nil && !errors.Is(err, reprise.ErrPasRetour) {
		r.aside(path, "il ne se lit pas comme un dépôt", "it does not read as a deposit")
		return nil
	}
	head, whole := headOf(r.desk.Modele(), content)
	if !whole {
		r.aside(path, "il ne se lit pas jusqu'au bout", "it does not read to its end")
		return nil
	}
	if wrong(head.numeroAns, r.desk.NumeroAns.Texte) || wrong(head.siret, r.desk.SIRET.Texte) {
		r.aside(path, "il est d'un autre fournisseur ou d'un autre logiciel", "it is of another supplier or software")
		return nil
	}
	table := ajustement.Table(r.desk.Modele(), r.desk.Source(), content)
	for i, order := range recordedOf(table, content) {
		f.retrouve.Demandes = append(f.retrouve.Demandes, carnet.Demande{
			Numero: order.number, NumLigne: i + 1, Regime: order.regime, Montant: order.amount, OGs: order.ogs, Pieces: order.pieces,
		})
	}
	if err == nil {
		if strings.HasPrefix(returned.ImpID, "SIMULATION-") {
			r.aside(path, "c'est une simulation de guichet, pas un retour", "it is a simulation by guichet, not a returned file")
			return nil
		}
		f.answer = answerOf(f.retrouve, returned)
		f.retrouve.SHA256, f.retrouve.ImpID = "", returned.ImpID
	}
	r.files = append(r.files, f)
	return nil
}

func wrong(found, expected string) bool { return expected != "" && found != expected }

// headOf reads whose a file is, and tells whether it can be read to its end.
func headOf(m *modele.Modele, content []byte) (o owner, whole bool) {
	var file map[string]json.RawMessage
	if json.Unmarshal(content, &file) != nil {
		return o, false
	}
	_ = json.Unmarshal(file[m.NomDe("numeroAns")], &o.numeroAns)
	_ = json.Unmarshal(file[m.NomDe("SIRET")], &o.siret)
	return o, true
}

// answerOf is a returned file as the ledger records it.
func answerOf(f carnet.Retrouve, returned *reprise.Retour) *carnet.Retour {
	answer := &carnet.Retour{Nom: f.Nom, SHA256: f.SHA256, ImpID: returned.ImpID}
	states := map[reprise.Etat]carnet.Etat{reprise.Acceptee: carnet.Acceptee, reprise.Rejetee: carnet.Rejetee, reprise.SansReponse: carnet.SansReponse, reprise.Ambigue: carnet.Deposee}
	for _, d := range returned.Demandes {
		answer.Lignes = append(answer.Lignes, carnet.Ligne{
			Numero: d.NumeroEditeur, Etat: states[d.Etat], NumeroASP: d.NumeroASP, Code: d.Code, Libelle: d.Libelle, Texte: d.Texte,
		})
	}
	return answer
}

// sums gives the documents of the demandes the SHA-256 that the archives have of them.
func (r *rebuild) sums() {
	known := map[string]string{}
	for _, f := range r.files {
		if f.retrouve.Rang > 0 {
			continue
		}
		if err := archived(f.path, known); err != nil {
			r.aside(f.path, "l'archive est abîmée", "the archive is damaged")
		}
	}
	for _, f := range r.files {
		for _, d := range f.retrouve.Demandes {
			for k := range d.Pieces {
				d.Pieces[k].SHA256 = known[d.Pieces[k].Nom]
			}
		}
	}
}

// mostUnpacked bounds what is read of one document.
const mostUnpacked = 1 << 30

func archived(path string, known map[string]string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { _ = z.Close() }()
	for _, e := range z.File {
		content, err := e.Open()
		if err != nil {
			return err
		}
		sum := sha256.New()
		_, err = io.Copy(sum, io.LimitReader(content, mostUnpacked))
		if err = errors.Join(err, content.Close()); err != nil {
			return err
		}
		known[e.Name] = fmt.Sprintf("%x", sum.Sum(nil))
	}
	return nil
}
