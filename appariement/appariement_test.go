package appariement_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"guichet/appariement"
	"guichet/controle"
	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// The file of three demandes that the tests compare with: the third one has a proof of the HT regime.
var fichier = corpus.Fichier(corpus.Forme{Demandes: 3, OGs: 1, ESMS: 1, Indente: true})

// noms lists the documents that the file names.
var noms = func() []string {
	var all []string
	for _, p := range attendues(fichier).Pieces {
		all = append(all, p.Nom)
	}
	return all
}()

func attendues(octets []byte) *appariement.Attendues {
	a, err := appariement.Lire(ms1dui.Courante(), octets, jsondoc.Limits{})
	if err != nil {
		panic(err)
	}
	return a
}

// bon is a folder of all documents that the file names.
func bon() fstest.MapFS {
	folder := fstest.MapFS{}
	for _, nom := range noms {
		folder[nom] = &fstest.MapFile{Data: corpus.PDF(600)}
	}
	return folder
}

func archiver(t *testing.T, folder fstest.MapFS) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := errors.Join(z.AddFS(folder), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// comparer compares and returns the report, in French.
func comparer(t *testing.T, lot *appariement.Lot, csv string) (*appariement.Resultat, diag.Fichier) {
	t.Helper()
	o := appariement.Options{}
	if csv != "" {
		var err error
		if o.Correspondance, err = appariement.LireCorrespondance(strings.NewReader(csv)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := appariement.Comparer(t.Context(), attendues(fichier), lot, o)
	if err != nil {
		t.Fatal(err)
	}
	f := controle.Controler(ms1dui.Courante(), fichier, controle.Options{}).Fichier(modele.Francais)
	r.Completer(&f, modele.Francais)
	return r, f
}

func codes(f diag.Fichier) (all []string) {
	for _, d := range anomalies(f) {
		all = append(all, d.Code)
	}
	return all
}

// anomalies lists those on documents and archives.
func anomalies(f diag.Fichier) (all []diag.Diagnostic) {
	all = slices.Clone(f.Structure)
	for _, d := range f.Demandes {
		all = append(all, d.Anomalies...)
	}
	return slices.DeleteFunc(all, func(d diag.Diagnostic) bool { return !strings.HasPrefix(d.Code, "P") })
}

func lot(t *testing.T, folder fstest.MapFS, archives ...[]byte) *appariement.Lot {
	t.Helper()
	l := &appariement.Lot{Limites: appariement.Produire}
	if folder != nil {
		if err := l.AjouterDossier(t.Context(), "pieces", folder); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range archives {
		if err := l.AjouterArchive(fmt.Sprintf("%d.zip", i+1), bytes.NewReader(a), int64(len(a))); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func TestAllIsThere(t *testing.T) {
	t.Parallel()
	if len(noms) != 4 {
		t.Fatalf("the file names %v", noms)
	}
	for nom, l := range map[string]*appariement.Lot{
		"folder": lot(t, bon()), "archive": lot(t, nil, archiver(t, bon())),
	} {
		r, f := comparer(t, l, "")
		if !r.Valide() || len(r.Paires) != 4 || len(codes(f)) > 0 {
			t.Errorf("%s: %d pairs, %v", nom, len(r.Paires), codes(f))
		}
		for i, p := range r.Paires {
			if p.Piece.Nom != noms[i] || p.Taille != int64(len(corpus.PDF(600))) {
				t.Errorf("%s: pair %d is %+v", nom, i, p)
			}
		}
	}
}

// TestRegles has one wrong folder or archive for each rule on documents.
func TestRegles(t *testing.T) {
	t.Parallel()
	premier, autre := noms[0], noms[1]
	plus := func(nom string, octets []byte) func(fstest.MapFS) {
		return func(m fstest.MapFS) { m[nom] = &fstest.MapFile{Data: octets} }
	}
	pdf := corpus.PDF(600)
	grand := corpus.PNG(4, 4)
	copy(grand[16:], "\x00\x00\x4e\x20\x00\x00\x4e\x20") // 20,000 × 20,000
	binary.BigEndian.PutUint32(grand[29:], crc32.ChecksumIEEE(grand[12:29]))
	for _, c := range []struct {
		code, dit string
		change    func(fstest.MapFS)
		csv       string
		archive   bool
	}{
		{"P801", premier + " n'est pas parmi les documents", func(m fstest.MapFS) { delete(m, premier) }, "", false},
		{"P802", "pieces/note.docx n'est la pièce d'aucune demande : son nom n'est pas de la forme MS1-DUI-Va1-<BDC|HT>", plus("note.docx", pdf), "", false},
		{"P802", "la demande 00001 n'a pas de pièce PREUVE_HT", plus("MS1-DUI-Va1-HT-00001.pdf", pdf), "", false},
		{"P802", "aucune demande n'a le numeroEditeur ZZZZZ", plus("MS1-DUI-Va1-BDC-ZZZZZ.pdf", pdf), "", false},
		{"P803", "pieces/signe/" + premier + " et pieces/" + premier + " sont tous deux la pièce", plus("signe/"+premier, pdf), "", false},
		{"P803", "1.zip/signe/" + premier + " et", plus("signe/"+premier, pdf), "", true},
		{"P804", "le nom attendu est " + premier, func(m fstest.MapFS) { m[strings.ToUpper(premier)] = m[premier]; delete(m, premier) }, "", true},
		{"P802", "pieces/bons/x.txt n'est", plus("bons/x.txt", pdf), "", false},
		{"P805", "ligne 3, absent.pdf : ce fichier n'est pas dans le dossier", plus("x.txt", pdf), "fichier;numeroEditeur;typeFichier\n\nabsent.pdf;00001;BDC\n" + "x.txt;00001;BDC\n" + premier + ";00001;BDC\n", false},
		{"P806", "ligne 2 : pieces/Été 1.PDF est pris pour été 1.pdf", func(m fstest.MapFS) { m["Été 1.PDF"] = m[premier]; delete(m, premier) }, "fichier;numeroEditeur;typeFichier\nété 1.pdf;00001;BDC\n", false},
		{"P807", "ligne 2 : bon.pdf peut désigner pieces/BON.pdf ou pieces/Bon.pdf", func(m fstest.MapFS) { m["Bon.pdf"], m["BON.pdf"] = m[premier], m[premier] }, "fichier;numeroEditeur;typeFichier\nbon.pdf;00001;BDC\n", false},
		{"P811", "pèse 3,1\u00a0Mo, 3\u00a0Mo au plus", plus(premier, corpus.PDF(3_100_000)), "", false},
		{"P811", "pèse 3\u00a0000\u00a0001\u00a0octets, 3\u00a0000\u00a0000\u00a0octets au plus", plus(premier, make([]byte, 3_000_001)), "", true},
		{"P812", "est d'un format inconnu : ni un PDF, ni un PNG, ni un JPG, quel que soit son nom", plus(premier, []byte("Bon de commande")), "", false},
		{"P813", "est un PNG, PDF attendu par formatFichier", plus(premier, corpus.PNG(9, 9)), "", false},
		{"P814", "est vide ou coupé", plus(premier, pdf[:len(pdf)-60]), "", false},
		{"P814", "est vide ou coupé", plus(autre, nil), "", false},
		{"P815", "sa structure de PDF", plus(premier, bytes.Replace(pdf, []byte("xref"), []byte("xxxx"), 1)), "", false},
		{"P816", "mot de passe ou des droits", plus(premier, bytes.Replace(pdf, []byte("/Root"), []byte("/Encrypt 9 0 R /Root"), 1)), "", false},
		{"P817", "a 400\u00a0000\u00a0000 pixels, 100\u00a0000\u00a0000 au plus", plus(premier, grand), "", false},
	} {
		t.Run(c.code+" "+c.dit, func(t *testing.T) {
			t.Parallel()
			folder := bon()
			c.change(folder)
			l := lot(t, folder)
			if c.archive {
				l = lot(t, nil, archiver(t, folder))
			}
			r, f := comparer(t, l, c.csv)
			all := anomalies(f)
			if r.Valide() != (c.code == "P806") {
				t.Fatalf("found %v", codes(f))
			}
			i := slices.IndexFunc(all, func(d diag.Diagnostic) bool { return d.Code == c.code })
			if i < 0 || c.code != "P805" && c.code != "P807" && len(all) > 1 {
				t.Fatalf("found %v", codes(f))
			}
			if !strings.Contains(all[i].Message, c.dit) || strings.ContainsAny(all[i].Message+all[i].Aide, "{}") {
				t.Errorf("%q, %q do not say %q", all[i].Message, all[i].Aide, c.dit)
			}
		})
	}
}
