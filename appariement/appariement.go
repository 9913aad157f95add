// Package appariement matches the documents of a folder or of .zip files with the demandes of a JSON file
// (§2.1, §3.3): which one is missing, which one nobody asked for, and which one cannot be deposited. What
// it finds joins the report of the two controls.
package appariement

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"

	"guichet/archive"
	"guichet/modele"
	"guichet/piece"
)

// Paire is a document and a place of the file that names it.
type Paire struct {
	Piece    Piece
	Document *Document
	Taille   int64
	CRC      uint32 // CRC-32 of the bytes that were checked
	SHA256   string // of the same bytes, in hexadecimal
}

// Resultat is what a comparison found. Paires stand in the order of the JSON file.
type Resultat struct {
	Paires    []Paire
	attendues *Attendues
	limites   Limites
	anomalies []anomalie
	omises    int
	// nonVerifie lists archives that were not opened: what is in them is not known.
	nonVerifie []modele.Texte
}

// anomalie is a rule that a document breaks, or an archive.
type anomalie struct {
	numero   numero
	piece    int // index in Attendues.Pieces, -1 for none
	document string
	detail   modele.Texte
	faire    modele.Texte // in place of the help of its rule; "" for that one
	nombre   int64
}

// maxAnomalies bounds what is kept of one file; the rest is only counted.
const maxAnomalies = 20_000

func (r *Resultat) signaler(a anomalie) {
	if len(r.anomalies) >= maxAnomalies {
		r.omises++
		return
	}
	r.anomalies = append(r.anomalies, a)
}

// Options are the choices of a comparison.
type Options struct {
	Correspondance *Correspondance // nil: documents are known by their names
	Fait           func()          // called after each document, may be nil
}

// Comparer matches the documents of a Lot with those that a file names, and examines each that is asked for.
// Only reading errors of the system are errors; all else is in the Resultat.
func Comparer(ctx context.Context, a *Attendues, l *Lot, o Options) (*Resultat, error) {
	r := &Resultat{attendues: a, limites: l.Limites}
	for _, refus := range l.refus {
		r.refuser(refus)
	}
	trouves := r.attribuer(l, o.Correspondance)
	manques := len(l.refus) == 0 // else one may be in an archive that was not opened
	return r, r.examiner(ctx, trouves, manques, o.Fait)
}

// Examiner examines the documents that are known already: trouves[i] is that of a.Pieces[i], nil for one that is
// missing. Only reading errors of the system are errors; all else is in the Resultat.
func Examiner(ctx context.Context, a *Attendues, trouves []*Document, l Limites, fait func()) (*Resultat, error) {
	r := &Resultat{attendues: a, limites: l}
	return r, r.examiner(ctx, trouves, true, fait)
}

func (r *Resultat) examiner(ctx context.Context, trouves []*Document, manques bool, fait func()) error {
	e := examen{r: r, limites: r.limites.Documents}
	for i, d := range trouves {
		if err := ctx.Err(); err != nil {
			return err
		}
		if d == nil {
			if manques {
				r.signaler(anomalie{numero: regleManque, piece: i})
			}
			continue
		}
		if err := e.examiner(i, d); err != nil {
			return &ErreurLecture{d.Chemin, err}
		}
		if fait != nil {
			fait()
		}
	}
	return nil
}

// examen examines documents one after another in the same memory.
type examen struct {
	r       *Resultat
	limites piece.Limites
	octets  []byte
}

func (e *examen) examiner(i int, d *Document) error {
	p := &e.r.attendues.Pieces[i]
	if d.Taille > e.limites.MaxOctets {
		e.r.signaler(anomalie{numero: regleLourd, piece: i, document: d.Chemin, nombre: d.Taille})
		return nil
	}
	octets, err := e.lire(d)
	var refus *archive.Faute
	if errors.As(err, &refus) {
		e.r.signaler(anomalie{numero: reglesArchive[refus.Defaut], piece: i, document: d.Chemin, nombre: refus.Nombre})
		return nil
	}
	if err != nil {
		return err
	}
	genre, faute := piece.Examiner(octets, e.limites)
	a := anomalie{piece: i, document: d.Chemin, detail: modele.Texte{Fr: genre.String(), En: genre.String()}}
	nature, autre := dedans(octets)
	switch {
	case autre && (faute == nil || faute.Defaut != piece.TropLourd):
		a.numero, a.detail, a.faire = regleInconnu, nature.Nom, nature.Faire
		e.r.signaler(a)
		return nil
	case faute != nil:
		a.numero, a.nombre = reglesPiece[faute.Defaut], faute.Nombre
		if faute.Defaut == piece.Inconnu {
			a.detail = modele.Texte{Fr: "d'un format inconnu", En: "of an unknown format"}
		}
		e.r.signaler(a)
		return nil
	case p.Format != genre.String():
		a.numero = regleFormat
		e.r.signaler(a)
		return nil
	}
	sha := sha256.Sum256(octets)
	e.r.Paires = append(e.r.Paires, Paire{
		Piece: *p, Document: d, Taille: int64(len(octets)), CRC: crc32.ChecksumIEEE(octets), SHA256: hex.EncodeToString(sha[:]),
	})
	return nil
}

// lire reads a document, at most one byte more than one may have.
func (e *examen) lire(d *Document) (octets []byte, err error) {
	r, err := d.Ouvrir()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if e.octets == nil {
		e.octets = make([]byte, e.limites.MaxOctets+1)
	}
	n, err := io.ReadFull(r, e.octets)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return e.octets[:n], err
}

// refuser reports an archive that was not opened.
func (r *Resultat) refuser(f refus) {
	nom := f.nom
	if f.faute.Entree != "" {
		nom += "/" + f.faute.Entree
	}
	r.signaler(anomalie{numero: reglesArchive[f.faute.Defaut], piece: -1, document: nom, nombre: f.faute.Nombre})
	r.nonVerifie = append(r.nonVerifie, modele.Texte{
		Fr: fmt.Sprintf("pièces manquantes : l'archive %s n'a pas été ouverte", f.nom),
		En: fmt.Sprintf("missing documents: the archive %s was not opened", f.nom),
	})
}

// ErreurLecture says which document the system does not let be read.
type ErreurLecture struct {
	Chemin string
	Err    error
}

// Error tells it to developers.
func (e *ErreurLecture) Error() string { return "read " + e.Chemin + ": " + e.Err.Error() }

// Unwrap returns the system's error.
func (e *ErreurLecture) Unwrap() error { return e.Err }

// ErrTropDeFichiers says that a folder has more files than are looked at.
var ErrTropDeFichiers = fmt.Errorf("more than %d files: %w", maxDocuments, fs.ErrInvalid)
