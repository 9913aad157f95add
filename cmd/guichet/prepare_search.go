package main

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"guichet/appariement"
	"guichet/modele"
	"guichet/preparation"
)

// search looks for the documents that are not where their cells say, under names that are nearly theirs.
type search struct {
	*preparing
	lot     *preparation.Lot
	lost    []lostDocument
	taken   map[string]bool   // paths of documents that were found at once
	shelves map[string]*shelf // by the folder of a sheet
}

type lostDocument struct {
	documentKey
	doc   preparation.Document
	order string
}

// shelf is what stands in the folder of the documents and beside a sheet.
type shelf struct {
	files *appariement.Repertoire
	whole bool // all files are in it
}

// lost tells whether an error means that there is nothing under a path.
func lost(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrInvalid)
}

// maxProposing bounds the documents that names are proposed for: each is compared with all files.
const maxProposing = 50

// loosely finds what it can; the rest are faults at their cells.
func (s *search) loosely(all map[documentKey]found) (faults []preparation.Faute) {
	for i, l := range s.lost {
		shelf := s.shelf(filepath.Dir(l.doc.Lieu.Fichier))
		seen := shelf.files.Chercher(s.inside(l.doc))
		switch {
		case len(seen.Fichiers) == 1 && shelf.whole:
			f, err := plainFile(seen.Fichiers[0])
			if err != nil {
				faults = append(faults, s.absent(l.doc, modele.Texte{Fr: s.cause(err), En: s.cause(err)}))
				continue
			}
			all[l.documentKey] = f
			if why := loosened(seen); why.Fr != "" {
				if fault, refused := s.lot.Retrouver(l.doc, shortPath(f.path), why); refused {
					faults = append(faults, fault)
				}
			}
		case len(seen.Fichiers) > 1:
			faults = append(faults, ambiguous(l.doc, seen.Fichiers))
		default:
			why := modele.Texte{Fr: "introuvable", En: "not found"}
			if i < maxProposing {
				near := shelf.files.Proches(l.doc.Chemin, []string{l.order}, 3, func(file string) bool { return s.taken[file] })
				why.Fr += proposed(near, "le plus proche : ", "les plus proches : ", " ; ", "« %s »")
				why.En += proposed(near, "nearest: ", "nearest: ", "; ", `"%s"`)
			}
			s.lot.Introuvable(l.doc)
			faults = append(faults, s.absent(l.doc, why))
		}
	}
	return faults
}

// inside is the path of a document from the folder of the documents, where it is given from the root of the disk.
func (s *search) inside(doc preparation.Document) string {
	if !filepath.IsAbs(doc.Chemin) {
		return doc.Chemin
	}
	for _, folder := range beside(s.projet, doc.Lieu.Fichier) {
		if whole, err := filepath.Abs(folder); err == nil {
			if relative, err := filepath.Rel(whole, doc.Chemin); err == nil && filepath.IsLocal(relative) {
				return relative
			}
		}
	}
	return doc.Chemin
}

// maxShelf bounds the files that are looked at beside a sheet.
const maxShelf = 20_000

func (s *search) shelf(folder string) *shelf {
	if known := s.shelves[folder]; known != nil {
		return known
	}
	sh := &shelf{files: &appariement.Repertoire{}, whole: true}
	s.shelves[folder] = sh
	seen, met := 0, map[string]bool{} // met: a link leads to files that stand elsewhere, too
	for _, root := range slices.Compact([]string{s.projet.Pieces.Texte, folder}) {
		root, err := filepath.Abs(root)
		if err != nil {
			continue
		}
		start := root
		if target, err := filepath.EvalSymlinks(root); err == nil { // a walk does not follow the link that it begins at
			start = target
		}
		// No error comes out: each is met inside.
		_ = filepath.WalkDir(start, func(path string, d fs.DirEntry, err error) error {
			if seen++; seen > maxShelf {
				sh.whole = false
				return filepath.SkipAll
			}
			switch {
			case err != nil: // what a folder that cannot be read has may be the one, or a second one
				sh.whole = sh.whole && errors.Is(err, fs.ErrNotExist)
				return nil
			case d.IsDir() && path != start && strings.HasPrefix(d.Name(), "."):
				return filepath.SkipDir
			case d.IsDir() || !s.isDocument(path) || met[path]:
				return nil
			}
			met[path] = true
			if relative, err := filepath.Rel(start, path); err == nil {
				sh.files.Ajouter(filepath.Join(root, relative), filepath.ToSlash(relative))
			}
			return nil
		})
	}
	return sh
}

