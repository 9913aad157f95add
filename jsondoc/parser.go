package jsondoc

import (
	"bytes"
	"math/bits"
	"slices"
)

// Limits bound what a Parser reads. Zero fields take the defaults.
type Limits struct {
	MaxBytes  int // default 64 MiB
	MaxDepth  int // default 64
	MaxValues int // default 8,388,608: 128 MiB of nodes
}

// Defaults of Limits.
const (
	DefaultMaxBytes  = 64 << 20
	DefaultMaxDepth  = 64
	DefaultMaxValues = 8 << 20
	maxSource        = 1<<32 - 1 // offsets are 32 bits wide
)

func (l Limits) withDefaults() Limits {
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultMaxBytes
	}
	l.MaxBytes = min(l.MaxBytes, maxSource)
	if l.MaxDepth <= 0 {
		l.MaxDepth = DefaultMaxDepth
	}
	if l.MaxValues <= 0 {
		l.MaxValues = DefaultMaxValues
	}
	return l
}

// Parser reads documents one after another with the same memory: a Document is good until the next
// Parse. It is not safe for concurrent use.
type Parser struct {
	vocabulary *Vocabulary
	limits     Limits
	doc        Document
	stack      []frame
	learnt     []separator
}

// frame is an open container.
type frame struct {
	node   uint32
	object bool
	// site names the place of the container, for prediction: its own key, or that of the array it is in.
	site Key
}

// NewParser returns a Parser for documents whose expected names are v.
func NewParser(v *Vocabulary, l Limits) *Parser {
	return &Parser{
		vocabulary: v,
		limits:     l.withDefaults(),
		learnt:     make([]separator, slots*(int(v.Unknown())+1)),
	}
}

// Limits returns the limits of the parser, defaults filled in.
func (p *Parser) Limits() Limits { return p.limits }

// Parse reads src. On an error, an *Error, the document holds what was read before it: containers that
// were open there are marked Truncated.
func (p *Parser) Parse(src []byte) (*Document, error) {
	p.reset(src)
	err := p.parse(src)
	if err != nil {
		p.doc.ascii = false // what follows the fault was not read
		p.dropUnfinished(err.Offset)
		p.closeAll(err.Offset)
		return &p.doc, err
	}
	return &p.doc, nil
}

func (p *Parser) reset(src []byte) {
	if cap(p.doc.Nodes) == 0 {
		p.doc.Nodes = make([]Node, 0, min(len(src)/48+16, p.limits.MaxValues))
	}
	p.doc = Document{Source: src, Nodes: p.doc.Nodes[:0], vocabulary: p.vocabulary, ascii: true, lines: p.doc.lines.reset()}
	p.stack = p.stack[:0]
	for i := range p.learnt {
		p.learnt[i] = separator{first: ^uint64(0), mask: ^uint64(0)}
	}
}

var bom = []byte("\xef\xbb\xbf")

func (p *Parser) parse(src []byte) *Error {
	if len(src) > p.limits.MaxBytes {
		return &Error{Fault: TooLarge, Offset: 0}
	}
	i := 0
	if bytes.HasPrefix(src, bom) {
		p.doc.BOM = true
		i = len(bom)
	}
	i = skipBlanks(src, i)
	if i == len(src) {
		return &Error{Fault: Empty, Offset: i}
	}
	i, err := p.values(src, i)
	if err != nil {
		return err
	}
	if i = skipBlanks(src, i); i < len(src) {
		return p.fault(src, i, Trailing, Nothing)
	}
	return nil
}

// values reads the root value and everything in it. It alternates two steps until the root is closed:
// one value, then what stands between it and the next one. Most values are plain texts, and most
// separators are the same as the last time at the same place of the document: both are passed word by
// word, without a call.
func (p *Parser) values(src []byte, i int) (int, *Error) {
	key, site := NoKey, NoKey
	for {
		end, kind, opened := 0, String, false
		if i+8 <= len(src) && len(p.doc.Nodes) < cap(p.doc.Nodes) {
			if src[i] != '"' {
				end, kind = constant(word(src, i), i)
			} else if end = plain(src, i+1); end > 0 && src[end] == '"' {
				end++
			} else {
				end = 0
			}
		}
		if end > 0 {
			p.add(i, end, key, kind, 0)
			i = end
		} else {
			var err *Error
			if i, opened, err = p.value(src, i, key, site); err != nil {
				return i, err
			}
		}
		for {
			if len(p.stack) == 0 {
				return i, nil
			}
			top := &p.stack[len(p.stack)-1]
			s := &p.learnt[top.slot(key, opened, src, i)]
			var next step
			if s.starts(src, i) && (s.width <= 8 || same(src[i:], src[s.start:], s.width)) && (s.closes || !blank(src[i+s.width])) {
				next = step{end: i + s.width, key: s.key, closes: s.closes}
			} else {
				var err *Error
				if next, err = p.separator(src, i, top, opened); err != nil {
					return i, err
				}
				s.learn(src, i, next)
			}
			i = next.end
			if !next.closes {
				key, site = next.key, top.site
				break
			}
			key, opened = p.closeTop(i), false
		}
	}
}

