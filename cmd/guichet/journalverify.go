package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/reglages"
	"guichet/internal/portail/traces"
	"guichet/modele"
)

// journalKeyPlace is where the key of the journal is.
func (p *program) journalKeyPlace(r reglages.Reglages) string {
	return filepath.Join(r.Texte("donnees"), journal.FichierCle)
}

// verifyJournal reads the journal again, says what it found; findings when there is anything.
func (p *program) verifyJournal(ctx context.Context, b *db.Base, r reglages.Reglages, anchors, keys []string) error {
	key, err := journal.LireCle(p.journalKeyPlace(r))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // without one: those that are given
		return p.unreadable(err)
	}
	if _, err := os.Stat(r.Texte("ancres")); err == nil {
		anchors = append([]string{r.Texte("ancres")}, anchors...)
	}
	var kept []journal.Ancre
	for _, name := range anchors {
		read, err := journal.LireAncres(name)
		if err != nil {
			return p.errorf("l'ancre %s ne se lit pas : %s", "the anchor %s cannot be read: %s", name, p.cause(err))
		}
		kept = append(kept, read...)
	}
	found, err := journal.Verifier(ctx, b.Lire(), key.Verifieurs(keys...), kept...)
	if err != nil {
		return p.unreadable(err)
	}
	silent, err := traces.SansJournal(ctx, b.Lire())
	if err != nil {
		return p.unreadable(err)
	}
	if err := p.emitBytes("", []byte(p.journalReport(found, silent))); err != nil {
		return err
	}
	if found.Intact() && len(silent) == 0 {
		return nil
	}
	p.say("comparez avec une sauvegarde ou un export plus ancien ; une ancre qui tient dit que tout ce qui la précède est tel qu'il fut écrit",
		"compare with an earlier backup or export; an anchor that holds says that all before it is as it was written")
	return findings
}

// journalReport has one line for each finding, then what was read.
func (p *program) journalReport(found *journal.Bilan, silent []traces.Chaine) string {
	var lines strings.Builder
	begin := p.t("Journal : ", "Journal: ")
	for _, c := range found.Constats {
		fmt.Fprintln(&lines, begin+shown(c.In(p.langue)))
	}
	if found.Autres > 0 {
		fmt.Fprintln(&lines, begin+p.t("et ", "and ")+ecrit.Autres(found.Autres).In(p.langue))
	}
	for _, c := range silent {
		fmt.Fprintln(&lines, begin+shown(c.Nommer(p.langue))+p.t(" : rien n'est noté, pas même son enrôlement", ": nothing is noted, not even its enrolment"))
	}
	state := p.t("intact", "intact")
	if !found.Intact() || len(silent) > 0 {
		state = p.t("rompu", "broken")
	}
	fmt.Fprintln(&lines, begin+state+p.counted(found))
	return lines.String()
}

// counted says how much of what was read.
func (p *program) counted(found *journal.Bilan) (text string) {
	for _, x := range []struct {
		n            int64
		always       bool
		one, several modele.Texte
	}{
		{found.Taille, true, modele.Texte{Fr: "entrée", En: "entry"}, modele.Texte{Fr: "entrées", En: "entries"}},
		{found.Attente, false, modele.Texte{Fr: "en attente de sa place", En: "waiting for its place"}, modele.Texte{Fr: "en attente de leur place", En: "waiting for their places"}},
		{found.Effacees, false, modele.Texte{Fr: "aux détails effacés", En: "with erased details"}, modele.Texte{Fr: "aux détails effacés", En: "with erased details"}},
		{found.Anciennes, false, modele.Texte{Fr: "ligne de chaînes d'avant", En: "row of earlier chains"}, modele.Texte{Fr: "lignes de chaînes d'avant", En: "rows of earlier chains"}},
		{int64(found.Ancres), false, modele.Texte{Fr: "ancre tenue", En: "anchor that holds"}, modele.Texte{Fr: "ancres tenues", En: "anchors that hold"}},
	} {
		if x.always || x.n > 0 {
			text += ", " + ecrit.Compter(x.n, x.one, x.several).In(p.langue)
		}
	}
	return text
}
