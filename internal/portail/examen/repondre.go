package examen

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"guichet/appariement"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
	"guichet/valeur"
)

// Repondre is the child process: it limits itself and gives up what it does not need, then examines the file that it was
// given.
func Repondre(entree io.Reader, sortie io.Writer) error {
	if err := limiter(maxCPU, maxMemoire); err != nil {
		return fmt.Errorf("limit the examination: %w", err)
	}
	f, err := confie()
	if err != nil {
		return err
	}
	if err := enfermer(); err != nil {
		return err
	}
	return repondre(entree, sortie, f)
}

func repondre(entree io.Reader, sortie io.Writer, f io.ReaderAt) error {
	var q Question
	if err := json.NewDecoder(entree).Decode(&q); err != nil {
		return fmt.Errorf("read the question: %w", err)
	}
	if q.Epreuve {
		return tenter(sortie)
	}
	m := ms1dui.Edition(q.Edition)
	if m == nil {
		return fmt.Errorf("this program does not know the edition %q", q.Edition)
	}
	attendues, err := appariement.Lire(m, q.Demandes, jsondoc.Limits{MaxBytes: len(q.Demandes), MaxValues: 2 << 20})
	if err != nil {
		return fmt.Errorf("read the demandes: %w", err)
	}
	resultat, err := comparer(attendues, &q, f)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(sortie, 256<<10)
	e := &ecrivain{w: w, attendues: attendues}
	if err := e.tout(resultat); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return e.lireTextes(resultat, q.Demandes)
}

func comparer(attendues *appariement.Attendues, q *Question, f io.ReaderAt) (*appariement.Resultat, error) {
	if q.Pour != nil {
		return comparerUn(attendues, q, f)
	}
	lot := &appariement.Lot{Limites: appariement.Accepter}
	if err := ajouter(lot, q, f); err != nil {
		return nil, err
	}
	return appariement.Comparer(sansFin, attendues, lot, appariement.Options{})
}

// comparerUn examines the one document whose place was told: it goes by the name that is expected there.
func comparerUn(attendues *appariement.Attendues, q *Question, f io.ReaderAt) (*appariement.Resultat, error) {
	if q.Pour.Piece < 0 || q.Pour.Piece >= len(attendues.Pieces) {
		return nil, fmt.Errorf("there is no expected document %d", q.Pour.Piece)
	}
	d := document(q, f)
	if q.Pour.Entree != "" {
		lot := &appariement.Lot{Limites: appariement.Accepter}
		if err := lot.AjouterArchive(q.Nom, f, q.Taille); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(lot.Documents, func(d appariement.Document) bool { return d.Relatif == q.Pour.Entree })
		if i < 0 {
			return nil, fmt.Errorf("the archive has no document of that name any more: %q", q.Pour.Entree)
		}
		d = lot.Documents[i]
	}
	d.Relatif = attendues.Pieces[q.Pour.Piece].Nom
	trouves := make([]*appariement.Document, len(attendues.Pieces))
	trouves[q.Pour.Piece] = &d
	return appariement.Examiner(sansFin, attendues, trouves, appariement.Accepter, nil)
}

// document is the file itself.
func document(q *Question, f io.ReaderAt) appariement.Document {
	return appariement.Document{
		Chemin: q.Nom, Relatif: q.Nom, Taille: q.Taille, Archive: true,
		Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(f, 0, q.Taille)), nil },
	}
}

// ajouter adds an archive, or a single document: what is no .zip is judged as a document.
func ajouter(lot *appariement.Lot, q *Question, f io.ReaderAt) error {
	var tete [4]byte
	n, err := f.ReadAt(tete[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if strings.EqualFold(path.Ext(q.Nom), ".zip") || strings.HasPrefix(string(tete[:n]), "PK") {
		err := lot.AjouterArchive(q.Nom, f, q.Taille)
		lot.Documents = slices.DeleteFunc(lot.Documents, residu)
		return err
	}
	lot.Documents = append(lot.Documents, document(q, f))
	return nil
}

// residu tells what systems leave in archives beside what people put there.
func residu(d appariement.Document) bool {
	nom := path.Base(d.Relatif)
	return strings.HasPrefix(d.Relatif, "__MACOSX/") || strings.HasPrefix(nom, ".") || strings.EqualFold(nom, "thumbs.db") || strings.EqualFold(nom, "desktop.ini")
}

// The rules whose meaning differs here: what is missing may come later, and a document must bear its name.
const (
	codeManque = "P801"
	codeDouble = "P803"
	codeNom    = "P804"
)

type ecrivain struct {
	w         *bufio.Writer
	attendues *appariement.Attendues
	ecrites   int
	omises    int
}

func (e *ecrivain) tout(r *appariement.Resultat) error {
	malNommees := map[int]bool{}
	for _, c := range r.Constats() {
		if c.Code == codeManque {
			continue
		}
		malNommees[c.Piece] = malNommees[c.Piece] || c.Code == codeNom
		if err := e.constat(&c); err != nil {
			return err
		}
	}
	for i := range r.Paires {
		p := &r.Paires[i]
		rang := e.rang(&p.Piece)
		if malNommees[rang] {
			continue
		}
		if err := e.bonne(rang, p); err != nil {
			return err
		}
	}
	return e.ligne(Reponse{Genre: Fin, Piece: -1, Omises: e.omises})
}

func (e *ecrivain) rang(p *appariement.Piece) int {
	for i := range e.attendues.Pieces {
		if e.attendues.Pieces[i] == *p {
			return i
		}
	}
	return -1
}

func (e *ecrivain) constat(c *appariement.Constat) error {
	if e.ecrites == maxReponses {
		e.omises++
		return nil
	}
	e.ecrites++
	l := Reponse{Genre: Mauvaise, Piece: c.Piece, Nom: c.Document, Code: c.Code, Message: c.Message, Aide: c.Aide}
	switch {
	case c.Piece < 0 && strings.HasPrefix(c.Code, "P9"):
		l.Genre = Fermee
	case c.Piece < 0:
		l.Genre, l.Proche = Ecartee, e.proche(path.Base(c.Document))
	case c.Code == codeNom || c.Code == codeDouble:
		l.Genre, l.Proche = Ecartee, e.attendues.Pieces[c.Piece].Nom
	}
	return e.ligne(l)
}

// maxProches is for how many documents the nearest name is looked for: each is compared with 400.
const maxProches = 500

func (e *ecrivain) proche(nom string) string {
	if e.ecrites > maxProches {
		return ""
	}
	noms := make([]string, len(e.attendues.Pieces))
	for i := range noms {
		noms[i] = e.attendues.Pieces[i].Nom
	}
	return valeur.Proche(nom, noms)
}

// bonne writes a document that can be accepted: its line, then its bytes.
func (e *ecrivain) bonne(rang int, p *appariement.Paire) (err error) {
	if err := e.ligne(Reponse{Genre: Bonne, Piece: rang, Nom: p.Document.Relatif, Format: p.Piece.Format, Taille: p.Taille}); err != nil {
		return err
	}
	r, err := p.Document.Ouvrir()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	_, err = io.CopyN(e.w, r, p.Taille)
	return err
}

func (e *ecrivain) ligne(l Reponse) error {
	b, err := json.Marshal(l)
	if err == nil {
		_, err = e.w.Write(append(b, '\n'))
	}
	return err
}
