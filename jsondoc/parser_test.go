package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"guichet/jsondoc"
)

func parse(src string, l jsondoc.Limits) (*jsondoc.Document, error) {
	return jsondoc.NewParser(jsondoc.NewVocabulary([]string{"a", "b", "c"}), l).Parse([]byte(src))
}

func TestParseKeepsRawLiterals(t *testing.T) {
	t.Parallel()
	doc, err := parse(`{ "a" : "é\u0041", "b":[1.50,null, true,false,-2e3], "z\"": {} }`, jsondoc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var raw []string
	for n := range doc.Nodes[1:] {
		raw = append(raw, string(doc.Raw(uint32(n+1))))
	}
	want := []string{`"é\u0041"`, `[1.50,null, true,false,-2e3]`, `1.50`, `null`, `true`, `false`, `-2e3`, `{}`}
	if strings.Join(raw, " | ") != strings.Join(want, " | ") {
		t.Errorf("raw literals:\n got %q\nwant %q", raw, want)
	}
	if got := string(doc.Text(1)); got != "éA" {
		t.Errorf("text = %q", got)
	}
	if got := doc.Name(8); got != `z"` {
		t.Errorf("name of the unknown member = %q", got)
	}
	if doc.Nodes[8].Key != 4 || doc.Nodes[2].Key != 2 || doc.Nodes[2].Next != 8 || doc.Nodes[3].Key != jsondoc.NoKey {
		t.Errorf("keys or links: %+v", doc.Nodes)
	}
}

func TestKeysCompareExactlyAfterDecoding(t *testing.T) {
	t.Parallel()
	doc, err := parse(`{"\u0061":1,"A":2,"ａ":3}`, jsondoc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []jsondoc.Key{1, 4, 4} {
		if got := doc.Nodes[n+1].Key; got != want {
			t.Errorf("member %d: key %d, want %d", n, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 64) + strings.Repeat("]", 64)
	for _, c := range []struct {
		name, src string
		fault     jsondoc.Fault
		line, col int
	}{
		{"empty", "", jsondoc.Empty, 1, 1},
		{"blanks", " \n ", jsondoc.Empty, 2, 2},
		{"only a mark", "\ufeff", jsondoc.Empty, 1, 1},
		{"not UTF-8 in a string", "{\"a\":\n \"\xc9MILE\"}", jsondoc.InvalidUTF8, 2, 3},
		{"not UTF-8 outside", "{\xff}", jsondoc.InvalidUTF8, 1, 2},
		{"not UTF-8 before a bad escape", "[\"\xe9\\q\"]", jsondoc.InvalidUTF8, 1, 3},
		{"UTF-16", "\xff\xfe{\x00", jsondoc.InvalidUTF8, 1, 1},
		{"trailing comma in an object", "{\"a\":1,\n}", jsondoc.Unexpected, 2, 1},
		{"trailing comma in an array", "[1,]", jsondoc.Unexpected, 1, 4},
		{"missing comma", "{\"a\":1\n \"b\":2}", jsondoc.Unexpected, 2, 2},
		{"missing colon", `{"a" 1}`, jsondoc.Unexpected, 1, 6},
		{"name without quotes", `{a:1}`, jsondoc.Unexpected, 1, 2},
		{"word", `[True]`, jsondoc.BadLiteral, 1, 2},
		{"cut word", `[nul`, jsondoc.BadLiteral, 1, 2},
		{"leading zero", `[012]`, jsondoc.BadNumber, 1, 2},
		{"no digit after the point", `[1.]`, jsondoc.BadNumber, 1, 2},
		{"no digit in the exponent", `[1e+]`, jsondoc.BadNumber, 1, 2},
		{"plus sign", `[+1]`, jsondoc.Unexpected, 1, 2},
		{"bare minus", `[-]`, jsondoc.BadNumber, 1, 2},
		{"line break in a string", "[\"a\nb\"]", jsondoc.ControlChar, 1, 4},
		{"unknown escape", `["é\x41"]`, jsondoc.BadEscape, 1, 4},
		{"short escape", `["\u00g1"]`, jsondoc.BadEscape, 1, 3},
		{"cut in a string", `["abc`, jsondoc.UnexpectedEnd, 1, 6},
		{"cut in an escape", `["abcdefghi\`, jsondoc.UnexpectedEnd, 1, 13},
		{"cut after a name", `{"a"`, jsondoc.UnexpectedEnd, 1, 5},
		{"cut after a colon", `{"a":`, jsondoc.UnexpectedEnd, 1, 6},
		{"cut after a comma", `[1,`, jsondoc.UnexpectedEnd, 1, 4},
		{"trailing data", "{} {}", jsondoc.Trailing, 1, 4},
		{"too deep", "[" + deep + "]", jsondoc.TooDeep, 1, 65},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			doc, err := parse(c.src, jsondoc.Limits{})
			var fault *jsondoc.Error
			if !errors.As(err, &fault) {
				t.Fatalf("error = %v", err)
			}
			if fault.Fault != c.fault {
				t.Errorf("fault = %d, want %d", fault.Fault, c.fault)
			}
			if got := doc.Position(fault.Offset); got != (jsondoc.Position{Line: c.line, Column: c.col}) {
				t.Errorf("position = %+v, want %d:%d", got, c.line, c.col)
			}
		})
	}
	if _, err := parse(deep, jsondoc.Limits{}); err != nil {
		t.Errorf("64 levels: %v", err)
	}
}

// ASVS 1.5.2.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limits jsondoc.Limits
		fault  jsondoc.Fault
	}{
		{jsondoc.Limits{MaxBytes: 6}, jsondoc.TooLarge},
		{jsondoc.Limits{MaxValues: 3}, jsondoc.TooMany},
		{jsondoc.Limits{MaxDepth: 1}, jsondoc.TooDeep},
	} {
		_, err := parse(`[1,[2]]`, c.limits)
		var fault *jsondoc.Error
		if !errors.As(err, &fault) || fault.Fault != c.fault {
			t.Errorf("%+v: %v", c.limits, err)
		}
	}
	if _, err := parse(`[1,[2]]`, jsondoc.Limits{MaxBytes: 7, MaxValues: 4, MaxDepth: 2}); err != nil {
		t.Errorf("at the limits: %v", err)
	}
}

// A number at which reading stops was perhaps not read to its end: it is not kept.
func TestUnfinishedNumber(t *testing.T) {
	t.Parallel()
	for src, values := range map[string]int{`{"a":48`: 1, `{"a":4866,67}`: 1, `{"a":4866 `: 2, `[1,2 3]`: 3, `[1,2`: 2, `["a"`: 2} {
		doc, err := parse(src, jsondoc.Limits{})
		if err == nil || len(doc.Nodes) != values {
			t.Errorf("%s: %v, %d values, %d expected", src, err, len(doc.Nodes), values)
		}
		inside(t, doc)
	}
}

// What is learnt of one separator must not be believed of the next: blanks may be added, arrays may be
// empty, names may start alike.
func TestSeparatorsThatChange(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		`[{"a":1,"b":2},{"a": 1, "b" : 2},{"a":1,"b":2}]                    `,
		`{"a":[ 1, 2],"b":[ ],"c":[[ 1],[ ],[ 2]]}              `,
		`[1,2, 3,4 ,5]                     `,
		`[{"a":1,"bb":2,"b":3},{"a":1,"b":2,"bb":3}]                       `,
		`[{"a":1},{"a":1 },{},{ },{"a":1}]                        `,
	} {
		doc, err := parse(src, jsondoc.Limits{})
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		same(t, doc, []byte(src))
	}
}

func TestPositionsInLongLinesAndCharacters(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("é", 5000) // 10,000 bytes: over two blocks
	src := "\ufeff[\"" + line + "\",\r\n\"" + line + "\",\t1]"
	doc, err := parse(src, jsondoc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []jsondoc.Position{{Line: 1, Column: 1}, {Line: 1, Column: 2}, {Line: 2, Column: 1}, {Line: 2, Column: 5005}} {
		if got := doc.Position(int(doc.Nodes[n].Start)); got != want {
			t.Errorf("node %d: %+v, want %+v", n, got, want)
		}
	}
	if got := doc.Characters(int(doc.Nodes[1].Start), int(doc.Nodes[1].End)); got != 5002 {
		t.Errorf("characters = %d", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2,{"b":null}],"c":"\u00e9é"}`, `[1.5e-3,true]`, "\ufeff[]", `{"a":1,}`, `["\ud800"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, err := jsondoc.NewParser(jsondoc.NewVocabulary([]string{"a", "b"}), jsondoc.Limits{}).Parse(src)
		body := bytes.TrimPrefix(src, []byte("\ufeff"))
		var fault *jsondoc.Error
		if errors.As(err, &fault) {
			if fault.Offset < 0 || fault.Offset > len(src) {
				t.Fatalf("fault at %d of %d", fault.Offset, len(src))
			}
			doc.Position(fault.Offset)
			if fault.Fault != jsondoc.TooDeep && json.Valid(body) && utf8.Valid(body) {
				t.Fatalf("refused what JSON allows: %v", err)
			}
		} else if !json.Valid(body) || !utf8.Valid(body) {
			t.Fatal("accepted what JSON refuses")
		} else {
			same(t, doc, body)
		}
		inside(t, doc)
	})
}

// inside checks that each node lies within the source and within its parent.
func inside(t *testing.T, doc *jsondoc.Document) {
	t.Helper()
	for i, n := range doc.Nodes {
		if n.Start > n.End || int(n.End) > len(doc.Source) || int(n.Next) <= i || int(n.Next) > len(doc.Nodes) {
			t.Fatalf("node %d out of place: %+v", i, n)
		}
		if n.Key != jsondoc.NoKey && doc.Vocabulary().Key(doc.Name(uint32(i))) != n.Key {
			t.Fatalf("node %d: key %d, name %q", i, n.Key, doc.Name(uint32(i)))
		}
	}
}

// same checks the document against the standard library's reading.
func same(t *testing.T, doc *jsondoc.Document, src []byte) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	for n := 0; ; {
		token, err := d.Token()
		if err != nil {
			if n != len(doc.Nodes) {
				t.Fatalf("%d values read, %d expected", len(doc.Nodes), n)
			}
			return
		}
		if token == json.Delim('}') || token == json.Delim(']') {
			continue
		}
		if n < len(doc.Nodes) && doc.Nodes[n].Key != jsondoc.NoKey && token == doc.Name(uint32(n)) {
			if token, err = d.Token(); err != nil {
				t.Fatal(err)
			}
		}
		if got := value(doc, uint32(n)); got != token {
			t.Fatalf("value %d: %v, want %v", n, got, token)
		}
		n++
	}
}

func value(doc *jsondoc.Document, n uint32) json.Token {
	switch doc.Nodes[n].Kind {
	case jsondoc.Object:
		return json.Delim('{')
	case jsondoc.Array:
		return json.Delim('[')
	case jsondoc.String:
		return string(doc.Text(n))
	case jsondoc.Number:
		return json.Number(doc.Raw(n))
	case jsondoc.Null:
		return nil
	}
	return doc.Nodes[n].Kind == jsondoc.True
}
