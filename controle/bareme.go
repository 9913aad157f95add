package controle

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"guichet/modele"
	"guichet/valeur"
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

// maxTranches bounds what LireBareme reads; maxMontant, in cents, keeps sums over millions of ESMS within 64
// bits.
const (
	maxTranches = 1000
	maxMontant  = 1e9
)

// BaremeError says what is wrong with a barème file, and where.
type BaremeError struct {
	Ligne   int // from 1
	Colonne string
	Trouve  string
	Attendu modele.Texte
}

// Error tells the fault in English.
func (e *BaremeError) Error() string { return e.In(modele.Anglais) }

// In tells the fault in a language.
func (e *BaremeError) In(l modele.Langue) string {
	return fmt.Sprintf(modele.Texte{Fr: "ligne %d, %s : %q trouvé, attendu : %s", En: "line %d, %s: %q found, expected: %s"}.In(l),
		e.Ligne, e.Colonne, e.Trouve, e.Attendu.In(l))
}

// LireBareme reads a CSV file `tranche;esms_min;esms_max;montant_ttc`, one line for each tranche:
// `B;4;4;2920.00`. An empty esms_max means no limit. What is wrong with the file comes as a *BaremeError.
func LireBareme(r io.Reader) (*Bareme, error) {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.TrimLeadingSpace = ';', -1, true
	b := &Bareme{}
	for ligne := 1; ; ligne++ {
		champs, err := c.Read()
		switch {
		case errors.Is(err, io.EOF):
			return b, b.complet(ligne)
		case err != nil:
			return nil, fmt.Errorf("read the barème: %w", err)
		case ligne == 1:
			err = lireEntete(champs)
		case len(b.Tranches) >= maxTranches:
			err = &BaremeError{ligne, enteteBareme[0], champs[0], modele.Texte{Fr: "1000 tranches au plus", En: "1000 tranches at most"}}
		default:
			err = b.ajouter(ligne, champs)
		}
		if err != nil {
			return nil, err
		}
	}
}

func lireEntete(champs []string) error {
	attendu := strings.Join(enteteBareme, ";")
	if trouve := strings.TrimPrefix(strings.Join(champs, ";"), "\ufeff"); trouve != attendu {
		return &BaremeError{1, enteteBareme[0], trouve, modele.Texte{Fr: attendu, En: attendu}}
	}
	return nil
}

// complet refuses a file without tranche, whose next line would be ligne.
func (b *Bareme) complet(ligne int) error {
	if ligne == 1 {
		return lireEntete(nil)
	}
	if len(b.Tranches) == 0 {
		return &BaremeError{ligne, enteteBareme[0], "", modele.Texte{Fr: "au moins une tranche, par exemple B;4;4;2920.00", En: "at least one tranche, such as B;4;4;2920.00"}}
	}
	return nil
}

func (b *Bareme) ajouter(ligne int, champs []string) (err error) {
	if len(champs) != len(enteteBareme) {
		return &BaremeError{ligne, strings.Join(enteteBareme, ";"), strings.Join(champs, ";"), modele.Texte{Fr: "quatre colonnes", En: "four columns"}}
	}
	t := Tranche{Code: champs[0]}
	if t.Min, err = strconv.Atoi(champs[1]); err != nil || t.Min < 1 {
		return &BaremeError{ligne, enteteBareme[1], champs[1], modele.Texte{Fr: "un nombre à partir de 1", En: "a number from 1"}}
	}
	if champs[2] != "" {
		if t.Max, err = strconv.Atoi(champs[2]); err != nil || t.Max < t.Min {
			return &BaremeError{ligne, enteteBareme[2], champs[2], modele.Texte{Fr: "rien, ou un nombre à partir de esms_min", En: "nothing, or a number from esms_min"}}
		}
	}
	var ok bool
	if t.Montant, ok = valeur.Centimes([]byte(champs[3])); !ok || t.Montant <= 0 || t.Montant > maxMontant {
		return &BaremeError{ligne, enteteBareme[3], champs[3], modele.Texte{Fr: "un montant à deux décimales, par exemple 2920.00", En: "an amount with two decimals, such as 2920.00"}}
	}
	b.Tranches = append(b.Tranches, t)
	return nil
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
	registresNonCharges = modele.Texte{
		Fr: "ce qui demande un registre : FINESS ouverts et rattachés à leur OG, ESMS éligibles ou déjà financés, profils référencés, numéros déjà utilisés",
		En: "what takes a register: FINESS open and belonging to their OG, ESMS eligible or already funded, profiles referenced, numbers already used",
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
