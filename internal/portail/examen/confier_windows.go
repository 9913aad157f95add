package examen

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// poignee is the variable that tells the process which of its handles is the file: Windows has no descriptor 3.
const poignee = "GUICHET_POIGNEE"

// confier gives a process that is to be started the file, as a handle that it inherits. What it returns is to be
// called after.
func confier(cmd *exec.Cmd, f *os.File) (func() error, error) {
	var copie windows.Handle
	moi := windows.CurrentProcess()
	if err := windows.DuplicateHandle(moi, windows.Handle(f.Fd()), moi, &copie, 0, true, windows.DUPLICATE_SAME_ACCESS); err != nil {
		return nil, fmt.Errorf("give the file to the examination: %w", err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, AdditionalInheritedHandles: []syscall.Handle{syscall.Handle(copie)}}
	cmd.Env = append(cmd.Env, poignee+"="+strconv.FormatUint(uint64(copie), 10))
	return func() error { return windows.CloseHandle(copie) }, nil
}

// confie is the file that this process was given.
func confie() (*os.File, error) {
	n, err := strconv.ParseUint(os.Getenv(poignee), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("the file to examine: %w", err)
	}
	return os.NewFile(uintptr(n), "archive"), nil
}
