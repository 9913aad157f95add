package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode/utf16"
)

// WriteJSON writes the report for programs: the contract that Version names.
func WriteJSON(w io.Writer, r *Rapport, _ Options) error {
	return encode(w, r.withoutNil())
}

// encode writes indented JSON. Characters that do not print are escaped, which means the same to every
// reader: the output may land on a terminal.
func encode(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	_, err := w.Write(escapeUnprintable(b.Bytes()))
	return err
}

func escapeUnprintable(text []byte) []byte {
	if bytes.IndexFunc(text, escaped) < 0 {
		return text
	}
	out := make([]byte, 0, len(text)+64)
	for _, r := range string(text) {
		switch {
		case !escaped(r):
			out = append(out, string(r)...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

// escaped leaves the line breaks of the layout: inside strings the encoder has escaped them already.
func escaped(r rune) bool { return r != '\n' && unprintable(r) }

// withoutNil copies the report with empty lists for nil ones: a reader of the contract never meets null
// where a list stands.
func (r *Rapport) withoutNil() *Rapport {
	c := *r
	c.Fichiers = copied(r.Fichiers)
	for i := range c.Fichiers {
		f := &c.Fichiers[i]
		f.Structure = copied(f.Structure)
		f.Demandes = copied(f.Demandes)
		for j := range f.Demandes {
			f.Demandes[j].Anomalies = copied(f.Demandes[j].Anomalies)
		}
	}
	return &c
}

func copied[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}
