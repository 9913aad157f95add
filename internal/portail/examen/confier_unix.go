//go:build !windows

package examen

import (
	"os"
	"os/exec"
)

// confier gives a process that is to be started the file, as descriptor 3. What it returns is to be called after.
func confier(cmd *exec.Cmd, f *os.File) (func() error, error) {
	cmd.ExtraFiles = []*os.File{f}
	return func() error { return nil }, nil
}

// confie is the file that this process was given.
func confie() (*os.File, error) { return os.NewFile(3, "archive"), nil }
