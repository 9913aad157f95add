package jsondoc

import (
	"bytes"
	"encoding/binary"
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

// frame is an open container. It has four fields, so that the compiler keeps it in registers.
type frame struct {
	node   uint32
	object bool
	opened uint32 // slot of what follows its opening bracket
	item   uint32 // slot of what follows each item of an array
}

// newFrame opens a container. Its place, for prediction, is its own key, or that of the array it is in.
func newFrame(node uint32, object bool, key Key, around frame) frame {
	site := uint32(key)
	if key == NoKey {
		site = around.item / 4
	}
	if object {
		return frame{node: node, object: true, opened: site*4 + 1, item: site*4 + 2}
	}
	return frame{node: node, opened: site*4 + 3, item: site*4 + 2}
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
// time at the same place of the document, and are then skipped as one. This is where the time of a
// check begins: the loop keeps its state in local variables and calls out only off the common path.
func (p *Parser) values(src []byte, i int) (int, *Error) {
	nodes, learnt, key := p.doc.Nodes, p.learnt, NoKey
	var top frame // the innermost open container
	for {
		if i >= len(src) {
			return p.stop(nodes, top, &Error{Fault: UnexpectedEnd, Offset: len(src)})
		}
		if len(nodes) >= p.limits.MaxValues {
			return p.stop(nodes, top, &Error{Fault: TooMany, Offset: i})
		}
		start, slot := i, uint32(key)*4
		var kind Kind
		var flags Flags
		switch c := src[i]; c {
		case '"':
			end := 0
			for at := i + 1; at+8 <= len(src); at += 8 {
				if s := stops(word(src, at)); s != 0 {
					if at += bits.TrailingZeros64(s) / 8; src[at] == '"' {
						end = at + 1
					}
					break
				}
			}
			if end == 0 {
				var err *Error
				if end, flags, err = p.text(src, i); err != nil {
					return p.stop(nodes, top, err)
				}
			}
			kind, i = String, end
		case '{', '[':
			if len(p.stack) >= p.limits.MaxDepth {
				return p.stop(nodes, top, &Error{Fault: TooDeep, Offset: i})
			}
			kind = Array
			if c == '{' {
				kind = Object
			}
			p.stack = append(p.stack, top)
			top = newFrame(uint32(len(nodes)), c == '{', key, top)
			slot = top.opened
			i++
		default:
			var err *Error
			if i, kind, err = p.scalar(src, i); err != nil {
				return p.stop(nodes, top, err)
			}
		}
		if len(nodes) == cap(nodes) {
			nodes = slices.Grow(nodes, len(nodes)/2+1)
		}
		nodes = nodes[:len(nodes)+1]
		// Field by field: a node put together elsewhere and copied would be read back before it is written.
		node := &nodes[len(nodes)-1]
		node.Start, node.End, node.Next = uint32(start), uint32(i), uint32(len(nodes))
		node.Key, node.Kind, node.Flags = key, kind, flags
		if len(p.stack) == 0 {
			p.doc.Nodes = nodes
			return i, nil
		}
		if slot != top.opened && !top.object {
			slot = top.item
		}
		for {
			next := &learnt[slot]
			if end := i + int(next.width); next.follows(src, i, end) {
				i = end
			} else {
				var err *Error
				if next, end, err = p.separator(src, i, slot, top); err != nil {
					return p.stop(nodes, top, err)
				}
				i = end
			}
			if !next.closes {
				key = next.key
				break
			}
			closed := &nodes[top.node]
			closed.End, closed.Next = uint32(i), uint32(len(nodes))
			top = p.stack[len(p.stack)-1]
			p.stack = p.stack[:len(p.stack)-1]
			if len(p.stack) == 0 {
				p.doc.Nodes = nodes
				return i, nil
			}
			if slot = uint32(closed.Key) * 4; !top.object {
				slot = top.item
			}
		}
	}
}

// stop keeps what was read before a fault, and closes there what was open.
func (p *Parser) stop(nodes []Node, top frame, err *Error) (int, *Error) {
	p.stack = append(p.stack, top)
	for i := len(p.stack) - 1; i > 0; i-- { // the first frame is the one around the root: none
		n := &nodes[p.stack[i].node]
		n.End, n.Next = uint32(err.Offset), uint32(len(nodes))
		n.Flags |= Truncated
	}
	p.doc.Nodes = nodes
	return err.Offset, err
}

// scalar reads a value that is neither text nor container.
func (p *Parser) scalar(src []byte, i int) (int, Kind, *Error) {
	switch src[i] {
	case 't', 'f', 'n':
		return p.literal(src, i)
	}
	end, err := p.number(src, i)
	return end, Number, err
}

func word(src []byte, i int) uint64 { return binary.LittleEndian.Uint64(src[i:]) }
