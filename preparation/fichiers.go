package preparation

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"guichet/controle"
	"guichet/jsondoc"
	"guichet/modele"
)

// baliseAns is the tag of the header that the name of a file carries (§2.1).
const baliseAns = "numeroAns"

// maxRang is the last rank that the name of a file can carry.
const maxRang = 999

// Envoi is what the files of a Lot need besides its rows.
type Envoi struct {
	EnTete map[string]string // tags of the header that the supplier fills in: numeroAns, SIRET
	Jour   time.Time         // of the deposit, for the names
	Rang   int               // of the first file in that day, from 1; 0 means 1
	// Numero gives the number of a demande whose row has none. It is called once for each, in the order of the files.
	Numero func(Demande) (string, error)
	// Garder tells which orders are written, nil for all.
	Garder func(Demande) bool
	// Cout is what an order weighs (bytes of its documents); a file is closed before the sum goes over MaxCout. 0 is no limit.
	Cout    func(Demande) int64
	MaxCout int64
	// Controle is what the check of each file knows; the name of the file is filled in.
	Controle controle.Options
}

// Fichier is one file, checked. It is good in the body of the loop. Who wants it for longer exchanges the whole
// value for another, the zero value or one that is done with: the next files are written into its memory.
type Fichier struct {
	Nom      string // JSON-<numeroAns>-<AAAAMMJJ>-<nnn>.json
	Octets   []byte
	Demandes []Demande // in their order, with their numbers
	// Fautes is what the check found, each at its cell. A file with a blocking one is not to be written.
	Fautes []Faute

	places    []place // of Demandes
	variables []variable
}

// Fichiers writes and checks the files of the orders, one at a time in the same memory. It ends at the first
// error: of ctx, of Numero, or of too many files for a day. Faults of the rows (Lot.Fautes) do not keep files
// from being made, so that everything is seen at once: who writes them looks first. Numero, Garder and Cout are
// called between the bodies of the loop, in the order of the orders.
func (l *Lot) Fichiers(ctx context.Context, e Envoi) iter.Seq2[*Fichier, error] {
	return func(yield func(*Fichier, error) bool) {
		f := &fabrique{
			lot: l, envoi: e, ctl: controle.Preparer(l.plan.modele, jsondoc.Limits{}), w: ecrivain{lot: l},
			f: &Fichier{}, libre: &Fichier{}, dites: map[dite]bool{}, rang: max(e.Rang, 1), max: l.plan.lignes.Type.Max,
		}
		if err := f.tout(ctx, yield); err != nil {
			yield(nil, err)
		}
	}
}

// fabrique makes files: while one is written, the one before is checked.
type fabrique struct {
	lot      *Lot
	envoi    Envoi
	ctl      *controle.Controleur
	w        ecrivain
	rang     int // of the file at hand
	max      int // demandes in a file
	cout     int64
	neants   map[Lieu]string // what cells have that were read as nothing; nil before it is asked for
	f        *Fichier        // at hand
	controle chan struct{}   // closed when avant is checked
	avant    *Fichier        // being checked, nil for none
	libre    *Fichier        // memory to write into next
	dites    map[dite]bool   // what was told of constants, which no other file repeats
}

func (f *fabrique) tout(ctx context.Context, yield func(*Fichier, error) bool) error {
	for i := range f.lot.demandes.n {
		c := f.lot.commande(i)
		if f.envoi.Garder != nil && !f.envoi.Garder(c) {
			continue
		}
		cout := f.peser(c)
		if f.plein(len(f.f.Demandes), cout) {
			if fini, err := f.clore(ctx, yield); fini || err != nil {
				return err
			}
		}
		f.cout += cout
		if err := f.ajouter(c); err != nil {
			return f.interrompre(yield, err)
		}
	}
	if len(f.f.Demandes) > 0 {
		if fini, err := f.clore(ctx, yield); fini || err != nil {
			return err
		}
	}
	f.rendre(yield)
	return nil
}

// interrompre gives the file before, which is whole, then the error.
func (f *fabrique) interrompre(yield func(*Fichier, error) bool, err error) error {
	if f.rendre(yield) {
		return nil
	}
	return err
}

// plein tells whether a file of n demandes has no room for one more of that cost.
func (f *fabrique) plein(n int, cout int64) bool {
	return n > 0 && (n == f.max || f.envoi.MaxCout > 0 && f.cout+cout > f.envoi.MaxCout)
}