// isDocument tells whether a file has one of the extensions that documents have.
func (s *search) isDocument(path string) bool {
	ext := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(filepath.Ext(path), ".")))
	return ext == "jpeg" || slices.Contains(slices.Collect(maps.Values(s.modele.Pieces.Formats)), ext)
}

// loosened says how the name of a file differs from the one in the cell; nothing when it does not.
func loosened(t appariement.Trouvaille) (why modele.Texte) {
	switch t.Precision {
	case appariement.Ecriture:
		why = modele.Texte{Fr: "accents, espaces ou signes écrits autrement dans le nom du fichier", En: "accents, blanks or signs written otherwise in the name of the file"}
	case appariement.Casse:
		why = modele.Texte{Fr: "majuscules et minuscules du nom du fichier", En: "upper and lower case of the name of the file"}
	case appariement.Extension:
		why = modele.Texte{Fr: "extension .jpg ou .jpeg du fichier", En: "extension .jpg or .jpeg of the file"}
	}
	if t.SousDossier {
		below := modele.Texte{Fr: "fichier trouvé dans un sous-dossier", En: "file found in a folder below"}
		if why.Fr == "" {
			return below
		}
		return modele.Texte{Fr: why.Fr + ", " + below.Fr, En: why.En + ", " + below.En}
	}
	return why
}

// ambiguous is the fault of a document that several files may be.
func ambiguous(doc preparation.Document, files []string) preparation.Faute {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = shortPath(f)
	}
	slices.Sort(names)
	return preparation.Faute{
		Lieu: doc.Lieu, Code: appariement.CodeAmbigu, Gravite: modele.Erreur,
		Message: modele.Texte{
			Fr: doc.Chemin + " : plusieurs fichiers ont presque ce nom, on ne sait lequel prendre : « " + strings.Join(names, " », « ") + " »",
			En: doc.Chemin + `: several files have nearly this name, which one to take is not known: "` + strings.Join(names, `", "`) + `"`,
		},
		Aide: modele.Texte{
			Fr: "recopiez dans la cellule le nom exact du bon fichier, avec son dossier, ou retirez l'autre",
			En: "copy the exact name of the right file to the cell, with its folder, or take the other one away",
		},
	}
}

// proposed lists names at the end of a message.
func proposed(files []string, one, several, before, quotes string) string {
	if len(files) == 0 {
		return ""
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.Replace(quotes, "%s", shortPath(f), 1)
	}
	if len(names) > 1 {
		one = several
	}
	return before + one + strings.Join(names, ", ")
}

// shortPath writes a path as a person in this folder would, with slashes.
func shortPath(path string) string { return filepath.ToSlash(near(path)) }

// shared tells of documents that serve twice: their bytes were seen before in this run.
func (w *making) shared(f *preparation.Fichier, r *appariement.Resultat) {
	if w.seen == nil {
		w.seen = map[string]documentKey{}
	}
	for _, p := range r.Paires {
		key := documentKey{f.Demandes[p.Piece.Demande].Indice, p.Piece.Type}
		first, again := w.seen[p.SHA256]
		switch {
		case !again:
			w.seen[p.SHA256] = key
		case first.kind != key.kind || w.result.lot.Propre(key.kind):
			order, other := w.result.lot.Demande(key.order), w.result.lot.Demande(first.order)
			w.result.fault(preparation.Partagee(documentOf(order, key.kind), documentOf(other, first.kind), other.Reference()))
		}
	}
}

func documentOf(order preparation.Demande, kind string) (doc preparation.Document) {
	for _, doc := range order.Documents() {
		if doc.Type == kind {
			return doc
		}
	}
	return doc
}
