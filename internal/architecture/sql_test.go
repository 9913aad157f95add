package architecture

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// motsSQL tell a text for a database.
var motsSQL = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|ORDER BY|LIMIT|JOIN|VALUES|CREATE TABLE|DROP|FROM|AND|OR|LIKE|IN|SET) |\b[a-z_]+\.?[a-z_0-9]+ (=|<>|<=?|>=?) `)

// Values go to the databases apart from the texts: what a text of SQL is put together of is ours, each part of it decided on here.
// ASVS 1.2.4: over the source.
func TestTextsOfSQL(t *testing.T) {
	t.Parallel()
	vues := map[string]bool{}
	for _, s := range lesSources(t) {
		if !strings.HasPrefix(s.nom, "internal/portail/") {
			continue
		}
		for _, partie := range partiesSQL(s.File) {
			partie = strings.TrimPrefix(s.nom, "internal/portail/") + " " + partie
			if vues[partie] = true; !slices.Contains(morceaux, partie) {
				t.Errorf("%q is a part of SQL that nobody decided: give a value as an argument ($1), or add to morceaux what no value is", partie)
			}
		}
	}
	for _, m := range morceaux {
		if !vues[m] {
			t.Errorf("%s is a part of no SQL any more", m)
		}
	}
}

// partiesSQL are the parts of texts of SQL that are no constants of the file.
func partiesSQL(f *ast.File) (parties []string) {
	fixes := map[string]bool{}
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				for _, nom := range s.(*ast.ValueSpec).Names {
					fixes[nom.Name] = true
				}
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if parts := sommes(n); n.Op == token.ADD && slices.ContainsFunc(parts, estSQL) {
				for _, p := range parts {
					if _, ok := p.(*ast.BasicLit); !ok && !fixes[types.ExprString(p)] && !estMarque(p) {
						parties = append(parties, types.ExprString(p))
					}
				}
				return false
			}
		case *ast.CallExpr:
			if types.ExprString(n.Fun) == "fmt.Sprintf" && estSQL(n.Args[0]) {
				for _, p := range n.Args[1:] {
					if !estMarque(p) {
						parties = append(parties, types.ExprString(p))
					}
				}
			}
		}
		return true
	})
	return parties
}

// estMarque tells whether a part is the mark of an argument: "$3", as db.Conditions.Arg gives it.
func estMarque(e ast.Expr) bool {
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := c.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Arg"
}

// sommes are the parts of a sum of texts.
func sommes(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return append(sommes(b.X), sommes(b.Y)...)
	}
	return []ast.Expr{e}
}

func estSQL(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && l.Kind == token.STRING && motsSQL.MatchString(l.Value+" ")
}

// morceaux are those parts: conditions that the program writes, places of arguments ($3), names of its own tables and columns.
var morceaux = []string{
	"avis/lien.go colonnes",
	"avis/lister.go colonnes", // of its own table
	"bilan/bilan.go c.Tout()",
	"bilan/bilan.go decision.Abandonnee", // of this program's own tables
	"bilan/bilan.go decision.Retiree",
	"bilan/chiffrer.go conditions.Tout()",
	"compte/identite.go lesChoix",
	`compte/identite.go valide("$2")`,
	"compte/valide.go instant",
	`compte/valide.go valide("$3")`,
	"compte/valide.go verrou",
	"comptabilite/arreter.go s.Base.Dialecte.Verrou",
	"comptabilite/solder.go arretees.Tout()",
	"comptabilite/lister.go dans",
	"comptabilite/lister.go c.Tout()",
	"comptabilite/solder.go depuis.Tout()",
	"comptabilite/solder.go par", // of its own tables
	"db/contenu.go nom",
	"db/famille.go f.Enfants.colonnes()",
	"db/famille.go f.Parents.deTableaux()",
	`db/famille.go strings.Join(noms, ", ")`,
	`db/famille.go strings.Join(noms[1:], ", ")`,
	`db/famille.go strings.Join(tableaux, ", ")`,
	"db/insertion.go i.Fin",
	"db/insertion.go i.Table",
	"db/insertion.go i.colonnes()",
	`db/insertion.go strings.Join(append(fixes, "u.*"), ", ")`,
	`db/insertion.go strings.Join(noms, ", ")`,
	`db/insertion.go strings.Join(tableaux, ", ")`,
	`db/insertion.go strings.Repeat(", " + une, n - 1)`,
	"db/insertion.go une",
	"db/plier.go colonne",
	"db/plier.go table", // those of the step of the schema
	"contradictoire/lire.go verrou", `contradictoire/lire.go s.Base.Dialecte.VerrouDe("d")`, "contradictoire/lire.go c.Tout()",
	"contradictoire/trancher.go quoi",
	"decision/retrait.go colonnes",
	"instruction/retenir.go quoi",
	"decision/decider.go colonnes",
	"decision/decider.go quoi",
	"decision/decision.go s.Base.Dialecte.Verrou",
	`depot/reclamants.go strings.Join(marques, ", ")`,
	"depot/reclamants.go strconv.Itoa(len(args))",
	"depot/enregistrer.go colonnes",
	"depot/enregistrer.go s.base.Dialecte.Verrou",
	"depot/esms_chercher.go place",
	"depot/savoir.go quota.Gardes",
	`depot/esms_chercher.go strings.Join(valeurs, ", ")`,
	`depot/esms_chercher.go vivante("e.place")`,
	`depot/esms_chercher.go vivante("v.column2")`,
	"depot/utilises.go marques(3, len(debuts))",
	"enrolement/brouillon.go lesquels",
	"enrolement/brouillon.go table",
	"enrolement/decision.go s.Base.Dialecte.Verrou",
	"enrolement/fournisseur.go colonnes",
	"enrolement/fournisseur.go verrou",
	"enrolement/liste.go colonnes",
	"instruction/alertes.go c.Tout()",
	`instruction/alertes.go strings.Join(valeurs, ", ")`,
	"instruction/confier.go colonnes",
	"instruction/confier.go depuis",
	"instruction/file.go c.Tout()",
	"instruction/file.go c.texte(t)",
	"instruction/file.go colonne",
	"instruction/file.go colonnes",
	"instruction/file.go f.Tri.ordre()",
	`instruction/file.go fmt.Sprintf("1 OFFSET %d) x", maxParcours - 1)`,
	"instruction/file.go parcours",
	"instruction/file.go reste.Tout()",
	"instruction/file.go sens",
	"instruction/file.go c.de",
	`instruction/file.go strings.ReplaceAll(t.ordre(), "x.", c.par + ".")`,
	"courrier/lire.go c.Tout()",
	"lettre/recues.go c.Tout()",
	"lettre/recues.go decision.Abandonnee",
	"journal/effacer.go d.Verrou",
	"journal/integrer.go a.Base.Dialecte.Verrou",
	"journal/lecture.go rangees", "journal/preuve.go colonnes", "journal/releve.go colonnes", // of its own tables
	"lettre/modeles.go s.Base.Dialecte.Verrou",
	"instruction/instruction.go verrou",
	"pieces/attendues.go verrou",
	"pieces/lecture.go condition",
	"lot/lot.go c.Tout()",
	"lot/mener.go colonnes",
	"suivi/corrections.go reel",
	"suivi/corrections.go s.Base.Dialecte.Verrou",
	"suivi/changer.go len(args)",
	"suivi/changer.go len(args) - 1",
	`suivi/changer.go s.Base.Dialecte.VerrouDe("d")`,
	`suivi/changer.go strings.Join(paires, " OR ")`,
	"suivi/demande.go ordre",
	"suivi/demande.go texte",
	"suivi/echeance.go e",
	"suivi/fils.go c",
	"suivi/fils.go c.Tout()",
	"suivi/fils.go condition",
	"suivi/fils.go cote(estAgence(i))",
	"suivi/liste.go n",
	"suivi/liste.go r.ordre()",
	"suivi/liste.go r.Tout()",
	"suivi/messages.go cote(!agence)",
	"suivi/messages.go cote(agence)",
	"suivi/messages.go s.Base.Dialecte.Verrou",
	"suivi/recherche.go c.Tout()",
	"suivi/recherche.go maxParcours",
	"suivi/recherche.go motif",
	"suivi/recherche.go r.cote()",
	"suivi/recherche.go r.inverse()",
	"suivi/recherche.go r.nommes(c)",
	"suivi/recherche.go r.ordre()",
	"suivi/recherche.go r.Tout()",
	`suivi/recherche.go strings.Join(marques, ", ")`,
	"traces/traces.go c.Tout()",
}
