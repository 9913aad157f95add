// Package jsondoc reads JSON bytes in one pass to a flat list of nodes that keeps, for each value, the
// byte range of its raw literal; lines and columns are computed on demand. Keys compare exactly. Names
// that the caller expects are given as a Vocabulary and come back as small numbers, so that the reader
// of a document never compares strings.
package jsondoc

import "encoding/json"

// Kind is the kind of a JSON value.
type Kind uint8

// The kinds of JSON values.
const (
	Null Kind = iota
	False
	True
	Number
	String
	Array
	Object
)

// Container tells whether values of the kind hold other values.
func (k Kind) Container() bool { return k >= Array }

// Flags are facts learnt while reading a value.
type Flags uint8

// The flags of a node.
const (
	Escaped   Flags = 1 << iota // a string with at least one backslash escape
	NonASCII                    // a string with at least one byte over 127
	Truncated                   // a container that was still open where reading stopped
	NoText                      // a string with an escape that is no character: U+0000, or half of a surrogate pair
)

// Node is one value. Nodes stand in document order: the children of a container follow it, up to Next.
type Node struct {
	Start, End uint32 // byte range of the literal, quotes and brackets included
	Next       uint32 // index of the node after this value and all it holds
	Key        Key    // name of the member; NoKey in arrays
	Kind       Kind
	Flags      Flags
}

// Document is what Parse read. It refers to the source bytes and to the Parser's memory.
type Document struct {
	Source []byte
	Nodes  []Node
	BOM    bool // the source starts with a UTF-8 byte order mark

	vocabulary *Vocabulary
	ascii      bool
	lines      lineIndex
	lineBreak  byte // what ends a line: \n, or \r in a file that has no \n
}

// Vocabulary returns the names that the keys of the nodes stand for.
func (d *Document) Vocabulary() *Vocabulary { return d.vocabulary }

// Raw returns the literal of node n as it stands in the source.
func (d *Document) Raw(n uint32) []byte {
	return d.Source[d.Nodes[n].Start:d.Nodes[n].End]
}

// Text returns the characters of the string node n, escapes decoded. It allocates only for escapes.
func (d *Document) Text(n uint32) []byte {
	raw := d.Raw(n)
	if d.Nodes[n].Flags&Escaped == 0 {
		return raw[1 : len(raw)-1]
	}
	return unescape(raw)
}

// unescape decodes a string literal that the parser has found well formed.
func unescape(literal []byte) []byte {
	var s string
	if json.Unmarshal(literal, &s) != nil {
		return literal[1 : len(literal)-1]
	}
	return []byte(s)
}

// Name returns the decoded name of the member whose value is node n.
func (d *Document) Name(n uint32) string {
	start, end := d.NameRange(n)
	return string(unescape(d.Source[start:end]))
}

// NameRange returns the byte range of the literal that names the member whose value is node n, quotes
// included. It is found by reading backwards, which is exact: inside a JSON string each quote comes
// after an odd number of backslashes.
func (d *Document) NameRange(n uint32) (start, end int) {
	i := int(d.Nodes[n].Start)
	for i > 0 && d.Source[i-1] != '"' {
		i--
	}
	end = i
	i -= 2
	for i > 0 && (d.Source[i] != '"' || escapedAt(d.Source, i)) {
		i--
	}
	return max(i, 0), end
}

func escapedAt(src []byte, i int) bool {
	odd := false
	for i--; i >= 0 && src[i] == '\\'; i-- {
		odd = !odd
	}
	return odd
}
