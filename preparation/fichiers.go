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

// Fichier is one file, checked. It is good until the next one.
type Fichier struct {
	Nom      string // JSON-<numeroAns>-<AAAAMMJJ>-<nnn>.json
	Octets   []byte
	Demandes []Demande // in their order, with their numbers
	// Fautes is what the check found, each at its cell. A file with a blocking one is not to be written.
	Fautes []Faute
}

// Fichiers writes and checks the files of the orders, one at a time in the same memory. It ends at the first
// error: of ctx, of Numero, or of too many files for a day. Faults of the rows (Lot.Fautes) do not keep files
// from being made, so that everything is seen at once: who writes them looks first.
func (l *Lot) Fichiers(ctx context.Context, e Envoi) iter.Seq2[*Fichier, error] {
	return func(yield func(*Fichier, error) bool) {
		f := &fabrique{
			lot: l, envoi: e, ctl: controle.Preparer(l.plan.modele, jsondoc.Limits{}), w: ecrivain{lot: l},
			rang: max(e.Rang, 1), max: l.plan.lignes.Type.Max,
		}
		if err := f.tout(ctx, yield); err != nil {
			yield(nil, err)
		}
	}
}

// fabrique makes files.
type fabrique struct {
	lot   *Lot
	envoi Envoi
	ctl   *controle.Controleur
	w     ecrivain
	rang  int // of the file at hand
	max   int // demandes in a file
	cout  int64
	f     Fichier
}

func (f *fabrique) tout(ctx context.Context, yield func(*Fichier, error) bool) error {
	for i := range f.lot.demandes {
		c := f.lot.commande(int32(i))
		if f.envoi.Garder != nil && !f.envoi.Garder(c) {
			continue
		}
		cout := f.peser(c)
		if n := len(f.f.Demandes); n == f.max && n > 0 || n > 0 && f.envoi.MaxCout > 0 && f.cout+cout > f.envoi.MaxCout {
			if fini, err := f.rendre(ctx, yield); fini || err != nil {
				return err
			}
		}
		f.cout += cout
		if err := f.ajouter(c); err != nil {
			return err
		}
	}
	if len(f.f.Demandes) == 0 {
		return nil
	}
	_, err := f.rendre(ctx, yield)
	return err
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
			return fmt.Errorf("number the order %s: %w", c.Reference, err)
		}
		c.NumeroEditeur = numero
		for i := range c.Documents {
			d := &c.Documents[i]
			d.Nom = f.lot.nomPiece(f.lot.plan.colonneDe(d.Type), *f.lot.ref(f.lot.plan.colonneDe(d.Type), int32(c.Indice)), numero)
		}
	}
	w := &f.w
	w.rang, w.numero, w.items[Commande] = len(f.f.Demandes)+1, c.NumeroEditeur, int32(c.Indice)
	if w.rang == 1 {
		w.b = w.b[:0]
		f.debut()
	} else {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, "\n"+retrait+retrait...)
	w.ecrire(f.lot.plan.ecriture)
	f.f.Demandes = append(f.f.Demandes, c)
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

// rendre closes the file at hand, checks it and gives it to the caller; fini when the caller wants no more.
func (f *fabrique) rendre(ctx context.Context, yield func(*Fichier, error) bool) (fini bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if f.rang > maxRang {
		return false, fmt.Errorf("name the files: %s", texte(regles[regleRang].Message, f.rang, maxRang).En)
	}
	f.w.b = append(f.w.b, "\n"+retrait+"]\n}\n"...)
	f.f.Nom = f.nom()
	f.f.Octets = f.w.b
	f.f.Fautes = f.controler()
	fini = !yield(&f.f, nil)
	f.rang++
	f.cout = 0
	f.f.Demandes = f.f.Demandes[:0]
	return fini, nil
}

func (f *fabrique) nom() string {
	return NomFichier(f.envoi.EnTete[baliseAns], f.envoi.Jour, f.rang)
}

// NomFichier names a file by the norm (§2.1): JSON-<numeroAns>-<AAAAMMJJ>-<nnn>.json.
func NomFichier(numeroAns string, jour time.Time, rang int) string {
	r := strconv.Itoa(rang)
	return "JSON-" + numeroAns + "-" + jour.Format("20060102") + "-" + strings.Repeat("0", max(0, 3-len(r))) + r + ".json"
}

// controler checks the file at hand, and finds the cells of what is wrong.
func (f *fabrique) controler() []Faute {
	o := f.envoi.Controle
	o.Nom = f.f.Nom
	r := f.ctl.Controler(f.f.Octets, o)
	if r.Anomalies() == 0 {
		return nil
	}
	return f.retrouver(r)
}
