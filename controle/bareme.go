package controle

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"guichet/modele"
)

// Bareme is the table of tranches that gives the ceiling of a demande. Only one tranche is public: the
// table is data that the operator loads.
type Bareme struct{ Tranches []Tranche }

// Tranche is the amount, in cents with tax, that each ESMS of an OG of Min to Max ESMS is funded with.
// Max 0 means no limit.
type Tranche struct {
	Code     string
	Min, Max int
	Montant  int64
}

// enteteBareme is the first line of the file.
var enteteBareme = []string{"tranche", "esms_min", "esms_max", "montant_ttc"}

// maxTranches bounds what LireBareme reads.
const maxTranches = 1000

// LireBareme reads a CSV file `tranche;esms_min;esms_max;montant_ttc`, one line for each tranche:
// `B;4;4;2920.00`. An empty esms_max means no limit.
func LireBareme(r io.Reader) (*Bareme, error) {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.TrimLeadingSpace = ';', len(enteteBareme), true
	entete, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("read the first line: %w", err)
	}
	if got := strings.TrimPrefix(strings.Join(entete, ";"), "\ufeff"); got != strings.Join(enteteBareme, ";") {
		return nil, fmt.Errorf("line 1: %q found, %q expected", got, strings.Join(enteteBareme, ";"))
	}
	b := &Bareme{}
	for len(b.Tranches) < maxTranches {
		ligne, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read a tranche: %w", err)
		}
		t, err := lireTranche(ligne)
		if err != nil {
			n, _ := c.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		b.Tranches = append(b.Tranches, t)
	}
	if len(b.Tranches) == 0 {
		return nil, errors.New("no tranche after the first line")
	}
	return b, nil
}

func lireTranche(ligne []string) (t Tranche, err error) {
	t.Code = ligne[0]
	if t.Min, err = strconv.Atoi(ligne[1]); err != nil || t.Min < 1 {
		return t, fmt.Errorf("esms_min: %q found, a number from 1 expected", ligne[1])
	}
	if ligne[2] != "" {
		if t.Max, err = strconv.Atoi(ligne[2]); err != nil || t.Max < t.Min {
			return t, fmt.Errorf("esms_max: %q found, nothing or a number from esms_min expected", ligne[2])
		}
	}
	montant, ok := centimes([]byte(ligne[3]))
	if !ok || montant <= 0 {
		return t, fmt.Errorf("montant_ttc: %q found, an amount such as 2920.00 expected", ligne[3])
	}
	t.Montant = montant
	return t, nil
}

// Plafond returns the ceiling without tax, in cents, of an order for OGs that have at least so many
// ESMS each, all of them ordered; tva is false for a supplier without VAT. The size of an OG is not in
// the file, only how many of its ESMS are ordered: the most favourable tranche that can hold them
// counts, so that an amount over the ceiling is so in every case. It is not known when no tranche fits.
func (b *Bareme) Plafond(tailles []int, tva bool) (cents int64, connu bool) {
	fin, unite := int64(0), int64(0)
	for _, n := range tailles {
		t := b.meilleure(n)
		if t == nil {
			return 0, false
		}
		fin += t.Montant * int64(n)
		unite += horsTaxe(t.Montant) * int64(n)
	}
	if !tva {
		return fin, true
	}
	// §3.1 rounds once, at the end; rounding each unit first can give a cent more, which is accepted.
	return max(horsTaxe(fin), unite), true
}

// horsTaxe divides by 1.2, rounded to the cent, half up.
func horsTaxe(ttc int64) int64 { return (ttc*10 + 6) / 12 }

func (b *Bareme) meilleure(esms int) (choisie *Tranche) {
	for i := range b.Tranches {
		t := &b.Tranches[i]
		if (t.Max == 0 || esms <= t.Max) && (choisie == nil || t.Montant > choisie.Montant) {
			choisie = t
		}
	}
	return choisie
}

// calcul shows how the ceiling of an order comes about: `2 × 2920.00 / 1,2`.
func (b *Bareme) calcul(tailles []int, tva bool) string {
	termes := make([]string, 0, len(tailles))
	for _, n := range tailles {
		if t := b.meilleure(n); t != nil {
			termes = append(termes, strconv.Itoa(n)+" × "+euros(t.Montant))
		}
	}
	somme := strings.Join(termes, " + ")
	switch {
	case !tva:
		return somme
	case len(termes) > 1:
		return "(" + somme + ") / 1,2"
	}
	return somme + " / 1,2"
}

// euros writes cents as JSON amounts are written: 2920.00.
func euros(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// plafond returns the ceiling of the demande that an anomaly is in, and how it comes about.
func (r *Rapport) plafond(a *anomalie) (cents int64, calcul string) {
	for _, c := range r.plan.coherence {
		if p, ok := c.Coherence.(modele.Plafond); ok {
			tailles, _ := compterESMS(r.doc, r.plan, r.demandes[a.rangs[0]].noeud, p)
			tva := string(r.doc.Text(a.autre)) != p.Hors
			cents, _ = r.options.Bareme.Plafond(tailles, tva)
			return cents, r.options.Bareme.calcul(tailles, tva)
		}
	}
	return 0, ""
}

var (
	plafondSansBareme = modele.Texte{
		Fr: "plafond du montant : aucun barème chargé (--bareme FICHIER)",
		En: "ceiling of the amount: no barème loaded (--bareme FILE)",
	}
	plafondNonCouvert = modele.Texte{
		Fr: "plafond du montant : le barème n'a pas de tranche pour certaines commandes",
		En: "ceiling of the amount: the barème has no tranche for some orders",
	}
)

// nonVerifie notes, once, what could not be checked for want of data.
func (w *parcours) nonVerifie(t modele.Texte) {
	for _, n := range w.r.nonVerifie {
		if n == t {
			return
		}
	}
	w.r.nonVerifie = append(w.r.nonVerifie, t)
}
