package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/minio/simdjson-go"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Names of the contenders.
const (
	guichet  = "guichet"
	report   = "guichet, with report"
	santhosh = "santhosh-tekuri/jsonschema"
	simd     = "simdjson-go Parse"
	tokens   = "jsontext tokens"
	ajv      = "JSON.parse + ajv"
	wasm     = "guichet as wasm in Node"
)

// goContenders returns those that run in this process. All keep their memory from one reading to the
// next where they can.
func goContenders(schema []byte) ([]contender, error) {
	peer, err := newSanthosh(schema)
	if err != nil {
		return nil, err
	}
	g := newGuichet()
	cs := []contender{
		checking(guichet, g.check, g.count),
		checking(report, g.report, g.count),
		checking(santhosh, peer.check, peer.count),
		floor(tokens, newTokens()),
	}
	if simdjson.SupportedCPU() {
		cs = append(cs, floor(simd, newSimd()))
	}
	return cs, nil
}

func checking(name string, check func([]byte) error, count func([]byte) (int, error)) contender {
	return contender{
		name: name, time: timed(check),
		errors: func(f *file) (int, error) { return count(f.bytes) },
	}
}

func floor(name string, read func([]byte) error) contender {
	return contender{
		name: name, floor: true, time: timed(read),
		errors: func(f *file) (int, error) { return 0, read(f.bytes) },
	}
}

func timed(read func([]byte) error) func(*file, int) (time.Duration, error) {
	return func(f *file, n int) (time.Duration, error) {
		start := time.Now()
		for range n {
			if err := read(f.bytes); err != nil {
				return 0, err
			}
		}
		return time.Since(start), nil
	}
}

type ours struct{ c *controle.Controleur }

func newGuichet() ours {
	return ours{controle.Preparer(ms1dui.Courante(), jsondoc.Limits{MaxBytes: 256 << 20, MaxValues: 64 << 20})}
}

func (g ours) check(src []byte) error {
	if g.c.Controler(src, controle.Options{}).Verdict == diag.Illisible {
		return errors.New("not readable as JSON")
	}
	return nil
}

func (g ours) report(src []byte) error {
	g.c.Controler(src, controle.Options{}).Fichier(modele.Francais)
	return nil
}

func (g ours) count(src []byte) (int, error) {
	f := g.c.Controler(src, controle.Options{}).Fichier(modele.Francais)
	counts := (&diag.Rapport{Fichiers: []diag.Fichier{f}}).Comptes()
	return counts[modele.Erreur] + counts[modele.Rejet], nil
}

type santhoshPeer struct{ schema *jsonschema.Schema }

func newSanthosh(schema []byte) (santhoshPeer, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return santhoshPeer{}, fmt.Errorf("read the exported schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		return santhoshPeer{}, fmt.Errorf("add the exported schema: %w", err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		return santhoshPeer{}, fmt.Errorf("compile the exported schema: %w", err)
	}
	return santhoshPeer{compiled}, nil
}

func (p santhoshPeer) validate(src []byte) (*jsonschema.ValidationError, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	var invalid *jsonschema.ValidationError
	if err := p.schema.Validate(doc); err != nil && !errors.As(err, &invalid) {
		return nil, err
	}
	return invalid, nil
}

func (p santhoshPeer) check(src []byte) error {
	_, err := p.validate(src)
	return err
}

func (p santhoshPeer) count(src []byte) (int, error) {
	invalid, err := p.validate(src)
	if invalid == nil {
		return 0, err
	}
	return leaves(invalid), nil
}

// leaves counts the errors that have no others under them.
func leaves(e *jsonschema.ValidationError) int {
	if len(e.Causes) == 0 {
		return 1
	}
	n := 0
	for _, cause := range e.Causes {
		n += leaves(cause)
	}
	return n
}

// newTokens reads all tokens and looks at none. A bytes.Buffer is what jsontext reads without copying.
func newTokens() func([]byte) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(nil))
	return func(src []byte) error {
		d.Reset(bytes.NewBuffer(src))
		for {
			if _, err := d.ReadToken(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
}

func newSimd() func([]byte) error {
	var reuse *simdjson.ParsedJson
	return func(src []byte) error {
		parsed, err := simdjson.Parse(src, reuse)
		if err == nil {
			reuse = parsed
		}
		return err
	}
}