// plain returns the offset of the first byte from i on that is no plain character of a text: a quote, a
// backslash, a control character, a byte over 127; or 0 near the end of the source. It looks at eight
// bytes at a time: a bit of stops is set for each of these. Bits over the lowest one may be wrong,
// because a borrow runs upwards; only the lowest is used.
func plain(src []byte, i int) int {
	for i+8 <= len(src) {
		w := word(src, i)
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		if stops := ((quote-ones)&^quote | (slash-ones)&^slash | (w - ones*' ') | w) & highs; stops != 0 {
			return i + bits.TrailingZeros64(stops)/8
		}
		i += 8
	}
	return 0
}

// constant returns the kind and the end of the JSON word that w starts with at i; 0 for none.
func constant(w uint64, i int) (end int, kind Kind) {
	switch {
	case uint32(w) == 'n'|'u'<<8|'l'<<16|'l'<<24:
		return i + 4, Null
	case uint32(w) == 't'|'r'<<8|'u'<<16|'e'<<24:
		return i + 4, True
	case w&(1<<40-1) == 'f'|'a'<<8|'l'<<16|'s'<<24|'e'<<32:
		return i + 5, False
	}
	return 0, Null
}

// value reads one value at i, a container only up to its opening bracket.
func (p *Parser) value(src []byte, i int, key, site Key) (end int, opened bool, err *Error) {
	if i >= len(src) {
		return i, false, &Error{Fault: UnexpectedEnd, Offset: len(src)}
	}
	n := len(p.doc.Nodes)
	if n == cap(p.doc.Nodes) {
		if n >= p.limits.MaxValues {
			return i, false, &Error{Fault: TooMany, Offset: i}
		}
		p.doc.Nodes = slices.Grow(p.doc.Nodes, 1)
		p.doc.Nodes = p.doc.Nodes[:n:min(cap(p.doc.Nodes), p.limits.MaxValues)]
	}
	kind, flags := String, Flags(0)
	switch c := src[i]; c {
	case '"':
		end, flags, err = p.text(src, i)
	case '{', '[':
		return i + 1, true, p.open(i, key, site, c == '{')
	case 't', 'f', 'n':
		end, kind, err = p.literal(src, i)
	default:
		end, err = p.number(src, i)
		kind = Number
	}
	if err != nil {
		return i, false, err
	}
	p.add(i, end, key, kind, flags)
	return end, false, nil
}

// add appends a node, for which there is room. It sets the fields one by one: a Node made elsewhere and
// copied would be read back in one piece before its parts have left the processor's store buffer.
func (p *Parser) add(start, end int, key Key, kind Kind, flags Flags) {
	n := len(p.doc.Nodes)
	p.doc.Nodes = p.doc.Nodes[:n+1]
	node := &p.doc.Nodes[n]
	node.Start, node.End, node.Next = uint32(start), uint32(end), uint32(n+1)
	node.Key, node.Kind, node.Flags = key, kind, flags
}

func (p *Parser) open(i int, key, site Key, object bool) *Error {
	if len(p.stack) >= p.limits.MaxDepth {
		return &Error{Fault: TooDeep, Offset: i}
	}
	kind := Array
	if object {
		kind = Object
	}
	if key != NoKey {
		site = key
	}
	p.stack = append(p.stack, frame{node: uint32(len(p.doc.Nodes)), object: object, site: site})
	p.add(i, 0, key, kind, 0)
	return nil
}

// closeTop closes the innermost container at offset end and returns its key.
func (p *Parser) closeTop(end int) Key {
	top := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	node := &p.doc.Nodes[top.node]
	node.End, node.Next = uint32(end), uint32(len(p.doc.Nodes))
	return node.Key
}

// dropUnfinished forgets a number at which reading stopped: the source was cut within it, or goes on with
// decimals after a comma.
func (p *Parser) dropUnfinished(offset int) {
	last := len(p.doc.Nodes) - 1
	if last < 0 || p.doc.Nodes[last].Kind != Number {
		return
	}
	src, end := p.doc.Source, int(p.doc.Nodes[last].End)
	comma := end+1 == offset && offset < len(src) && src[end] == ',' && src[offset]-'0' <= 9
	if end == offset || comma {
		p.doc.Nodes = p.doc.Nodes[:last]
	}
}

func (p *Parser) closeAll(offset int) {
	for len(p.stack) > 0 {
		p.doc.Nodes[p.stack[len(p.stack)-1].node].Flags |= Truncated
		p.closeTop(offset)
	}
}
