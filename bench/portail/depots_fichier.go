package main

import (
	"bytes"
	"fmt"
	"time"

	"guichet/controle"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// demandesOfFile is how many demandes each file has: the most that one may have.
const demandesOfFile = 200

// depositFile is the file of one client, whose numbers change from one deposit to the next.
type depositFile struct {
	file   []byte
	places []int // of the three characters that tell one file's numbers from another's
}

// mark stands in the template for these characters: no file of the corpus has it.
const mark = "##0"

func siret(i int) string     { return fmt.Sprintf("%014d", 100008+i) }
func numeroAns(i int) string { return fmt.Sprintf("ANS%07d", i+1) }
func fileName(i int) string {
	return fmt.Sprintf("JSON-%s-%s-001.json", numeroAns(i), time.Now().Format("20060102"))
}

// The ESMS of deposited files are others than those of files that are controlled alone: nobody has claimed them.
const (
	esmsDeposited = 500_000
	esmsAlone     = 600_000
)

// newDeposit makes the nth file of a client, whose ESMS begin at a number.
func newDeposit(client, n, esms int) *depositFile {
	f := corpus.Fichier(corpus.Forme{Demandes: demandesOfFile, OGs: 1, ESMS: 2, Indente: true})
	f = bytes.ReplaceAll(f, []byte("    "), []byte(" "))
	f = bytes.Replace(f, []byte(siret(0)), []byte(siret(client)), 1)
	f = bytes.Replace(f, []byte(numeroAns(0)), []byte(numeroAns(client)), 1)
	for i := range 2 * demandesOfFile {
		f = bytes.ReplaceAll(f, []byte(corpus.Finess(500_000+i)), []byte(corpus.Finess(esms+400*client+i+1_000)))
	}
	for _, before := range []string{`"numeroEditeur": "`, `BDC-`, `-HT-`} {
		f = bytes.ReplaceAll(f, []byte(before+"000"), []byte(before+mark))
	}
	d := &depositFile{file: f}
	for from := 0; ; {
		at := bytes.Index(f[from:], []byte(mark))
		if at < 0 {
			break
		}
		d.places = append(d.places, from+at)
		from += at + len(mark)
	}
	d.number(n)
	return d
}

// number gives the file the numbers of the nth one.
func (d *depositFile) number(n int) {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	three := [3]byte{digits[n/1296%36], digits[n/36%36], digits[n%36]}
	for _, at := range d.places {
		copy(d.file[at:], three[:])
	}
}

// controlAlone controls a file with the library, once for each client at a time.
func controlAlone() func(client int) error {
	var controllers [clients]*controle.Controleur
	var files [clients]*depositFile
	for i := range controllers {
		controllers[i] = controle.Preparer(ms1dui.Courante(), jsondoc.Limits{MaxBytes: 20 << 20, MaxValues: 2 << 20})
		files[i] = newDeposit(i, 0, esmsAlone)
	}
	return func(i int) error {
		r := controllers[i].Controler(files[i].file, controle.Options{Nom: fileName(i), Aujourdhui: time.Now(), NumeroAns: numeroAns(i), SIRET: siret(i)})
		if r.Verdict != "accepte" {
			return fmt.Errorf("the control says %q", r.Verdict)
		}
		return nil
	}
}
