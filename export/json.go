package export

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// A document is a tree of object, array and literal: key order is kept and numbers stay as written,
// which encoding/json does not do.
type (
	object []member
	member struct {
		key   string
		value any
	}
	array   []any
	literal string // raw JSON scalar
)

// get returns the value of a key, or nil.
func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// with returns a copy of o in which key has the value.
func (o object) with(key string, value any) object {
	o = slices.Clone(o)
	for i := range o {
		if o[i].key == key {
			o[i].value = value
			return o
		}
	}
	return append(o, member{key, value})
}

// text returns the literal of a string.
func text(s string) literal {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// A string always encodes.
	_ = e.Encode(s)
	return literal(strings.TrimSuffix(b.String(), "\n"))
}

// texts returns the array of several strings.
func texts(values []string) array {
	a := make(array, len(values))
	for i, v := range values {
		a[i] = text(v)
	}
	return a
}

// compact writes a document without blanks.
func compact(n any) []byte {
	var b bytes.Buffer
	writer{out: &b}.write(n, "")
	return b.Bytes()
}

// indented writes a document with four blanks a level and a final line break.
func indented(n any) []byte {
	var b bytes.Buffer
	writer{out: &b, step: "    "}.write(n, "\n")
	b.WriteByte('\n')
	return b.Bytes()
}

// writer writes nodes; step is the indentation of one level, empty for the compact form.
type writer struct {
	out  *bytes.Buffer
	step string
}

// write writes a node; margin is the line break and the indentation of its lines.
func (w writer) write(n any, margin string) {
	switch n := n.(type) {
	case literal:
		w.out.WriteString(string(n))
	case object:
		if w.step != "" && len(n) == 1 && plain(n[0].value) {
			w.line("{}", len(n), func(i int) { w.member(n[i], "") })
			return
		}
		w.list("{}", len(n), margin, func(i int, inner string) {
			w.member(n[i], inner)
		})
	case array:
		if w.step != "" && short(n) {
			w.line("[]", len(n), func(i int) { w.write(n[i], "") })
			return
		}
		w.list("[]", len(n), margin, func(i int, inner string) { w.write(n[i], inner) })
	}
}

// list writes the items of an object or array, each on its own line where there is a margin.
func (w writer) list(brackets string, n int, margin string, item func(i int, inner string)) {
	w.out.WriteByte(brackets[0])
	for i := range n {
		if i > 0 {
			w.out.WriteByte(',')
		}
		inner := margin + w.step
		w.out.WriteString(inner)
		item(i, inner)
	}
	if n > 0 {
		w.out.WriteString(margin)
	}
	w.out.WriteByte(brackets[1])
}

func (w writer) member(m member, margin string) {
	w.out.WriteString(string(text(m.key)) + ":")
	if w.step != "" {
		w.out.WriteByte(' ')
	}
	w.write(m.value, margin)
}

// line writes the items of an object or array on one line.
func (w writer) line(brackets string, n int, item func(i int)) {
	w.out.WriteByte(brackets[0])
	for i := range n {
		if i > 0 {
			w.out.WriteString(", ")
		}
		item(i)
	}
	w.out.WriteByte(brackets[1])
}

// short tells whether an array reads well on one line.
func short(a array) bool {
	return len(a) <= 8 && !slices.ContainsFunc(a, func(n any) bool {
		l, scalar := n.(literal)
		return !scalar || len(l) > 24
	})
}

// plain tells whether a value fits on one line with its key.
func plain(n any) bool {
	a, isArray := n.(array)
	_, isObject := n.(object)
	return isArray && short(a) || !isArray && !isObject
}
