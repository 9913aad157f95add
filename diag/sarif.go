package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"

	"guichet/modele"
)

// WriteSARIF writes the report in SARIF 2.1.0, for code scanning services and editors.
func WriteSARIF(w io.Writer, r *Rapport, o Options) error {
	run := sarifRun{
		Tool: sarifTool{Driver: sarifDriver{
			Name: "Guichet", Version: o.Outil, Rules: sarifRules(o),
		}},
		Language:   modele.Texte{Fr: "fr", En: "en"}.In(o.Langue),
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range o.Regles {
		index[rule.Code] = i
	}
	for occ := range r.All() {
		run.Results = append(run.Results, newSARIFResult(occ, index, o.Langue))
	}
	return encode(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func sarifRules(o Options) []sarifRule {
	rules := make([]sarifRule, len(o.Regles))
	for i, r := range o.Regles {
		titre := r.Titre.In(o.Langue)
		rules[i] = sarifRule{
			ID: r.Code, Name: titre, ShortDescription: sarifText{titre},
			FullDescription:      sarifText{brackets.Replace(r.Message.In(o.Langue))},
			Help:                 sarifText{ruleHelp(r, o.Langue)},
			DefaultConfiguration: sarifConfiguration{sarifLevel(r.Gravite)},
		}
	}
	return rules
}

// brackets shows the placeholders of a message template: braces have a meaning of their own in SARIF (§3.11.5).
var brackets = strings.NewReplacer("{", "[", "}", "]")

// ruleHelp joins what to do, a wrong and a right example, and the section of the norm.
func ruleHelp(r modele.Regle, l modele.Langue) string {
	lines := []string{brackets.Replace(capital(r.Aide.In(l)))}
	for _, x := range []struct {
		name modele.Texte
		text string
	}{
		{modele.Texte{Fr: "Faux", En: "Wrong"}, r.Faux},
		{modele.Texte{Fr: "Juste", En: "Right"}, r.Juste},
		{modele.Texte{Fr: "Source", En: "Source"}, r.Source},
	} {
		if x.text != "" {
			lines = append(lines, x.name.In(l)+colon(l)+x.text)
		}
	}
	return strings.Join(lines, "\n")
}

// sarifLogicals names the tag of an anomaly; what concerns the whole file has none.
func sarifLogicals(o Occurrence) []sarifLogical {
	if o.Balise == "" && o.Pointeur == "" {
		return nil
	}
	return []sarifLogical{{Name: o.Balise, FullyQualifiedName: o.Pointeur}}
}

func newSARIFResult(o Occurrence, index map[string]int, l modele.Langue) sarifResult {
	result := sarifResult{
		RuleID: o.Code, Level: sarifLevel(o.Gravite), Message: sarifText{o.sentence(l)},
		Locations: []sarifLocation{{
			PhysicalLocation: sarifPlace(o.Fichier.Fichier, o.Ligne, o.Colonne, o.Longueur),
			LogicalLocations: sarifLogicals(o),
		}},
		PartialFingerprints: map[string]string{"codePointeurValeur/v1": o.fingerprint()},
		Fixes:               sarifFixes(o),
		Properties:          sarifProperties{Premiere: o.Premiere, Source: o.Source, Correction: doubtful(o.Correction)},
	}
	if i, known := index[o.Code]; known {
		result.RuleIndex = &i
	}
	if a := o.Autre; a != nil {
		result.RelatedLocations = []sarifLocation{{
			PhysicalLocation: sarifPlace(o.Fichier.Fichier, a.Ligne, a.Colonne, a.Longueur),
			Message:          &sarifText{a.Note},
		}}
	}
	return result
}

func sarifPlace(name string, line, column, length int) sarifPhysical {
	p := sarifPhysical{ArtifactLocation: sarifArtifact{uri(name)}}
	if length > 0 { // what concerns the file's name is nowhere in it
		p.Region = &sarifRegion{line, column, column + length}
	}
	return p
}

func sarifLevel(g modele.Gravite) string {
	return [...]string{modele.Info: "note", modele.Alerte: "warning", modele.Erreur: "error", modele.Rejet: "error"}[g]
}

// fingerprint recognises the same fault in the next run, though lines came in above it.
func (d *Diagnostic) fingerprint() string {
	valeur := ""
	if d.Valeur != nil {
		valeur = *d.Valeur
	}
	sum := sha256.Sum256([]byte(d.Code + "\x00" + d.Pointeur + "\x00" + valeur))
	return hex.EncodeToString(sum[:16])
}

// sentence is the message with what to do, and why it may not be so.
func (o Occurrence) sentence(l modele.Langue) string {
	s := o.Message
	for _, x := range []struct {
		nom   modele.Texte
		texte string
	}{{modele.Texte{Fr: "aide", En: "help"}, o.Aide}, {modele.Texte{Fr: "doute", En: "doubt"}, o.Doute}} {
		if x.texte != "" {
			s += "\n" + x.nom.In(l) + colon(l) + x.texte
		}
	}
	return s
}
