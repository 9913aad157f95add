package main

import (
	"errors"
	"path/filepath"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/modele"
)

// tellChanges tells how the table and what was written differ, and what to do.
func (o *preparing) tellChanges(t *told, r *outcome) {
	c := r.changes
	o.tellChanged(t, c)
	for _, d := range c.gone {
		t.line(o.t("\nCommande %s : n'est plus dans le tableau, et reste dans %s (%s, %s)", "\nOrder %s: no longer in the table, and still in %s (%s, %s)"),
			shown(d.Reference), shown(d.Fichier), d.Numero, stateIn(d.Etat, o.langue))
		o.help(t, o.goneHelp(d))
	}
	for _, f := range c.edited {
		t.line(o.t("\n%s a été modifié depuis sa préparation : ce qui serait déposé n'est plus ce que le carnet retient", "\n%s has been changed since it was made: what would be deposited is not what the ledger has"), o.at(f))
		o.help(t, modele.Texte{
			Fr: "remettez le fichier d'origine ; ou corrigez le tableau, puis guichet annuler " + f.Nom + " et guichet prepare",
			En: "bring the original file back; or mend the table, then guichet annuler " + f.Nom + " and guichet prepare",
		})
	}
	for _, f := range c.away[:min(len(c.away), maxTold)] {
		t.line(o.t("\n%s n'est plus là. S'il est déposé : guichet carnet deposer %s ; sinon : guichet annuler %[2]s, puis guichet prepare",
			"\n%s is no longer there. If it is deposited: guichet carnet deposer %s; else: guichet annuler %[2]s, then guichet prepare"), o.at(f), f.Nom)
	}
	for _, name := range c.otherTags {
		t.line(o.t("\n%s a été préparé avec d'autres noms ou places de balises que le tableau d'à présent (ajustements) : ses valeurs sont comparées", "\n%s was made with other names or places of tags than the table has now (adjustments): its values are compared"), shown(name))
		o.help(t, modele.Texte{
			Fr: "s'il n'est pas déposé et que le portail attend les balises d'à présent : guichet annuler " + name + ", puis guichet prepare",
			En: "if it is not deposited and the portal expects the tags of now: guichet annuler " + name + ", then guichet prepare",
		})
	}
	if c.unscanned > 0 {
		t.line(o.t("\nPièces de commandes déjà préparées qui ne sont plus à leur place, donc non comparées : %d", "\nDocuments of orders prepared before that are no longer in their place, and not compared: %d"), c.unscanned)
	}
}

// at writes the place of a file as a person in this folder would.
func (o *preparing) at(f carnet.Attendu) string { return shown(filepath.ToSlash(near(f.Chemin()))) }

var nounChanged = diag.Noun{
	One:     modele.Texte{Fr: "commande déjà préparée a changé dans le tableau", En: "order prepared before has changed in the table"},
	Several: modele.Texte{Fr: "commandes déjà préparées ont changé dans le tableau", En: "orders prepared before have changed in the table"},
}

func (o *preparing) tellChanged(t *told, c *changes) {
	if len(c.orders) == 0 {
		return
	}
	t.line("\n%s", nounChanged.Count(len(c.orders), o.langue))
	helps, last := map[string]bool{}, []modele.Texte(nil)
	for _, d := range c.orders[:min(len(c.orders), maxTold)] {
		t.line(o.t("  Commande %s (%s, %s, %s)", "  Order %s (%s, %s, %s)"), shown(d.was.Reference), d.was.Numero, stateIn(d.was.Etat, o.langue), shown(d.was.Fichier))
		for _, v := range d.values {
			t.line("    %s", shown(v.In(o.langue)))
		}
		if len(d.values) == 0 {
			t.line("    %s", o.lost(d).In(o.langue))
		}
		if help := o.changedHelp(d); !d.redone && !helps[help.Fr] {
			helps[help.Fr], last = true, append(last, help)
		}
	}
	t.more(len(c.orders))
	for _, help := range last {
		o.help(t, help)
	}
}

func (o *preparing) help(t *told, what modele.Texte) {
	t.line("  = %s%s", o.t("aide : ", "help: "), shown(what.In(o.langue)))
}

// lost says why the former values of an order cannot be told.
func (o *preparing) lost(d changed) modele.Texte {
	switch name := shown(d.was.Fichier); {
	case errors.Is(d.lost, carnet.ErrDisparu):
		return modele.Texte{Fr: "ses anciennes valeurs ne peuvent être dites : " + name + " n'est plus là", En: "its former values cannot be told: " + name + " is no longer there"}
	case errors.Is(d.lost, carnet.ErrModifie):
		return modele.Texte{Fr: "ses anciennes valeurs ne peuvent être dites : " + name + " a été modifié", En: "its former values cannot be told: " + name + " has been changed"}
	}
	return modele.Texte{Fr: "ses anciennes valeurs ne peuvent être lues dans " + shown(d.was.Fichier), En: "its former values cannot be read in " + shown(d.was.Fichier)}
}

