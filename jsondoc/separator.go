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

// step is where a separator leads: the next value, or past the end of the container.
type step struct {
	end    int // offset after the separator
	key    Key
	closes bool
}

// predicted tells whether the separator at i is the one learnt for slot.
func (p *Parser) predicted(src []byte, i int, slot uint32) (step, bool) {
	s := &p.learnt[slot]
	width := int(s.width)
	end := i + width
	if width == 0 || end+8 > len(src) || (word(src, i)^s.first)&s.mask != 0 {
		return step{}, false
	}
	if !s.closes && (src[end] <= ' ' || src[end] == ']') {
		return step{}, false // more blanks than last time, or an array that ends at once
	}
	if width > 8 && string(src[i+8:end]) != string(src[int(s.start)+8:int(s.start)+width]) {
		return step{}, false
	}
	return step{end: end, key: s.key, closes: s.closes}, true
}

func (p *Parser) learn(src []byte, i int, slot uint32, to step) {
	width := to.end - i
	if width == 0 || to.end+8 > len(src) {
		return
	}
	mask := ^uint64(0)
	if width < 8 {
		mask = 1<<(8*width) - 1
	}
	p.learnt[slot] = separator{first: word(src, i) & mask, mask: mask, start: uint32(i), width: uint32(width), key: to.key, closes: to.closes}
}

// separator reads what stands between the value that ends at i and the next one in an object or array.
func (p *Parser) separator(src []byte, i int, object, opened bool) (step, *Error) {
	expected := expectedIn(object, opened)
	i = skipBlanks(src, i)
	if i == len(src) {
		return step{}, &Error{Fault: UnexpectedEnd, Expected: expected, Offset: i}
	}
	if src[i] == bracketOf(object) {
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
	if object {
		return p.member(src, i, opened)
	}
	return step{end: i}, nil
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
