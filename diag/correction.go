package diag

// Correction is a repair that a diagnostic carries: a literal to write in place of a range of the file. No
// two corrections of a file overlap, so that all can be applied together.
type Correction struct {
	Debut       Point  `json:"debut"`
	Fin         Point  `json:"fin"`   // just after the range
	Avant       string `json:"avant"` // the literal there
	Apres       string `json:"apres"` // the literal to write; empty to delete
	Sure        bool   `json:"sure"`  // nothing else can have been meant
	Description string `json:"description"`
}

// Point is a place between two characters.
type Point struct {
	Ligne   int `json:"ligne"`   // from 1
	Colonne int `json:"colonne"` // from 1, in characters; a byte order mark is none
	Octet   int `json:"octet"`   // offset in the file, from 0
}

// sarifFixes offers the repairs that nobody needs to look at (SARIF §3.55). A byte order mark is at no place
// that SARIF's columns can name.
func sarifFixes(o Occurrence) []sarifFix {
	c := o.Correction
	if c == nil || !c.Sure || c.Debut.Colonne == c.Fin.Colonne {
		return nil
	}
	return []sarifFix{{
		Description: sarifText{c.Description},
		ArtifactChanges: []sarifChange{{
			ArtifactLocation: sarifArtifact{uri(o.Fichier.Fichier)},
			Replacements: []sarifReplacement{{
				DeletedRegion:   sarifRegion{c.Debut.Ligne, c.Debut.Colonne, c.Fin.Colonne},
				InsertedContent: sarifText{c.Apres},
			}},
		}},
	}}
}

// doubtful returns the correction that a person should look at, which SARIF's fixes have no word for.
func doubtful(c *Correction) *Correction {
	if c == nil || c.Sure {
		return nil
	}
	return c
}
