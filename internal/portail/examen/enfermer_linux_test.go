//go:build linux && (amd64 || arm64)

package examen

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// evasions are what hostile bytes would do with a process that they have taken over, on all of its threads.
var evasions = map[string]func() error{
	"read a file":            func() error { _, err := os.ReadFile("/etc/hostname"); return err },
	"read its own program":   func() error { f, err := os.Open("/proc/self/exe"); closeIt(f); return err },
	"list a folder":          func() error { _, err := os.ReadDir("/"); return err },
	"write a file":           func() error { return os.WriteFile(filepath.Join(os.TempDir(), "guichet-evasion"), nil, 0o600) },
	"make a folder":          func() error { return os.Mkdir(filepath.Join(os.TempDir(), "guichet-evasion-d"), 0o700) },
	"look at a file":         func() error { _, err := os.Stat("/etc/passwd"); return err },
	"remove a file":          func() error { return os.Remove(filepath.Join(os.TempDir(), "guichet-absent")) },
	"openat2":                func() error { _, err := unix.Openat2(unix.AT_FDCWD, "/etc/passwd", &unix.OpenHow{}); return err },
	"listen":                 func() error { l, err := net.Listen("tcp", "127.0.0.1:0"); closeIt(l); return err },
	"connect":                func() error { c, err := net.Dial("udp", "127.0.0.1:53"); closeIt(c); return err },
	"a socket of the system": func() error { _, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err },
	"a pair of sockets":      func() error { _, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err },
	"run a program":          func() error { return exec.Command("/bin/true").Run() },
	"become a program":       func() error { return syscall.Exec("/bin/true", []string{"true"}, nil) },
	"fork": func() error {
		n, _, e := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
		if e == 0 && n == 0 {
			syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
		}
		return erreur(e)
	},
	"memory to run": func() error {
		_, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE)
		return err
	},
	"make it so later": func() error {
		b, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
		if err != nil {
			return nil
		}
		return unix.Mprotect(b, unix.PROT_READ|unix.PROT_EXEC)
	},
	"a file in memory":     func() error { _, err := unix.MemfdCreate("x", 0); return err },
	"a signal to others":   func() error { return unix.Kill(os.Getppid(), 0) },
	"a signal to a thread": func() error { return unix.Tgkill(os.Getppid(), os.Getppid(), 0) },
	"trace others":         func() error { return unix.PtraceAttach(os.Getppid()) },
	"read others' memory":  func() error { _, err := unix.ProcessVMReadv(os.Getppid(), nil, nil, 0); return err },
	"a new namespace":      func() error { return unix.Unshare(unix.CLONE_NEWUSER) },
	"mount":                func() error { return unix.Mount("none", "/tmp", "tmpfs", 0, "") },
	"be root again":        func() error { return unix.Setresuid(0, 0, 0) },
	"keys of the kernel":   func() error { _, err := unix.KeyctlGetKeyringID(unix.KEY_SPEC_SESSION_KEYRING, true); return err },
	"a program of the kernel": func() error {
		_, _, e := unix.Syscall(unix.SYS_BPF, 0, 0, 0)
		return erreur(e)
	},
	"io_uring": func() error { _, _, e := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, 0, 0); return erreur(e) },
	"undo the filter": func() error {
		return unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_STRICT, 0, 0, 0)
	},
	"lift a limit": func() error {
		return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 1 << 20, Max: 1 << 20})
	},
}

func erreur(e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

func closeIt(c io.Closer) {
	defer func() { _ = recover() }() // of nothing
	_ = c.Close()
}

// evade is what a process that was taken over tells of itself.
type evade struct {
	Reussies []string
	Compte   int
}

// prisDeForce shuts itself in as an examination does, then tries everything, on several threads.
func prisDeForce(simple bool) int {
	if simple && syscall.Setresuid(1234, 1234, 1234) != nil {
		return 3
	}
	autre := make(chan func())
	go func() { // a thread from before the filter
		runtime.LockOSThread()
		for f := range autre {
			f()
		}
	}()
	faite := make(chan bool)
	autre <- func() {}
	if err := enfermer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	e := evade{Compte: os.Geteuid()}
	for nom, f := range evasions {
		if f() == nil {
			e.Reussies = append(e.Reussies, nom)
		}
		autre <- func() {
			if f() == nil {
				e.Reussies = append(e.Reussies, nom+", on an older thread")
			}
			faite <- true
		}
		<-faite
	}
	slices.Sort(e.Reussies)
	return map[bool]int{true: 0, false: 1}[json.NewEncoder(os.Stdout).Encode(e) == nil]
}

// A process that hostile bytes have taken over gets nowhere where the protection says that it holds: no file, socket,
// program, other process, nor root's account, on no thread, whether root or anybody started it.
func TestShutIn(t *testing.T) {
	t.Parallel()
	tient, err := Eprouver(t.Context(), Programme{os.Args[0], Commande})
	if err != nil {
		t.Fatal(err)
	}
	if !tient.SansFichiers && !tient.SansReseau && !tient.SansProgrammes {
		t.Skip("this system has no filter of calls: the start says so")
	}
	roles := []string{"hostile"}
	if os.Geteuid() == 0 {
		roles = append(roles, "hostile-simple")
	}
	if !tient.Entiere() {
		t.Errorf("not all holds: %+v", tient)
	}
	for _, role := range roles {
		cmd := exec.CommandContext(t.Context(), os.Args[0], role)
		var plainte strings.Builder
		cmd.Stderr = &plainte
		octets, err := cmd.Output()
		var e evade
		if err != nil || json.Unmarshal(octets, &e) != nil || len(e.Reussies) > 0 || e.Compte == 0 {
			t.Errorf("%s: %v, %+v %.2000s", role, err, e, plainte.String())
		}
	}
}

// What shutting in costs the shortest examination there is, of a question that nobody can answer: the median of the ratios
// of pairs that take turns.
func BenchmarkShutIn(b *testing.B) {
	demander := func(quoi string) time.Duration {
		f, err := os.Open(os.DevNull)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		debut := time.Now()
		if err := Demander(b.Context(), Programme{os.Args[0], quoi}, Question{Edition: "aucune"}, f, 0, nil); !errors.Is(err, ErrEchec) {
			b.Fatal(err)
		}
		return time.Since(debut)
	}
	var rapports, durees []float64
	for b.Loop() {
		avec := demander(Commande)
		durees = append(durees, avec.Seconds()*1000)
		rapports = append(rapports, float64(avec)/float64(demander("sans-enceinte")))
	}
	slices.Sort(rapports)
	slices.Sort(durees)
	b.ReportMetric(rapports[len(rapports)/2], "with÷without")
	b.ReportMetric(durees[len(durees)/2], "ms/with")
}
