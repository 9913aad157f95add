package jsondoc

// separator is what was last found between a value and the next one at some place of the document:
// blanks, comma, name, colon, or a closing bracket. Files written by programs repeat themselves, so
// that one comparison of bytes replaces reading them again.
type separator struct {
	first, mask  uint64 // its first bytes, at most 8
	start, width int    // where it stood
	key          Key
	closes       bool
}

// step is where a separator leads: the next value, or past the end of the container.
type step struct {
	end    int // offset after the separator
	key    Key
	closes bool
}

// slots is how many separators are learnt for each name.
const slots = 5

// slot numbers the places that a separator can stand at: after the value of each name, after the
// opening of each container, between the items of each array and after its last one.
func (f *frame) slot(key Key, opened bool, src []byte, i int) int {
	s := int(f.site) * slots
	switch {
	case opened && f.object:
		return s + 1
	case opened:
		return s + 2
	case f.object:
		return int(key) * slots
	case i < len(src) && src[i] == ',':
		return s + 3
	}
	return s + 4
}

// starts tells whether the source at i starts as the separator does, and goes on for a while after it.
func (s *separator) starts(src []byte, i int) bool {
	return i+s.width+8 <= len(src) && (word(src, i)^s.first)&s.mask == 0
}

// same tells whether the first width bytes of x and y, more than 8 and known to be the same so far, are
// the same.
func same(x, y []byte, width int) bool {
	for i := 8; i+8 < width; i += 8 {
		if word(x, i) != word(y, i) {
			return false
		}
	}
	return word(x, width-8) == word(y, width-8)
}

// blank tells whether more follows than last time: blanks, or the end of an array.
func blank(c byte) bool { return c <= ' ' || c == ']' }

// learn keeps the separator that stands at i and leads to next.
func (s *separator) learn(src []byte, i int, next step) {
	width := next.end - i
	if next.end+8 > len(src) {
		return
	}
	mask := ^uint64(0)
	if width < 8 {
		mask = 1<<(8*width) - 1
	}
	s.first, s.mask, s.start, s.width = word(src, i)&mask, mask, i, width
	s.key, s.closes = next.key, next.closes
}

// separator reads what stands between the value that ends at i and the next one in the container top.
func (p *Parser) separator(src []byte, i int, top *frame, opened bool) (step, *Error) {
	expected := top.expected(opened)
	i = skipBlanks(src, i)
	if i == len(src) {
		return step{}, &Error{Fault: UnexpectedEnd, Expected: expected, Offset: i}
	}
	if src[i] == top.bracket() {
		return step{end: i + 1, closes: true}, nil
	}
	if !opened {
		if src[i] != ',' {
			return step{}, p.fault(src, i, Unexpected, expected)
		}
		if i = skipBlanks(src, i+1); i == len(src) {
			return step{}, &Error{Fault: UnexpectedEnd, Offset: i}
		}
	}
	if top.object {
		return p.member(src, i, opened)
	}
	return step{end: i}, nil
}

func (f *frame) bracket() byte {
	if f.object {
		return '}'
	}
	return ']'
}

func (f *frame) expected(opened bool) Expectation {
	switch {
	case opened && f.object:
		return NameOrEnd
	case opened:
		return ValueOrEnd
	case f.object:
		return CommaOrBrace
	}
	return CommaOrBracket
}

// member reads a name and its colon.
func (p *Parser) member(src []byte, i int, opened bool) (step, *Error) {
	if src[i] != '"' {
		expected := Name
		if opened {
			expected = NameOrEnd
		}
		return step{}, p.fault(src, i, Unexpected, expected)
	}
	end, flags, err := p.text(src, i)
	if err != nil {
		return step{}, err
	}
	name := src[i+1 : end-1]
	if flags&Escaped != 0 {
		name = unescape(src[i:end])
	}
	key, known := p.vocabulary.keys[string(name)]
	if !known {
		key = p.vocabulary.Unknown()
	}
	i = skipBlanks(src, end)
	if i == len(src) {
		return step{}, &Error{Fault: UnexpectedEnd, Expected: Colon, Offset: i}
	}
	if src[i] != ':' {
		return step{}, p.fault(src, i, Unexpected, Colon)
	}
	return step{end: skipBlanks(src, i+1), key: key}, nil
}
