package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// question is one value to ask for.
type question struct {
	answer   *string
	flag     string
	label    string // what is asked, and the form that is expected
	proposed string // taken when the person just presses Enter; "" when there must be an answer
	check    func(string) error
}

// questions lists what a project needs to know, in the order in which it is asked.
func (s *setup) questions() []question {
	return []question{
		{&s.numeroAns, "numero-ans", s.t("Numéro de référencement du logiciel (numeroAns, 10 caractères)", "Référencement number of the software (numeroAns, 10 characters)"), s.getenv("GUICHET_NUMERO_ANS"), s.isNumeroAns},
		{&s.siret, "siret", s.t("SIRET du fournisseur (14 chiffres)", "SIRET of the supplier (14 digits)"), s.getenv("GUICHET_SIRET"), s.isSIRET},
		{&s.output, "sortie", s.t("Dossier des fichiers à déposer", "Folder of the files to deposit"), "depots", nil},
		{&s.pieces, "pieces", s.t("Dossier des bons de commande signés", "Folder of the signed order forms"), "bons", nil},
		{&s.registries, "referentiels", s.t("Dossier des référentiels", "Folder of the registers"), "referentiels", nil},
		{&s.ledger, "carnet", s.t("Carnet des numéros et des dépôts", "Ledger of numbers and deposits"), "guichet.db", nil},
	}
}

// ask asks the questions that no flag has answered, each until its answer is a right one.
func (s *setup) ask(ctx context.Context) error {
	lines := readLines(ctx, s.stdin)
	for _, q := range s.questions() {
		for *q.answer == "" {
			s.show(q)
			line, err := lines()
			if ctx.Err() != nil {
				_, _ = fmt.Fprintln(s.stderr)
				return ctx.Err()
			}
			if err != nil {
				_, _ = fmt.Fprintln(s.stderr)
				return s.errorf("réponses interrompues, rien n'est écrit", "answers interrupted, nothing is written")
			}
			s.take(q, line)
		}
	}
	return nil
}

func (s *setup) show(q question) {
	bracket := ""
	if q.proposed != "" {
		bracket = " [" + shown(q.proposed) + "]"
	}
	_, _ = fmt.Fprint(s.stderr, q.label+bracket+s.t(" : ", ": "))
}

// take keeps an answer, or says what is expected instead.
func (s *setup) take(q question, line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		line = q.proposed
	}
	if line == "" {
		_, _ = fmt.Fprintln(s.stderr, "  "+s.t("une réponse est nécessaire, Ctrl-C abandonne", "an answer is needed, Ctrl-C gives up"))
		return
	}
	if q.check != nil {
		if err := q.check(line); err != nil {
			_, _ = fmt.Fprintf(s.stderr, "  "+s.t("« %s » trouvé, %s", `"%s" found, %s`)+"\n", shown(line), err)
			return
		}
	}
	*q.answer = line
}

// maxAnswer bounds a line, in bytes.
const maxAnswer = 4096

// readLines reads line after line, and stops waiting when ctx ends. A last line without its break is no answer:
// the person has given up in the middle of it.
func readLines(ctx context.Context, r io.Reader) func() (string, error) {
	type answer struct {
		line string
		err  error
	}
	b := bufio.NewReaderSize(r, maxAnswer)
	return func() (string, error) {
		got := make(chan answer, 1)
		go func() {
			line, err := b.ReadSlice('\n')
			got <- answer{string(line), err}
		}()
		select {
		case a := <-got:
			return a.line, a.err
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}
