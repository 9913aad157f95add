package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"regexp"
	"slices"
)

// own is a kind of file that guichet writes for programs or browsers. It is known by its marks, all of them near its
// beginning; that nobody has edited it since, by the digest of what comes before its seal, which ends it.
type own struct {
	marks []string
	end   string // what the seal stands before, and replaces
	seal  string // with a place for the digest; "" where nobody edits
}

// owns are these kinds. Texts, CSV, YAML and empty models are not here: people add to them.
var owns = []own{
	{[]string{"{\n  \"format_version\": "}, "\n}\n", ",\n  \"sceau\": \"%s\"\n}\n"},
	{[]string{"sarif-schema", `"name": "Guichet"`}, "\n}\n", ",\n  \"properties\": {\"sceau\": \"%s\"}\n}\n"},
	{[]string{"<testsuites>", `<property name="guichet"`}, "", "\n<!-- sceau %s -->\n"},
	{[]string{`<meta name="generator" content="Guichet">`}, "", "\n<!-- sceau %s -->\n"},
	{marks: []string{"guichet-referentiel;"}},
	{marks: []string{`.TH "GUICHET`}},
	{[]string{`"impId": "SIMULATION-`}, "", simulatedSeal},
}

// ownOf returns the kind of a file that begins so, nil for none.
func ownOf(head []byte) *own {
	i := slices.IndexFunc(owns, func(o own) bool {
		return !slices.ContainsFunc(o.marks, func(m string) bool { return !bytes.Contains(head, []byte(m)) })
	})
	if i < 0 {
		return nil
	}
	return &owns[i]
}

// sealed is what ends a file with this digest.
func (o *own) sealed(sum hash.Hash) string {
	return fmt.Sprintf(o.seal, fmt.Sprintf("%x", sum.Sum(nil)))
}

// intact tells whether a file is as it was written.
func (o *own) intact(f io.ReaderAt, size int64) bool {
	switch o.seal {
	case "":
		return true
	case simulatedSeal:
		content, err := io.ReadAll(io.NewSectionReader(f, 0, size))
		return err == nil && bytes.Equal(content, sealSimulated(content))
	}
	sum := sha256.New()
	body := size - int64(len(o.sealed(sum)))
	if body < 0 {
		return false
	}
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, body)); err != nil {
		return false
	}
	end, err := io.ReadAll(io.NewSectionReader(f, body, size-body))
	return err == nil && string(end) == o.sealed(sum)
}

// sealer writes a file and ends it with its seal, if it is of a kind that has one.
type sealer struct {
	w    io.Writer
	sum  hash.Hash
	head []byte
	held []byte // the last bytes, which the seal may replace
}

// longestEnd is how many bytes are held back.
const longestEnd = len("\n}\n")

func newSealer(w io.Writer) *sealer { return &sealer{w: w, sum: sha256.New()} }

func (s *sealer) Write(p []byte) (int, error) {
	if room := marked - len(s.head); room > 0 {
		s.head = append(s.head, p[:min(room, len(p))]...)
	}
	s.held = append(s.held, p...)
	if n := len(s.held) - longestEnd; n > 0 {
		if err := s.pass(s.held[:n]); err != nil {
			return 0, err
		}
		s.held = append(s.held[:0], s.held[n:]...)
	}
	return len(p), nil
}

func (s *sealer) pass(p []byte) error {
	s.sum.Write(p)
	_, err := s.w.Write(p)
	return err
}

// finish writes what was held back, and the seal.
func (s *sealer) finish() error {
	o := ownOf(s.head)
	if o == nil || o.seal == "" || o.seal == simulatedSeal || !bytes.HasSuffix(s.held, []byte(o.end)) {
		return s.pass(s.held)
	}
	if err := s.pass(s.held[:len(s.held)-len(o.end)]); err != nil {
		return err
	}
	_, err := io.WriteString(s.w, o.sealed(s.sum))
	return err
}

// simulatedSeal is that of a simulated return, a file by the norm that takes no field more: the end of its impId.
const simulatedSeal = "00000000"

var simulatedID = regexp.MustCompile(`"impId": "SIMULATION-[0-9]{8}-([0-9a-f]{8})"`)

// sealSimulated makes the impId of a simulated return that of its content.
func sealSimulated(content []byte) []byte {
	at := simulatedID.FindSubmatchIndex(content)
	if at == nil {
		return nil
	}
	content = bytes.Clone(content)
	seal := content[at[2]:at[3]]
	copy(seal, simulatedSeal)
	sum := sha256.Sum256(content)
	copy(seal, fmt.Sprintf("%x", sum[:4]))
	return content
}
