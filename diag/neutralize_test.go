package diag_test

import (
	"testing"

	"guichet/diag"
)

func TestNeutralize(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"plain", `"DURANDAL"`, `"DURANDAL"`},
		{"letters of all sorts", "Éloïse 東京 e\u0301 👍", "Éloïse 東京 e\u0301 👍"},
		{"no-break space", "«\u00a0x\u00a0»", "«\u00a0x\u00a0»"},
		{"escape sequence", "\x1b[31mrouge\x1b[0m", "␛[31mrouge␛[0m"},
		{"line breaks and tabs", "a\r\n\tb\x00", "a␍␊␉b␀"},
		{"delete", "a\x7f", "a␡"},
		{"C1 control", "\u009b31m", "<U+009B>31m"},
		{"direction marks", "a\u202eb\u2066c\u200fd", "a<U+202E>b<U+2066>c<U+200F>d"},
		{"zero width", "a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"},
		{"line and paragraph separators", "a\u2028b\u2029", "a<U+2028>b<U+2029>"},
		{"tag characters", "a\U000e0041", "a<U+E0041>"},
		{"byte that is not UTF-8", "Fran\xe7ois \x9b31m", "Fran\ufffdois \ufffd31m"},
		{"empty", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := diag.Neutralize(test.in); got != test.want {
				t.Errorf("Neutralize(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}
