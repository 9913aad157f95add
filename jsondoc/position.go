package jsondoc

import (
	"bytes"
	"math/bits"
)

// Position is a place in the source, both counted from 1. Columns count characters.
type Position struct{ Line, Column int }

// blockSize is the distance in bytes of two marks of the line index: a position is found by reading at
// most one block, whatever the length of the file and of its lines.
const blockSize = 4 << 10

// lineIndex holds, for the start of each block, what was counted before it. It is built the first time
// that a position is asked for.
type lineIndex struct{ marks []mark }

type mark struct {
	lines      uint32 // line breaks before the block
	lineStart  uint32 // offset of the line that the block starts in
	characters uint32 // characters before the block
	lineChars  uint32 // characters before lineStart
}

func (x lineIndex) reset() lineIndex { return lineIndex{marks: x.marks[:0]} }

// Position returns the line and column of a byte offset.
func (d *Document) Position(offset int) Position {
	offset = min(offset, len(d.Source))
	if len(d.lines.marks) == 0 {
		d.index()
	}
	m := d.advance(d.lines.marks[offset/blockSize], offset/blockSize*blockSize, offset)
	return Position{Line: int(m.lines) + 1, Column: int(m.characters-m.lineChars) + 1}
}

// LineRange returns the byte range of the line that holds offset, without its line break, cut to at
// most reach bytes on each side of offset.
func (d *Document) LineRange(offset, reach int) (start, end int) {
	from, to := max(0, offset-reach), min(len(d.Source), offset+reach)
	start = from + bytes.LastIndexByte(d.Source[from:offset], d.eol()) + 1
	end = to
	if at := bytes.IndexByte(d.Source[offset:to], d.eol()); at >= 0 {
		end = offset + at
	}
	return start, end
}

// Characters counts the characters of a byte range.
func (d *Document) Characters(start, end int) int {
	if d.ascii {
		return end - start
	}
	return characters(d.Source[start:end])
}

// eol returns the byte that ends the lines of the source: a file of an old Macintosh only has carriage returns.
func (d *Document) eol() byte {
	if d.lineBreak == 0 {
		d.lineBreak = '\n'
		if bytes.IndexByte(d.Source, '\n') < 0 && bytes.IndexByte(d.Source, '\r') >= 0 {
			d.lineBreak = '\r'
		}
	}
	return d.lineBreak
}

func (d *Document) index() {
	m := mark{}
	if d.BOM {
		m.lineStart = uint32(len(bom)) // the mark is no character of the first line
	}
	for at := 0; ; at += blockSize {
		d.lines.marks = append(d.lines.marks, m)
		if at+blockSize > len(d.Source) {
			return
		}
		m = d.advance(m, at, at+blockSize)
	}
}

// advance moves the mark of offset from to offset to.
func (d *Document) advance(m mark, from, to int) mark {
	if d.BOM && from < len(bom) {
		from = min(len(bom), to)
	}
	part := d.Source[from:to]
	eol := d.eol()
	last := bytes.LastIndexByte(part, eol)
	if last >= 0 {
		m.lines += uint32(bytes.Count(part, []byte{eol}))
		m.lineStart = uint32(from + last + 1)
		m.lineChars = m.characters + uint32(d.Characters(from, from+last+1))
	}
	m.characters += uint32(d.Characters(from, to))
	return m
}

// characters counts the bytes that start a character: all but UTF-8's continuation bytes (10xxxxxx).
func characters(b []byte) int {
	n := len(b)
	for ; len(b) >= 8; b = b[8:] {
		w := word(b, 0)
		n -= bits.OnesCount64(w & highs &^ (w << 1))
	}
	for _, c := range b {
		if c&0xC0 == 0x80 {
			n--
		}
	}
	return n
}
