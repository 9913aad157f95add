package examen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

// Enceinte is what a process that examines cannot do, whatever bytes have taken it over.
type Enceinte struct {
	SansFichiers   bool `json:"sansFichiers"`   // open a file
	SansReseau     bool `json:"sansReseau"`     // open a connection
	SansProgrammes bool `json:"sansProgrammes"` // start a program
	SansPouvoir    bool `json:"sansPouvoir"`    // act as the administrator of the machine
}

// Entiere tells whether all of it holds.
func (e Enceinte) Entiere() bool { return e == Enceinte{true, true, true, true} }

// Eprouver starts a process like those that examine, and has it try.
func Eprouver(ctx context.Context, p Programme) (e Enceinte, err error) {
	moi, err := os.Executable()
	if err != nil {
		return e, fmt.Errorf("try the examination: %w", err)
	}
	f, err := os.Open(moi) // what is to be examined, had it been asked
	if err != nil {
		return e, fmt.Errorf("try the examination: %w", err)
	}
	defer f.Close()
	cmd, reprendre, err := p.preparer(ctx, Question{Epreuve: true}, f)
	if err != nil {
		return e, err
	}
	octets, err := cmd.Output()
	if err = errors.Join(err, reprendre()); err != nil {
		return e, fmt.Errorf("try the examination: %w", err)
	}
	if err := json.Unmarshal(octets, &e); err != nil {
		return e, fmt.Errorf("try the examination: %w", err)
	}
	return e, nil
}

// tenter does what must not be possible any more, and tells what was refused.
func tenter(sortie io.Writer) error {
	e := Enceinte{SansPouvoir: os.Geteuid() != 0}
	moi, err := os.Executable()
	if err != nil {
		moi = "/"
	}
	f, err := os.Open(moi)
	if e.SansFichiers = refuse(err); err == nil {
		_ = f.Close()
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if e.SansReseau = refuse(err); err == nil {
		_ = l.Close()
	}
	absent := filepath.Join(moi, "absent") // where starting programs is possible, this one is still not there
	e.SansProgrammes = refuse(exec.Command(absent).Start())
	return json.NewEncoder(sortie).Encode(e)
}

func refuse(err error) bool { return errors.Is(err, fs.ErrPermission) }
