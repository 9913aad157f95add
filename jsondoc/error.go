package jsondoc

import "fmt"

// Fault is the reason why bytes could not be read.
type Fault uint8

// The faults.
const (
	Empty         Fault = iota // nothing but blanks
	InvalidUTF8                // a byte sequence that is not UTF-8
	Unexpected                 // a character that cannot stand there
	UnexpectedEnd              // the document ends inside a value
	ControlChar                // a raw control character inside a string
	BadEscape                  // a backslash sequence that JSON does not have
	BadNumber                  // a number that JSON cannot write (01, .5, +1, 1.)
	BadLiteral                 // a word that is not true, false, null
	TooDeep                    // more containers inside each other than MaxDepth
	TooLarge                   // more bytes than MaxBytes
	TooMany                    // more values than MaxValues
	Trailing                   // something after the document
)

// Expectation is what the parser was ready to read where it met a fault.
type Expectation uint8

// The expectations.
const (
	AnyValue Expectation = iota
	ValueOrEnd
	NameOrEnd
	Name
	Colon
	CommaOrBrace
	CommaOrBracket
	Nothing
)

// Error says where and why reading stopped.
type Error struct {
	Fault    Fault
	Expected Expectation
	Offset   int // byte offset of the first byte that could not be read
}

// Error describes the fault for developers; readers get their text from the caller's catalogue.
func (e *Error) Error() string {
	return fmt.Sprintf("jsondoc: fault %d at byte %d", e.Fault, e.Offset)
}