// changedHelp says what can be done about an order that has changed, by how far it is.
func (o *preparing) changedHelp(d changed) modele.Texte {
	switch {
	case d.was.Etat == carnet.Preparee && o.again:
		return modele.Texte{
			Fr: d.was.Fichier + " ne peut être refait en partie (déposé, disparu ou modifié) : guichet annuler " + d.was.Fichier + ", puis guichet prepare",
			En: d.was.Fichier + " cannot be made anew in part (deposited, gone or changed): guichet annuler " + d.was.Fichier + ", then guichet prepare",
		}
	case d.was.Etat == carnet.Preparee:
		return modele.Texte{
			Fr: "ce qui est préparé a encore les anciennes valeurs : guichet prepare --refaire le remplace ; si le fichier est déposé, dites-le d'abord : guichet carnet deposer " + d.was.Fichier,
			En: "what is prepared still has the former values: guichet prepare --refaire replaces it; if the file is deposited, say so first: guichet carnet deposer " + d.was.Fichier,
		}
	case d.was.Etat.Attend():
		return modele.Texte{
			Fr: "déjà déposée : attendez le retour. Rejetée, elle repartira avec les nouvelles valeurs par guichet prepare ; acceptée, demandez à l'agence de la retirer",
			En: "deposited already: wait for the answer. If rejected, it leaves again with the new values by guichet prepare; if accepted, ask the agency to withdraw it",
		}
	}
	return modele.Texte{
		Fr: "le portail l'a déjà acceptée : demandez à l'agence de la retirer ou de la corriger, ou remettez les anciennes valeurs dans le tableau",
		En: "the portal has accepted it already: ask the agency to withdraw or mend it, or put the former values back in the table",
	}
}

func (o *preparing) goneHelp(d carnet.Connue) modele.Texte {
	if d.Etat == carnet.Preparee {
		return modele.Texte{
			Fr: "si elle ne doit plus partir : guichet annuler " + d.Numero + " ; sinon, remettez ses lignes",
			En: "if it is not to leave any more: guichet annuler " + d.Numero + "; else put its rows back",
		}
	}
	return modele.Texte{
		Fr: "elle est déjà déposée : si elle ne doit plus l'être, demandez à l'agence de la retirer ; sinon, remettez ses lignes",
		En: "it is deposited already: if it should not be, ask the agency to withdraw it; else put its rows back",
	}
}

// tellRedone tells what --refaire set aside, and where the demandes are that were in the same file.
func (o *preparing) tellRedone(t *told, r *outcome) {
	for i := range r.changes.redo {
		if f := &r.changes.redo[i]; f.name != "" || o.dryRun || f.kept() == 0 {
			o.tellAsideFile(t, f, o.dryRun)
		}
	}
}

// tellAsideFile tells of one file that is set aside, or would be.
func (p *program) tellAsideFile(t *told, f *rest, only bool) {
	place := shown(filepath.ToSlash(near(filepath.Join(f.file.Dossier, carnet.DossierEcartes))))
	names := shown(f.file.Nom)
	for _, a := range f.file.Archives {
		names += ", " + shown(a.Nom)
	}
	if only {
		t.line(p.t("serait mis de côté, à ne pas déposer : %s → %s", "would be set aside, not to be deposited: %s → %s"), names, place)
	} else {
		t.line(p.t("mis de côté, à ne pas déposer : %s → %s", "set aside, not to be deposited: %s → %s"), names, place)
	}
	switch {
	case f.kept() > 0 && only:
		t.line(p.t("  le reste (%s) irait dans un autre fichier, sous les mêmes numéros", "  the rest (%s) would go to another file, under the same numbers"), diag.NounDemande.Count(f.kept(), p.langue))
	case f.kept() > 0:
		t.line(p.t("  le reste (%s) est dans %s, à déposer, sous les mêmes numéros", "  the rest (%s) is in %s, to be deposited, under the same numbers"), diag.NounDemande.Count(f.kept(), p.langue), shown(f.name))
	}
}

// stateIn is the word of a state for people.
func stateIn(e carnet.Etat, l modele.Langue) string {
	if w, known := states[e]; known {
		return w.In(l)
	}
	return string(e)
}
