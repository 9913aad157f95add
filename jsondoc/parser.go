package jsondoc

import (
	"bytes"
	"encoding/binary"
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
	if l.MaxBytes <= 0 || l.MaxBytes > maxSource {
		l.MaxBytes = DefaultMaxBytes
	}
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
		learnt:     make([]separator, 4*(int(v.Unknown())+1)),
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
	clear(p.learnt)
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
// one value, then what stands between it and the next one. Most separators are the same as the last
// time at the same place of the document, and are then skipped as one.
func (p *Parser) values(src []byte, i int) (int, *Error) {
	key, site := NoKey, NoKey
	for {
		end, opened, err := p.value(src, i, key, site)
		if err != nil {
			return i, err
		}
		i = end
		for {
			if len(p.stack) == 0 {
				return i, nil
			}
			top := &p.stack[len(p.stack)-1]
			slot := top.slot(key, opened)
			next, ok := p.predicted(src, i, slot)
			if !ok {
				if next, err = p.separator(src, i, top, opened); err != nil {
					return i, err
				}
				p.learn(src, i, slot, next)
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

// value reads one value at i, a container only up to its opening bracket.
func (p *Parser) value(src []byte, i int, key, site Key) (end int, opened bool, err *Error) {
	if i >= len(src) {
		return i, false, &Error{Fault: UnexpectedEnd, Offset: len(src)}
	}
	n := len(p.doc.Nodes)
	if n >= p.limits.MaxValues {
		return i, false, &Error{Fault: TooMany, Offset: i}
	}
	node := Node{Start: uint32(i), Next: uint32(n + 1), Key: key}
	switch c := src[i]; c {
	case '"':
		end, node.Flags, err = p.text(src, i)
		node.Kind = String
	case '{', '[':
		return i + 1, true, p.open(i, key, site, c == '{')
	case 't', 'f', 'n':
		end, node.Kind, err = p.literal(src, i)
	default:
		end, err = p.number(src, i)
		node.Kind = Number
	}
	if err != nil {
		return i, false, err
	}
	node.End = uint32(end)
	p.doc.Nodes = append(p.doc.Nodes, node)
	return end, false, nil
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
	p.doc.Nodes = append(p.doc.Nodes, Node{Start: uint32(i), Key: key, Kind: kind})
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

func (p *Parser) closeAll(offset int) {
	for len(p.stack) > 0 {
		p.doc.Nodes[p.stack[len(p.stack)-1].node].Flags |= Truncated
		p.closeTop(offset)
	}
}

func word(src []byte, i int) uint64 { return binary.LittleEndian.Uint64(src[i:]) }
