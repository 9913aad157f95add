package export

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"guichet/modele"
)

// reglesVersion is the version of the JSON form of the rule book: a minor version adds, a major one
// breaks.
const reglesVersion = "1.0"

// ReglesTexte lists the rules of an edition in columns: code, severity, title, tags and source.
func ReglesTexte(m *modele.Modele, regles []modele.Regle, l modele.Langue) []byte {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, cells := range append([][]string{titlesOf(regleColumns, l)}, regleRows(m, regles, 2, l)...) {
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	_ = w.Flush() // a buffer takes all
	return b.Bytes()
}

// ReglesMarkdown lists the rules of an edition as a Markdown page.
func ReglesMarkdown(m *modele.Modele, regles []modele.Regle, l modele.Langue) []byte {
	p := page{l: l}
	p.line("# %s %s, %s %s", modele.Texte{Fr: "Les règles du modèle", En: "The rules of the model"}.In(l), m.Nom,
		modele.Texte{Fr: "édition du", En: "edition"}.In(l), m.Edition)
	p.line(modele.Texte{
		Fr: "%d règles. `guichet explain CODE` donne pour chacune un exemple faux et un exemple juste.",
		En: "%d rules. `guichet explain CODE` gives a wrong and a right example of each.",
	}.In(l), len(regles))
	for _, g := range modele.Gravites {
		var these []modele.Regle
		for _, r := range regles {
			if r.Gravite == g {
				these = append(these, r)
			}
		}
		if len(these) == 0 {
			continue
		}
		p.title(effets[g].titre)
		p.table(regleColumns, regleRows(m, these, 6, l))
	}
	return p.bytes()
}

// ReglesJSON lists the rules of an edition for programs.
func ReglesJSON(m *modele.Modele, regles []modele.Regle, l modele.Langue) []byte {
	tags := tagsByCode(m)
	list := make(array, len(regles))
	for i, r := range regles {
		list[i] = object{
			{"code", text(r.Code)},
			{"gravite", text(r.Gravite.String())},
			{"titre", text(r.Titre.In(l))},
			{"balises", texts(tags[r.Code])},
			{"source", text(sourceOf(r, l))},
			{"message", text(r.Message.In(l))},
			{"aide", text(r.Aide.In(l))},
			{"faux", text(r.Faux)},
			{"juste", text(r.Juste)},
		}
	}
	return indented(object{
		{"format_version", text(reglesVersion)},
		{"modele", text(m.Nom)},
		{"edition", text(m.Edition)},
		{"regles", list},
	})
}

var regleColumns = []modele.Texte{
	{Fr: "Code", En: "Code"}, {Fr: "Gravité", En: "Severity"}, {Fr: "Règle", En: "Rule"},
	{Fr: "Balise", En: "Tag"}, {Fr: "Source", En: "Source"},
}

func regleRows(m *modele.Modele, regles []modele.Regle, most int, l modele.Langue) [][]string {
	tags, all := tagsByCode(m), len(scopedTags(m))
	rows := make([][]string, len(regles))
	for i, r := range regles {
		rows[i] = []string{
			r.Code, effets[r.Gravite].nom.In(l), r.Titre.In(l), fewTags(tags[r.Code], most, all, l), sourceOf(r, l),
		}
	}
	return rows
}

// fewTags names tags, or only counts them when they are more than most.
func fewTags(tags []string, most, all int, l modele.Langue) string {
	switch {
	case len(tags) == 0:
		return modele.Texte{Fr: "le fichier", En: "the file"}.In(l)
	case len(tags) == all:
		return modele.Texte{Fr: "toutes", En: "all"}.In(l)
	case len(tags) > most:
		return fmt.Sprintf(modele.Texte{Fr: "%d balises", En: "%d tags"}.In(l), len(tags))
	}
	return strings.Join(tags, ", ")
}

// sourceOf is the section of a rule: its own, or that of the tag that it is broken at.
func sourceOf(r modele.Regle, l modele.Langue) string {
	if r.Source != "" {
		return r.Source
	}
	return modele.Texte{Fr: "§3.2, bloc de la balise", En: "§3.2, the tag's block"}.In(l)
}

// effets says what a severity is called and what it entails.
var effets = [...]struct{ nom, titre, effet modele.Texte }{
	modele.Info: {
		modele.Texte{Fr: "info", En: "info"}, modele.Texte{Fr: "Remarques", En: "Remarks"},
		modele.Texte{
			Fr: "une simple remarque : les deux contrôles l'acceptent ici, le document source n'en dit rien de certain",
			En: "a mere remark: both controls accept it here, the source document says nothing certain of it",
		},
	},
	modele.Alerte: {
		modele.Texte{Fr: "alerte", En: "warning"}, modele.Texte{Fr: "Alertes", En: "Warnings"},
		modele.Texte{
			Fr: "aucune phrase du document source ne le fait refuser au contrôle ; l'instruction le relèvera peut-être",
			En: "no sentence of the source document has a control refuse it; the instruction may question it",
		},
	},
	modele.Erreur: {
		modele.Texte{Fr: "erreur", En: "error"}, modele.Texte{Fr: "Erreurs", En: "Errors"},
		modele.Texte{Fr: "le second contrôle refuse la demande", En: "the second control refuses the request"},
	},
	modele.Rejet: {
		modele.Texte{Fr: "rejet", En: "rejection"}, modele.Texte{Fr: "Rejets", En: "Rejections"},
		modele.Texte{Fr: "le premier contrôle rejette le fichier entier", En: "the first control rejects the whole file"},
	},
}

// effect says what a rule entails. Those about documents are no part of the two controls: a demande is
// accepted without its documents, and stays incomplete.
func effect(r modele.Regle) modele.Texte {
	if strings.HasPrefix(r.Code, "P") && r.Gravite == modele.Erreur {
		return modele.Texte{
			Fr: "le portail accepte la demande, mais elle reste incomplète : elle ne sera pas instruite",
			En: "the portal accepts the request, but it stays incomplete: it will not be instructed",
		}
	}
	return effets[r.Gravite].effet
}

func titlesOf(columns []modele.Texte, l modele.Langue) []string {
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.In(l)
	}
	return titles
}
