package jsondoc

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// text reads the string literal that starts with the quote at i, whatever is in it.
func (p *Parser) text(src []byte, i int) (end int, flags Flags, err *Error) {
	start, high := i, byte(0)
	for i++; i < len(src); {
		c := src[i]
		high |= c
		switch {
		case c == '"':
			return p.textEnd(src, start, i+1, flags, high)
		case c == '\\' || c < ' ':
			at := i
			if i, err = p.escape(src, i); err != nil {
				return i, 0, badText(src, start, err)
			}
			if flags |= Escaped; src[at+1] == 'u' {
				var none bool
				if i, none = character(src, at); none {
					flags |= NoText
				}
			}
		default:
			i++
		}
	}
	return i, 0, badText(src, start, &Error{Fault: UnexpectedEnd, Offset: len(src)})
}

func (p *Parser) textEnd(src []byte, start, end int, flags Flags, high byte) (int, Flags, *Error) {
	if high < utf8.RuneSelf {
		return end, flags, nil
	}
	p.doc.ascii = false
	if at := invalidUTF8(src[start:end]); at >= 0 {
		return end, 0, &Error{Fault: InvalidUTF8, Offset: start + at}
	}
	return end, flags | NonASCII, nil
}

// badText reports a fault inside a string, or the bytes before it that are not UTF-8.
func badText(src []byte, start int, err *Error) *Error {
	if at := invalidUTF8(src[start:err.Offset]); at >= 0 {
		return &Error{Fault: InvalidUTF8, Offset: start + at}
	}
	return err
}

// invalidUTF8 returns the offset of the first bytes that are not UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// escape reads the escape at i; a byte that is no backslash there is a control character.
func (p *Parser) escape(src []byte, i int) (int, *Error) {
	if src[i] != '\\' {
		return i, &Error{Fault: ControlChar, Offset: i}
	}
	if i+1 >= len(src) {
		return i, &Error{Fault: UnexpectedEnd, Offset: len(src)}
	}
	switch src[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2, nil
	case 'u':
		return hex4(src, i)
	}
	return i, &Error{Fault: BadEscape, Offset: i}
}

// character returns the end of the \u escape at i, with the one after it where both are one character, and whether
// it is none: U+0000, or half of a pair.
func character(src []byte, i int) (end int, none bool) {
	r := unit(src, i)
	if !utf16.IsSurrogate(r) {
		return i + 6, r == 0
	}
	if i+12 <= len(src) && src[i+6] == '\\' && src[i+7] == 'u' {
		if _, err := hex4(src, i+6); err == nil && utf16.DecodeRune(r, unit(src, i+6)) != utf8.RuneError {
			return i + 12, false
		}
	}
	return i + 6, true
}

// Broken names the first escape of the string node n that is no character, as it is written; "" for none.
func (d *Document) Broken(n uint32) string {
	raw := d.Raw(n)
	for i := 1; i < len(raw)-1; i++ {
		if raw[i] != '\\' {
			continue
		}
		if raw[i+1] != 'u' {
			i++
			continue
		}
		end, none := character(raw, i)
		if none {
			return string(raw[i : i+6])
		}
		i = end - 1
	}
	return ""
}

// unit returns the number of the \u escape at i.
func unit(src []byte, i int) rune {
	n, _ := strconv.ParseUint(string(src[i+2:i+6]), 16, 16)
	return rune(n)
}

func hex4(src []byte, i int) (int, *Error) {
	for j := i + 2; j < i+6; j++ {
		if j >= len(src) {
			return i, &Error{Fault: UnexpectedEnd, Offset: len(src)}
		}
		c := src[j] | 0x20
		if (src[j] < '0' || src[j] > '9') && (c < 'a' || c > 'f') {
			return i, &Error{Fault: BadEscape, Offset: i}
		}
	}
	return i + 6, nil
}

// literal reads true, false or null.
func (p *Parser) literal(src []byte, i int) (int, Kind, *Error) {
	rest := src[i:]
	switch {
	case len(rest) >= 4 && string(rest[:4]) == "null":
		return i + 4, Null, nil
	case len(rest) >= 4 && string(rest[:4]) == "true":
		return i + 4, True, nil
	case len(rest) >= 5 && string(rest[:5]) == "false":
		return i + 5, False, nil
	}
	return i, Null, &Error{Fault: BadLiteral, Offset: i}
}

// number reads a number by the grammar of JSON: no leading zero, no bare point, no plus sign.
func (p *Parser) number(src []byte, i int) (int, *Error) {
	start := i
	if src[i] == '-' {
		i++
	}
	whole := digits(src, i)
	switch {
	case whole == i && i == start:
		return i, p.fault(src, i, Unexpected, AnyValue)
	case whole == i, src[i] == '0' && whole > i+1:
		return i, &Error{Fault: BadNumber, Offset: start}
	}
	i = whole
	if i < len(src) && src[i] == '.' {
		if i = digits(src, i+1); src[i-1] == '.' {
			return i, &Error{Fault: BadNumber, Offset: start}
		}
	}
	if i < len(src) && src[i]|0x20 == 'e' {
		return exponent(src, start, i+1)
	}
	return i, nil
}

func exponent(src []byte, start, i int) (int, *Error) {
	if i < len(src) && (src[i] == '+' || src[i] == '-') {
		i++
	}
	end := digits(src, i)
	if end == i {
		return i, &Error{Fault: BadNumber, Offset: start}
	}
	return end, nil
}

func digits(src []byte, i int) int {
	for i < len(src) && src[i]-'0' <= 9 {
		i++
	}
	return i
}

// fault reports the character at i, as an encoding fault if it is none.
func (p *Parser) fault(src []byte, i int, f Fault, e Expectation) *Error {
	if src[i] >= utf8.RuneSelf {
		if r, size := utf8.DecodeRune(src[i:]); r == utf8.RuneError && size == 1 {
			f = InvalidUTF8
		}
	} else if wordLike(src[i]) && f == Unexpected && e == AnyValue {
		f = BadLiteral
	}
	return &Error{Fault: f, Expected: e, Offset: i}
}

func wordLike(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func skipBlanks(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\r' || src[i] == '\t') {
		i++
	}
	return i
}
