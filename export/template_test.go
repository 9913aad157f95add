package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"testing"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Each document has all tags of the table, in its order.
func TestTagsInOrder(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		want := tagsOf(m.EnTete)
		for name, doc := range map[string][]byte{"Template": export.Template(m), "Exemple": export.Exemple(m)} {
			if got := keysOf(t, doc); !slices.Equal(got, want) {
				t.Errorf("%s of %s has tags %v, want %v", name, m.Edition, got, want)
			}
		}
	}
}

func TestTemplateValues(t *testing.T) {
	t.Parallel()
	got := string(export.Template(ms1dui.Courante()))
	for _, line := range []string{
		"\n    \"impId\": null,\n    \"numeroAns\": \"\",\n",
		"\n            \"numLigne\": 1,\n            \"typeAction\": \"C\",\n            \"numeroASP\": null,\n",
		"\n                \"dateCommande\": \"\",\n                \"regimeTVA\": \"\",\n                \"montantSegurHT\": null\n",
		"\n                \"isMandataire\": null,\n                \"nomMandataire\": null,\n",
		"\n                        \"FINESSGeos\": [\"\"]\n",
	} {
		if !bytes.Contains([]byte(got), []byte(line)) {
			t.Errorf("Template lacks %q:\n%s", line, got)
		}
	}
}

// tagsOf lists the tags of the table, depth first.
func tagsOf(champs []modele.Champ) []string {
	var tags []string
	for _, c := range champs {
		tags = append(append(tags, c.Balise), tagsOf(c.Champs)...)
	}
	return tags
}

// keysOf lists the keys of a JSON document as they stand.
func keysOf(t *testing.T, doc []byte) []string {
	t.Helper()
	if !json.Valid(doc) {
		t.Fatalf("not JSON:\n%s", doc)
	}
	var keys []string
	var inObject, wantKey []bool
	for d := json.NewDecoder(bytes.NewReader(doc)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return keys
		}
		top := len(inObject) - 1
		if delim, ok := tok.(json.Delim); ok && (delim == '}' || delim == ']') {
			inObject, wantKey = inObject[:top], wantKey[:top]
			continue
		}
		if top >= 0 && inObject[top] {
			if wantKey[top] {
				keys = append(keys, tok.(string))
				wantKey[top] = false
				continue
			}
			wantKey[top] = true
		}
		if delim, ok := tok.(json.Delim); ok {
			inObject, wantKey = append(inObject, delim == '{'), append(wantKey, true)
		}
	}
}
