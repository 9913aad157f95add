package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/vbauerster/mpb/v8/cwriter"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/modele"
)

// terminalWidth returns how wide the terminal is, 0 when there is none.
func terminalWidth(stream any, isTerminal func(any) bool) int {
	if !isTerminal(stream) {
		return 0
	}
	if f, ok := stream.(*os.File); ok {
		if width, _, err := cwriter.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// euros writes an amount as the language does: 2 920,00 €.
func euros(cents int64, l modele.Langue) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole, rest := diag.Number(int(cents/100), l), fmt.Sprintf("%02d", cents%100)
	if l == modele.Anglais {
		return sign + "€" + whole + "." + rest
	}
	return sign + whole + "," + rest + "\u00a0€"
}

// suiviBlock is how many rows are aligned together: a ledger may have many.
const suiviBlock = 1_000

// text writes a table, then the totals.
func (v *suiviView) text(w io.Writer, width int) error {
	head := []string{v.t("numéro", "number"), v.t("état", "state"), v.t("montant", "amount"), v.t("référence", "reference"), v.t("fichier", "file"), "numeroASP", v.t("libellé", "wording")}
	t := grid{right: 2, width: width, rows: [][]string{head}}
	v.none = true
	for s, err := range v.ledger.Demandes(v.ctx, v.filtre) {
		if err != nil {
			return fmt.Errorf("read the ledger: %w", err)
		}
		v.none = false
		state := v.state(s.Etat)
		if s.RemplaceePar != "" {
			state += " → " + s.RemplaceePar
		}
		t.rows = append(t.rows, []string{s.Numero, state, euros(s.Montant, v.langue), s.Reference, s.Fichier, s.NumeroASP, strings.TrimSpace(s.Code + " " + s.Libelle)})
		if len(t.rows) > suiviBlock {
			if err := t.flush(w); err != nil {
				return err
			}
		}
	}
	if v.none {
		return nil
	}
	if err := t.flush(w); err != nil {
		return err
	}
	return v.totals(w, width)
}

// state is the word of a state for people. The other formats keep to the ledger's.
func (p *program) state(e carnet.Etat) string {
	return stateIn(e, p.langue)
}

var states = map[carnet.Etat]modele.Texte{
	carnet.Preparee:    {Fr: "préparée", En: "prepared"},
	carnet.Deposee:     {Fr: "déposée", En: "deposited"},
	carnet.SansReponse: {Fr: "sans réponse", En: "no answer"},
	carnet.Acceptee:    {Fr: "acceptée", En: "accepted"},
	carnet.Rejetee:     {Fr: "rejetée", En: "rejected"},
	carnet.Remplacee:   {Fr: "remplacée", En: "replaced"},
	carnet.Annulee:     {Fr: "annulée", En: "cancelled"},
}

// stateNamed is the state that a word of either language names; another word may be one of the portal's.
func stateNamed(word string) carnet.Etat {
	for e, w := range states {
		if w.En == word {
			return e
		}
	}
	return carnet.Etat(word)
}

// totals writes count and euros of each state, with bars at a terminal.
func (v *suiviView) totals(w io.Writer, width int) error {
	totals, err := v.ledger.Totaux(v.ctx, v.filtre)
	if err != nil {
		return fmt.Errorf("add up the ledger: %w", err)
	}
	var sum carnet.Total
	var most int64
	counted := 0 // the others come after the total
	for _, t := range totals {
		if !t.Etat.Compte() {
			continue
		}
		sum.Demandes, sum.Montant = sum.Demandes+t.Demandes, sum.Montant+t.Montant
		most = max(most, t.Montant)
		counted++
	}
	sum.Etat = "total"
	table := grid{right: 2, width: width, rows: [][]string{{""}}}
	for _, t := range slices.Insert(totals, counted, sum) {
		state := v.state(t.Etat)
		if !t.Etat.Compte() {
			state += v.t(" (hors total)", " (not in the total)")
			most = max(most, t.Montant)
		}
		row := []string{state, demandeNoun.Count(t.Demandes, v.langue), euros(t.Montant, v.langue)}
		if width > 0 && t.Etat != sum.Etat {
			row = append(row, bar(t.Montant, most))
		}
		table.rows = append(table.rows, row)
	}
	return table.flush(w)
}

var demandeNoun = diag.Noun{
	One:     modele.Texte{Fr: "demande", En: "request"},
	Several: modele.Texte{Fr: "demandes", En: "requests"},
}

const barLength = 30

// bar draws an amount beside the largest one, at least a sign when it is not zero.
func bar(amount, most int64) string {
	if amount <= 0 || most <= 0 {
		return ""
	}
	return strings.Repeat("█", max(1, int(amount*barLength/most)))
}

// detail writes one demande and its history.
func (v *suiviView) detail(w io.Writer) error {
	v.none = true
	for s, err := range v.ledger.Demandes(v.ctx, v.filtre) {
		if err != nil {
			return fmt.Errorf("read the ledger: %w", err)
		}
		v.none = false
		if err := v.demande(w, s); err != nil {
			return err
		}
	}
	return nil
}

func (v *suiviView) demande(w io.Writer, s carnet.Suivie) error {
	ogs, esms := finessOf(s)
	t := grid{right: -1, rows: [][]string{
		{"numeroEditeur", s.Numero}, {v.t("état", "state"), v.state(s.Etat)}, {v.t("montant HT", "amount without tax"), euros(s.Montant, v.langue) + " (" + s.Regime + ")"},
		{v.t("référence", "reference"), s.Reference}, {v.t("fichier", "file"), fmt.Sprintf("%s, numLigne %d", s.Fichier, s.NumLigne)},
		{"OG", strings.Join(ogs, " ")}, {"ESMS", strings.Join(esms, " ")}, {"impId", s.ImpID}, {"numeroASP", s.NumeroASP},
		{v.t("traitement", "treatment"), strings.TrimSpace(s.Code + " " + s.Libelle)}, {v.t("remplace", "replaces"), s.Remplace}, {v.t("remplacée par", "replaced by"), s.RemplaceePar},
	}}
	for _, d := range s.Pieces {
		t.rows = append(t.rows, []string{v.t("pièce", "document"), d.Nom + " ← " + d.Chemin})
	}
	events, err := v.ledger.Histoire(v.ctx, s.Numero)
	if err != nil {
		return fmt.Errorf("read the history: %w", err)
	}
	t.rows = append(t.rows, []string{""})
	for _, e := range events {
		t.rows = append(t.rows, []string{e.Instant.In(v.now().Location()).Format(v.t("02/01/2006 15:04", time.DateOnly+" 15:04")), v.event(e)})
	}
	kept := t.rows[:0]
	for _, r := range t.rows {
		if len(r) == 1 || r[1] != "" {
			kept = append(kept, r)
		}
	}
	t.rows = kept
	return t.flush(w)
}

// eventTexts says what happened.
var eventTexts = map[carnet.Genre]modele.Texte{
	carnet.GenrePrepare:       {Fr: "préparée dans {fichier}", En: "prepared in {fichier}"},
	carnet.GenreDepot:         {Fr: "{fichier} déposé, dites-vous", En: "{fichier} deposited, as you said"},
	carnet.GenreEtat:          {Fr: "le portail dit : {texte}", En: "the portal says: {texte}"},
	carnet.GenreRetour:        {Fr: "le portail dit aussi : {texte}", En: "the portal also says: {texte}"},
	carnet.GenreRemplacement:  {Fr: "remplacée par {texte}", En: "replaced by {texte}"},
	carnet.GenreAnnulation:    {Fr: "annulée avant d'être déposée", En: "cancelled before it was deposited"},
	carnet.GenreDeplacement:   {Fr: "vient de {texte}, mis de côté", En: "comes from {texte}, which was set aside"},
	carnet.GenreContradiction: {Fr: "un retour plus ancien dit autre chose, état gardé : {texte}", En: "an older answer says something else, state kept: {texte}"},
	carnet.GenreEcart:         {Fr: "sa reprise {texte} est mise de côté : à nouveau rejetée", En: "its retry {texte} is set aside: rejected again"},
	carnet.GenreRevirement:    {Fr: "réponse changée, comme demandé : {texte}", En: "answer changed, as asked: {texte}"},
	carnet.GenreAbsent:        {Fr: "{fichier} n'était plus à sa place après une interruption", En: "{fichier} was no longer in its place after an interruption"},
}

func (v *suiviView) event(e carnet.Evenement) string {
	text, known := eventTexts[e.Genre]
	if !known {
		return string(e.Genre) + " " + e.Texte
	}
	return strings.NewReplacer("{fichier}", e.Fichier, "{texte}", e.Texte).Replace(text.In(v.langue))
}

// grid writes rows in columns.
type grid struct {
	right int // the column that is aligned to the right; -1 for none
	width int // rows are cut to it; 0 for no limit
	rows  [][]string
}

// flush writes the rows, and keeps none.
func (g *grid) flush(w io.Writer) error {
	widths := map[int]int{}
	for _, row := range g.rows {
		for i := range row {
			row[i] = shown(row[i])
			widths[i] = max(widths[i], runewidth.StringWidth(row[i]))
		}
	}
	for _, row := range g.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
			if i == g.right {
				line.WriteString(pad + cell + "  ")
			} else {
				line.WriteString(cell + pad + "  ")
			}
		}
		text := strings.TrimRight(line.String(), " ")
		if g.width > 0 {
			text = runewidth.Truncate(text, g.width, "…")
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	}
	g.rows = g.rows[:0]
	return nil
}
