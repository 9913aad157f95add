package ajustement

import (
	"bytes"
	"encoding/json"
	"fmt"

	"guichet/modele"
)

// Traduire writes a file of one table with the names and the places of another; both are adjustments of the same one.
// Values keep their bytes; tags that neither table has are left out.
func Traduire(octets []byte, de, vers *modele.Modele) ([]byte, error) {
	t := &traduction{chemins: map[string][]modele.Champ{}, origines: origines(vers)}
	t.situer(de.EnTete, origines(de), nil)
	var b bytes.Buffer
	if err := t.objet(&b, vers.EnTete, octets); err != nil {
		return nil, fmt.Errorf("write the file with other tags: %w", err)
	}
	var propre bytes.Buffer
	if err := json.Indent(&propre, b.Bytes(), "", "  "); err != nil {
		return nil, fmt.Errorf("write the file with other tags: %w", err)
	}
	propre.WriteByte('\n')
	return propre.Bytes(), nil
}

// traduction knows, by the names that the source has for the tags, where they stand in the file that is read: their
// paths begin at the item of the array that holds them, or at the file.
type traduction struct {
	chemins  map[string][]modele.Champ
	origines map[string]string
}

// origines are the names of the source by those of a table.
func origines(m *modele.Modele) map[string]string {
	noms := map[string]string{}
	for source, nom := range m.Noms {
		noms[nom] = source
	}
	return noms
}

func nomSource(origines map[string]string, balise string) string {
	if source, autre := origines[balise]; autre {
		return source
	}
	return balise
}

func (t *traduction) situer(champs []modele.Champ, noms map[string]string, sur []modele.Champ) {
	for _, c := range champs {
		ici := append(sur[:len(sur):len(sur)], c)
		t.chemins[nomSource(noms, c.Balise)] = ici
		if c.Type.Genre == modele.TableauObjets {
			ici = nil
		}
		t.situer(c.Champs, noms, ici)
	}
}

// objet writes an item, of which the tags may stand elsewhere in it: brut is the item that is read.
func (t *traduction) objet(b *bytes.Buffer, champs []modele.Champ, brut json.RawMessage) error {
	b.WriteByte('{')
	premier := true
	for i := range champs {
		var valeur bytes.Buffer
		if err := t.valeur(&valeur, &champs[i], brut); err != nil {
			return err
		}
		if valeur.Len() == 0 {
			continue
		}
		if !premier {
			b.WriteByte(',')
		}
		premier = false
		nom, _ := json.Marshal(champs[i].Balise) // a text always can
		b.Write(append(nom, ':'))
		b.Write(valeur.Bytes())
	}
	b.WriteByte('}')
	return nil
}

// valeur writes the value of a tag, nothing where the file has none.
func (t *traduction) valeur(b *bytes.Buffer, c *modele.Champ, brut json.RawMessage) error {
	avant := chercher(brut, t.chemins[nomSource(t.origines, c.Balise)])
	switch {
	case c.Type.Genre == modele.TableauObjets && genre(avant) == '[':
		return t.tableau(b, c, avant)
	case c.Type.Genre != modele.Objet || len(avant) > 0 && genre(avant) != '{':
		b.Write(avant)
		return nil
	}
	var dedans bytes.Buffer
	if err := t.objet(&dedans, c.Champs, brut); err != nil {
		return err
	}
	if dedans.Len() > len("{}") || len(avant) > 0 {
		b.Write(dedans.Bytes())
	}
	return nil
}

func (t *traduction) tableau(b *bytes.Buffer, c *modele.Champ, avant json.RawMessage) error {
	var items []json.RawMessage
	if err := json.Unmarshal(avant, &items); err != nil {
		return err
	}
	b.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		if genre(item) != '{' {
			b.Write(item)
		} else if err := t.objet(b, c.Champs, item); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

// chercher goes down a path, nil where it ends.
func chercher(brut json.RawMessage, chemin []modele.Champ) json.RawMessage {
	if len(chemin) == 0 {
		return nil
	}
	for i := range chemin {
		var objet map[string]json.RawMessage
		if json.Unmarshal(brut, &objet) != nil {
			return nil
		}
		brut = objet[chemin[i].Balise]
		for _, nom := range chemin[i].Tolerees {
			if brut == nil {
				brut = objet[nom]
			}
		}
	}
	return brut
}

// genre is the first byte of a value, 0 for none.
func genre(brut json.RawMessage) byte {
	if brut = bytes.TrimSpace(brut); len(brut) > 0 {
		return brut[0]
	}
	return 0
}
