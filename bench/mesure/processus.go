package mesure

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Cout is what one run of a program cost.
type Cout struct {
	Temps   time.Duration // from start to end
	Memoire int64         // the most that the process held at a time, bytes
}

// Executer runs a program in a folder and returns what it cost. What it says is part of the error.
func Executer(ctx context.Context, dossier string, args ...string) (Cout, error) {
	var sortie bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dossier, &sortie, &sortie
	debut := time.Now()
	err := cmd.Run()
	c := Cout{Temps: time.Since(debut)}
	if err != nil {
		return c, fmt.Errorf("%v: %w\n%.2000s", args, err, sortie.Bytes())
	}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.Memoire = u.Maxrss << 10
	}
	return c, nil
}

// Construire makes the program as users have it, from the sources in module.
func Construire(ctx context.Context, module, cible string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-pgo=internal/paquet/guichet.pgo", "-o", cible, "./cmd/guichet")
	cmd.Dir, cmd.Env = module, append(os.Environ(), "CGO_ENABLED=0")
	if dit, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build guichet: %w\n%s", err, dit)
	}
	return nil
}