// Compter tells how many files Fichiers would make of the orders, and how many of them have no number yet.
func (l *Lot) Compter(e Envoi) (fichiers, numeros int) {
	f := &fabrique{lot: l, envoi: e, max: l.plan.lignes.Type.Max}
	n := 0
	for c := range l.Demandes() {
		if e.Garder != nil && !e.Garder(c) {
			continue
		}
		if c.NumeroEditeur == "" {
			numeros++
		}
		cout := f.peser(c)
		if n == 0 || f.plein(n, cout) {
			fichiers++
			n, f.cout = 0, 0
		}
		n++
		f.cout += cout
	}
	return fichiers, numeros
}

func (f *fabrique) peser(c Demande) int64 {
	if f.envoi.Cout == nil {
		return 0
	}
	return f.envoi.Cout(c)
}

// ajouter writes one demande at the end of the file at hand.
func (f *fabrique) ajouter(c Demande) error {
	if c.NumeroEditeur == "" && f.envoi.Numero != nil {
		numero, err := f.envoi.Numero(c)
		if err != nil {
			return fmt.Errorf("number the order %s: %w", c.Reference(), err)
		}
		c.NumeroEditeur = numero
	}
	w := &f.w
	w.rang, w.numero, w.items[Commande] = len(f.f.Demandes)+1, c.NumeroEditeur, c.indice()
	if w.rang == 1 {
		w.b, w.variables = w.b[:0], w.variables[:0]
		f.debut()
	} else {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, "\n"+retrait+retrait...)
	debut := len(w.b)
	w.ecrire(f.lot.plan.ecriture)
	f.f.Demandes, f.f.places = append(f.f.Demandes, c), append(f.f.places, place{debut, len(w.b), len(w.variables)})
	return nil
}

// debut writes the header, up to the array of demandes; §3.2 has it last.
func (f *fabrique) debut() {
	w := &f.w
	w.b = append(w.b, '{')
	for i, c := range f.lot.plan.modele.EnTete {
		w.virgule(i > 0)
		w.b = append(append(append(w.b, "\n"+retrait+`"`...), c.Balise...), `": `...)
		switch valeur, ok := f.envoi.EnTete[c.Balise]; {
		case c.Balise == f.lot.plan.modele.Lignes:
			w.b = append(w.b, '[')
		case ok && c.Type.Genre != modele.Nul:
			w.b = citer(w.b, []byte(valeur))
		default:
			w.b = append(w.b, "null"...)
		}
	}
}

// clore closes the file at hand and has it checked, while the next one is written. It gives the one before to
// the caller; fini when the caller wants no more.
func (f *fabrique) clore(ctx context.Context, yield func(*Fichier, error) bool) (fini bool, err error) {
	if fini = f.rendre(yield); fini {
		return true, nil
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if f.rang > maxRang {
		return false, fmt.Errorf("name the files: %s", texte(regles[regleRang].Message, f.rang, maxRang).En)
	}
	f.w.b = append(f.w.b, "\n"+retrait+"]\n}\n"...)
	f.f.Nom, f.f.Octets, f.f.variables = f.nom(), f.w.b, f.w.variables
	f.avant, f.controle = f.f, make(chan struct{})
	go func(p *Fichier, fini chan struct{}) {
		defer close(fini)
		p.Fautes = f.controler(p)
	}(f.avant, f.controle)
	f.f, f.libre = f.libre, f.avant
	f.f.Demandes, f.f.places = f.f.Demandes[:0], f.f.places[:0]
	f.w.b, f.w.variables = f.f.Octets[:0], f.f.variables[:0]
	f.rang++
	f.cout = 0
	return false, nil
}

// rendre waits for the check of the file before, and gives it to the caller.
func (f *fabrique) rendre(yield func(*Fichier, error) bool) (fini bool) {
	if f.avant == nil {
		return false
	}
	<-f.controle
	p := f.avant
	f.avant = nil
	return !yield(p, nil)
}

func (f *fabrique) nom() string {
	return NomFichier(f.envoi.EnTete[baliseAns], f.envoi.Jour, f.rang)
}

// NomFichier names a file by the norm (§2.1): JSON-<numeroAns>-<AAAAMMJJ>-<nnn>.json.
func NomFichier(numeroAns string, jour time.Time, rang int) string {
	r := strconv.Itoa(rang)
	return "JSON-" + numeroAns + "-" + jour.Format("20060102") + "-" + strings.Repeat("0", max(0, 3-len(r))) + r + ".json"
}

// controler checks a file, and finds the cells of what is wrong.
func (f *fabrique) controler(p *Fichier) []Faute {
	o := f.envoi.Controle
	o.Nom = p.Nom
	r := f.ctl.Controler(p.Octets, o)
	if r.Anomalies() == 0 {
		return nil
	}
	return f.retrouver(p, r)
}
