package jsondoc

// separator is what was last found between a value and the next one at some place of the document:
// blanks, comma, name, colon, or a closing bracket. A place has a slot: after the value of each name,
// after the opening of each container, and between the items of each array. Files written by programs repeat themselves, so
// that one comparison of bytes replaces reading them again.
type separator struct {
	first, mask  uint64 // its first bytes, at most 8
	start, width uint32 // where it stood
	key          Key
	closes       bool
}

// follows tells whether the separator stands at i again, up to end, and is followed by what it led to.
func (s *separator) follows(src []byte, i, end int) bool {
	if s.width == 0 || end+8 > len(src) || (word(src, i)^s.first)&s.mask != 0 {
		return false
	}
	if s.width > 8 && !sameFrom8(src[i:end], src[s.start:]) {
		return false
	}
	return s.closes || src[end] > ' ' && src[end] != ']' // no more blanks than last time, no array that ends at once
}

// sameFrom8 tells whether b starts with a, whose first 8 bytes are known to be the same. Separators are
// short: eight bytes at a time, the last ones overlapping, beats a call to compare them.
func sameFrom8(a, b []byte) bool {
	last := len(a) - 8
	b = b[:len(a)]
	for at := 8; at < last; at += 8 {
		if word(a, at) != word(b, at) {
			return false
		}
	}
	return word(a, last) == word(b, last)
}

// separator reads what stands between the value that ends at i and the next one, and learns it for slot.
func (p *Parser) separator(src []byte, i int, slot uint32, top frame) (*separator, int, *Error) {
	s := &p.learnt[slot]
	end, err := p.read(src, i, top.object, slot == top.opened, s)
	if err != nil {
		return s, end, err
	}
	s.start, s.width = uint32(i), 0
	if width := end - i; width > 0 && end+8 <= len(src) {
		s.width, s.mask = uint32(width), ^uint64(0)
		if width < 8 {
			s.mask = 1<<(8*width) - 1
		}
		s.first = word(src, i) & s.mask
	}
	return s, end, nil
}

// read reads a separator and says in s what it leads to.
func (p *Parser) read(src []byte, i int, object, opened bool, s *separator) (int, *Error) {
	expected := expectedIn(object, opened)
	i = skipBlanks(src, i)
	if i == len(src) {
		return i, &Error{Fault: UnexpectedEnd, Expected: expected, Offset: i}
	}
	s.key, s.closes = NoKey, src[i] == bracketOf(object)
	if s.closes {
		return i + 1, nil
	}
	if !opened {
		if src[i] != ',' {
			return i, p.fault(src, i, Unexpected, expected)
		}
		if i = skipBlanks(src, i+1); i == len(src) {
			return i, &Error{Fault: UnexpectedEnd, Offset: i}
		}
	}
	if !object {
		return i, nil
	}
	return p.member(src, i, opened, s)
}

func bracketOf(object bool) byte {
	if object {
		return '}'
	}
	return ']'
}

func expectedIn(object, opened bool) Expectation {
	switch {
	case opened && object:
		return NameOrEnd
	case opened:
		return ValueOrEnd
	case object:
		return CommaOrBrace
	}
	return CommaOrBracket
}

// member reads a name and its colon.
func (p *Parser) member(src []byte, i int, opened bool, s *separator) (int, *Error) {
	if src[i] != '"' {
		expected := Name
		if opened {
			expected = NameOrEnd
		}
		return i, p.fault(src, i, Unexpected, expected)
	}
	end, flags, err := p.text(src, i)
	if err != nil {
		return i, err
	}
	name := src[i+1 : end-1]
	if flags&Escaped != 0 {
		name = unescape(src[i:end])
	}
	var known bool
	if s.key, known = p.vocabulary.keys[string(name)]; !known {
		s.key = p.vocabulary.Unknown()
	}
	i = skipBlanks(src, end)
	if i == len(src) {
		return i, &Error{Fault: UnexpectedEnd, Expected: Colon, Offset: i}
	}
	if src[i] != ':' {
		return i, p.fault(src, i, Unexpected, Colon)
	}
	return skipBlanks(src, i+1), nil
}
