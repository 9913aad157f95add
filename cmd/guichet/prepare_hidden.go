package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/diag"
	"guichet/internal/gabarit"
	"guichet/internal/projet"
	"guichet/modele"
)

var (
	nounLigneMasquee   = diag.Noun{One: modele.Texte{Fr: "ligne masquée", En: "hidden row"}, Several: modele.Texte{Fr: "lignes masquées", En: "hidden rows"}}
	nounFeuilleMasquee = diag.Noun{One: modele.Texte{Fr: "feuille masquée", En: "hidden sheet"}, Several: modele.Texte{Fr: "feuilles masquées", En: "hidden sheets"}}
)

// hiddenSheet is a book with the names of its hidden sheets.
type hiddenSheet struct {
	file  string
	names []string
}

// hidden lists the hidden sheets of the sources.
func (s *sheets) hidden() (list []hiddenSheet) {
	for _, b := range s.books {
		names := slices.DeleteFunc(slices.Clone(b.Masquees), gabarit.Annexe)
		if len(names) > 0 {
			list = append(list, hiddenSheet{b.Chemin, names})
		}
	}
	return list
}

// tellHidden says what the spreadsheets do not show, one line for each sheet, and what became of it.
func (o *preparing) tellHidden(t *told, r *outcome) {
	read := func(v projet.Valeur, flag string) string {
		if v.Texte == projet.Lire {
			return fmt.Sprintf(o.t("à préparer comme les autres (sinon --%s laisser)", "to be prepared as the others (else --%s laisser)"), flag)
		}
		return fmt.Sprintf(o.t("de côté (sinon --%s lire)", "left aside (else --%s lire)"), flag)
	}
	for _, m := range r.lot.Masquees {
		t.line("%s%s%s (%s), %s", shown(m.Lieu.In(o.langue)), o.t(" : ", ": "), nounLigneMasquee.Count(len(m.Lignes), o.langue), ranges(m.Lignes), read(o.projet.LignesMasquees, "lignes-masquees"))
	}
	for _, h := range r.hidden {
		t.line("%s%s%s (%s), %s", shown(h.file), o.t(" : ", ": "), nounFeuilleMasquee.Count(len(h.names), o.langue), shown(strings.Join(h.names, ", ")), read(o.projet.FeuillesMasquees, "feuilles-masquees"))
	}
}

// ranges shortens row numbers: 3, 5 to 9, 12.
func ranges(rows []int) string {
	const most = 10
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		part := strconv.Itoa(rows[i])
		if j > i {
			part += "-" + strconv.Itoa(rows[j])
		}
		if parts = append(parts, part); len(parts) == most && j+1 < len(rows) {
			return strings.Join(parts, ", ") + ", …"
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
