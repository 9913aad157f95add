package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"guichet/appariement"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/preparation"
)

// found is the file of a document that a sheet names.
type found struct {
	path    string
	size    int64
	changed int64 // in microseconds since 1970
}

// documentKey tells the documents of an order apart.
type documentKey struct {
	order int // Demande.Indice
	kind  string
}

// findDocuments looks for the documents that the orders name. One that is not there is a fault at its cell.
func (o *preparing) findDocuments(lot *preparation.Lot, c *orders) (all map[documentKey]found, faults []preparation.Faute) {
	all = map[documentKey]found{}
	if o.noPieces {
		return all, nil
	}
	s := &search{preparing: o, lot: lot, taken: map[string]bool{}, shelves: map[string]*shelf{}}
	for d := range lot.Demandes() {
		if !c.keeps(d.Reference()) {
			continue
		}
		for _, doc := range d.Documents() {
			key := documentKey{d.Indice, doc.Type}
			f, err := o.findDocument(doc)
			switch {
			case err == nil:
				all[key], s.taken[f.path] = f, true
			case lost(err):
				s.lost = append(s.lost, lostDocument{key, doc, d.Reference()})
			default:
				faults = append(faults, o.absent(doc, modele.Texte{Fr: o.cause(err), En: o.cause(err)}))
			}
		}
	}
	return all, append(faults, s.loosely(all)...)
}

// findDocument looks for a document under the very path that its cell gives.
func (o *preparing) findDocument(doc preparation.Document) (f found, err error) {
	places := []string{doc.Chemin}
	if !filepath.IsAbs(doc.Chemin) {
		places = places[:0]
		for _, folder := range beside(o.projet, doc.Lieu.Fichier) {
			places = append(places, filepath.Join(folder, filepath.FromSlash(doc.Chemin)))
		}
	}
	err = fs.ErrNotExist
	for _, place := range places {
		f, met := plainFile(place)
		if met == nil {
			return f, nil
		}
		if !lost(met) {
			err = met
		}
	}
	return found{}, err
}

// plainFile is a file that can be a document.
func plainFile(path string) (found, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return found{}, err
	case info.IsDir():
		return found{}, syscall.EISDIR
	case !info.Mode().IsRegular():
		return found{}, errNotPlain
	}
	return found{path, info.Size(), info.ModTime().UnixMicro()}, nil
}

// errNotPlain says that something is no file with bytes in it.
var errNotPlain = errors.New("not a plain file")

// absent is the fault of a document that cannot be had.
func (o *preparing) absent(doc preparation.Document, why modele.Texte) preparation.Faute {
	folder := filepath.ToSlash(near(o.projet.Pieces.Texte))
	return preparation.Faute{
		Lieu: doc.Lieu, Code: appariement.CodeManque, Gravite: modele.Erreur,
		Message: modele.Texte{Fr: doc.Chemin + " : " + why.Fr, En: doc.Chemin + ": " + why.En},
		Aide: modele.Texte{
			Fr: "placez la pièce dans " + folder + ", corrigez le chemin, ou indiquez --pieces DOSSIER",
			En: "put the document in " + folder + ", mend the path, or give --pieces FOLDER",
		},
	}
}

// examine checks the documents of one file by their content.
func (o *preparing) examine(ctx context.Context, f *preparation.Fichier, all map[documentKey]found, step func()) (*appariement.Resultat, []preparation.Faute, error) {
	expected, err := appariement.Lire(o.modele, f.Octets, jsondoc.Limits{})
	if err != nil {
		return nil, nil, err
	}
	documents := make([]*appariement.Document, len(expected.Pieces))
	for i, p := range expected.Pieces {
		if d, ok := all[documentKey{f.Demandes[p.Demande].Indice, p.Type}]; ok {
			documents[i] = &appariement.Document{
				Chemin: filepath.ToSlash(d.path), Relatif: filepath.Base(d.path), Taille: d.size,
				Ouvrir: func() (io.ReadCloser, error) { return os.Open(d.path) },
			}
		}
	}
	r, err := appariement.Examiner(ctx, expected, documents, appariement.Produire, step)
	if err != nil {
		return nil, nil, err
	}
	var faults []preparation.Faute
	r.Chaque(o.langue, func(p *appariement.Piece, d diag.Diagnostic) {
		if f, known := o.documentFault(f, all, p, d); known {
			faults = append(faults, f)
		}
	})
	return r, faults, nil
}

// documentFault tells an anomaly of a document at its cell. One that was not found is told already.
func (o *preparing) documentFault(f *preparation.Fichier, all map[documentKey]found, p *appariement.Piece, d diag.Diagnostic) (fault preparation.Faute, known bool) {
	if p == nil {
		return fault, false
	}
	order := f.Demandes[p.Demande]
	if _, there := all[documentKey{order.Indice, p.Type}]; !there {
		return fault, false
	}
	fault = preparation.Faute{
		Lieu: order.Lieu(), Code: d.Code, Gravite: d.Gravite,
		Message: modele.Texte{Fr: d.Message, En: d.Message}, Aide: modele.Texte{Fr: d.Aide, En: d.Aide},
	}
	for _, doc := range order.Documents() {
		if doc.Type == p.Type {
			fault.Lieu = doc.Lieu
		}
	}
	return fault, true
}
