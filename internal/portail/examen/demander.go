package examen

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"guichet/piece"
)

// Programme is the command that answers, with its arguments: nil for this program's hidden subcommand.
type Programme []string

func (p Programme) commande(ctx context.Context) (*exec.Cmd, error) {
	if len(p) == 0 {
		moi, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find this program: %w", err)
		}
		p = Programme{moi, Commande}
	}
	return exec.CommandContext(ctx, p[0], p[1:]...), nil
}

// preparer makes a process that is asked q about f, and sees nothing of this one's environment. reprendre is to be called
// after it.
func (p Programme) preparer(ctx context.Context, q Question, f *os.File) (cmd *exec.Cmd, reprendre func() error, err error) {
	question, err := json.Marshal(q)
	if err != nil {
		return nil, nil, fmt.Errorf("ask for an examination: %w", err)
	}
	if cmd, err = p.commande(ctx); err != nil {
		return nil, nil, err
	}
	// it has one processor, and little memory beside what it holds: several are at work at once
	cmd.Env, cmd.Stdin, cmd.WaitDelay = []string{"GOMAXPROCS=1", "GOGC=40"}, bytes.NewReader(question), time.Second
	reprendre, err = confier(cmd, f)
	return cmd, reprendre, err
}

// Demander has f examined in a process of its own, and passes each
// answer to suivre; documents gives the bytes of a Bonne, and may be left unread. attendues is how many documents
// the demandes of q name. An error that is ErrEchec is the archive's, or the process's: the same may happen again.
func Demander(ctx context.Context, p Programme, q Question, f *os.File, attendues int, suivre func(r Reponse, document io.Reader) error) (err error) {
	ctx, arreter := context.WithTimeout(ctx, delai)
	defer arreter()
	cmd, reprendre, err := p.preparer(ctx, q, f)
	if err != nil {
		return err
	}
	var plainte bytes.Buffer
	cmd.Stderr = &bref{&plainte}
	defer func() { err = errors.Join(err, reprendre()) }()
	sortie, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("ask for an examination: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the examination: %w", err)
	}
	b := bufio.NewReaderSize(sortie, maxLigne)
	err = lire(b, attendues, suivre)
	if err == nil {
		err = lireLues(b, attendues, suivre)
	}
	arreter() // the examination has come to its end, or to nothing: what the process still does is of no use
	fin := cmd.Wait()
	if err != nil {
		return errors.Join(err, dire(fin, plainte.String()))
	}
	return nil
}

func dire(fin error, plainte string) error {
	if fin == nil {
		return nil
	}
	return fmt.Errorf("%w: %s", fin, plainte)
}

// lire reads the answer of a process that hostile bytes may have taken over: all is bounded, nothing believed.
func lire(b *bufio.Reader, attendues int, suivre func(Reponse, io.Reader) error) error {
	for n := 0; ; n++ {
		ligne, err := b.ReadSlice('\n')
		if err != nil {
			return fmt.Errorf("%w: no line: %w", ErrEchec, err)
		}
		var r Reponse
		if err := json.Unmarshal(ligne, &r); err != nil {
			return fmt.Errorf("%w: %w", ErrEchec, err)
		}
		if n > maxReponses+attendues {
			return fmt.Errorf("%w: too many lines", ErrEchec)
		}
		if err := r.verifier(attendues); err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrEchec, n+1, err)
		}
		document := io.LimitReader(b, r.Taille)
		if err := suivre(r, document); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, document); err != nil {
			return fmt.Errorf("%w: %w", ErrEchec, err)
		}
		if r.Genre == Fin {
			return nil
		}
	}
}

// lireLues reads what texts say, as far as that can be read: the process may die at any of them, and nothing depends on it.
func lireLues(b *bufio.Reader, attendues int, suivre func(Reponse, io.Reader) error) error {
	for range attendues {
		var r Reponse
		ligne, err := b.ReadSlice('\n')
		if err != nil || json.Unmarshal(ligne, &r) != nil || r.Genre != Lue || r.Lu == nil || r.Piece < 0 || r.Piece >= attendues || r.Taille != 0 || r.Lu.verifier() != nil {
			return nil //nolint:nilerr // it is a hint
		}
		if err := suivre(r, nil); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reponse) verifier(attendues int) error {
	bonne := r.Genre == Bonne
	switch {
	case r.Piece < -1 || r.Piece >= attendues:
		return errors.New("no such document is expected")
	case (bonne || r.Genre == Mauvaise) && r.Piece < 0:
		return errors.New("a document for nobody")
	case bonne != (r.Taille > 0) || r.Taille < 0 || r.Taille > piece.Accepter.MaxOctets:
		return errors.New("a document of a wrong size")
	case bonne && r.Format != "PDF" && r.Format != "PNG" && r.Format != "JPG":
		return errors.New("a document of another format")
	case bonne || r.Genre == Mauvaise || r.Genre == Ecartee || r.Genre == Fermee || r.Genre == Fin:
		return nil
	}
	return errors.New("an answer of an unknown kind")
}

// bref keeps the first bytes of what a process complains of.
type bref struct{ b *bytes.Buffer }

func (s *bref) Write(p []byte) (int, error) {
	s.b.Write(p[:min(len(p), max(0, 2000-s.b.Len()))])
	return len(p), nil
}
