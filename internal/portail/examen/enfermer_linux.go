//go:build linux && (amd64 || arm64)

package examen

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// personne is the user of systems that owns nothing.
const personne = 65534

// enfermer takes from this process, for good, what examining bytes needs not: a filter of system calls leaves what the
// runtime of Go and reading what it was given take. It opens no file, no connection, starts no program, touches no other
// process, and makes no memory that can be run. Root becomes nobody first. A system that has no such filter is no reason not
// to examine: Eprouver tells what holds.
func enfermer() error {
	for _, l := range []struct{ quoi, max int }{{unix.RLIMIT_CORE, 0}, {unix.RLIMIT_NOFILE, 64}} {
		if err := unix.Setrlimit(l.quoi, &unix.Rlimit{Cur: uint64(l.max), Max: uint64(l.max)}); err != nil {
			return fmt.Errorf("limit the examination: %w", err)
		}
	}
	if os.Geteuid() == 0 {
		if err := devenirPersonne(); err != nil {
			return fmt.Errorf("leave the account of root: %w", err)
		}
	}
	return filtrer()
}

// devenirPersonne gives root up. Where the system does not let it (a container without the right), the filter still holds.
func devenirPersonne() error {
	if err := syscall.Setgroups(nil); err != nil {
		return permis(err)
	}
	if err := syscall.Setresgid(personne, personne, personne); err != nil {
		return permis(err)
	}
	return permis(syscall.Setresuid(personne, personne, personne))
}

func permis(err error) error {
	if err == syscall.EPERM || err == syscall.EINVAL {
		return nil
	}
	return err
}

// permises are the calls that are let through whatever they are given.
var permises = []uint32{
	unix.SYS_READ, unix.SYS_WRITE, unix.SYS_PREAD64, unix.SYS_READV, unix.SYS_WRITEV, unix.SYS_LSEEK, unix.SYS_CLOSE, unix.SYS_FSTAT, unix.SYS_FCNTL,
	unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2, unix.SYS_PIPE2,
	unix.SYS_BRK, unix.SYS_MUNMAP, unix.SYS_MREMAP, unix.SYS_MADVISE, unix.SYS_MINCORE,
	unix.SYS_FUTEX, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_NANOSLEEP, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_CLOCK_GETTIME, unix.SYS_GETTIMEOFDAY,
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK, unix.SYS_RESTART_SYSCALL,
	unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ, unix.SYS_MEMBARRIER,
	unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_GETUID, unix.SYS_GETEUID, unix.SYS_GETRANDOM, unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
}

// Where the kernel shows a filter the call (struct seccomp_data): its number, the machine, the low half of each argument.
const (
	auNumero  = 0
	auMachine = 4
	auxDonnes = 16
)

// regle lets a call through whose argument has these bits (veut) or has none of them.
type regle struct {
	appel, donne, bits uint32
	veut               bool
}

// filtre is the program that the kernel runs at each call. What is not let through is answered EPERM, so that a mistake is
// an error and no death.
func filtre() ([]bpf.RawInstruction, error) {
	const erreur, oui = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM), unix.SECCOMP_RET_ALLOW
	prog := []bpf.Instruction{
		bpf.LoadAbsolute{Off: auMachine, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: machine, SkipTrue: 1},
		bpf.RetConstant{Val: erreur},
		bpf.LoadAbsolute{Off: auNumero, Size: 4},
	}
	for _, r := range []regle{
		{unix.SYS_MMAP, 2, unix.PROT_EXEC, false}, {unix.SYS_MPROTECT, 2, unix.PROT_EXEC, false},
		{unix.SYS_CLONE, 0, unix.CLONE_THREAD, true}, // a thread, and no process
	} {
		vrai, faux := uint32(erreur), uint32(oui)
		if r.veut {
			vrai, faux = faux, vrai
		}
		prog = append(prog, bpf.JumpIf{Cond: bpf.JumpEqual, Val: r.appel, SkipFalse: 4},
			bpf.LoadAbsolute{Off: auxDonnes + 8*r.donne, Size: 4},
			bpf.JumpIf{Cond: bpf.JumpBitsSet, Val: r.bits, SkipFalse: 1},
			bpf.RetConstant{Val: vrai}, bpf.RetConstant{Val: faux})
	}
	prog = append(prog, bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_CLONE3, SkipFalse: 1}, bpf.RetConstant{Val: unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)}) // threads are made by clone then
	// The other way round, not to kill what has no memory left or is told to stop: a signal to itself.
	for _, appel := range permises {
		prog = append(prog, bpf.JumpIf{Cond: bpf.JumpEqual, Val: appel, SkipFalse: 1}, bpf.RetConstant{Val: oui})
	}
	prog = append(prog, bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_TGKILL, SkipFalse: 3},
		bpf.LoadAbsolute{Off: auxDonnes, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: uint32(os.Getpid()), SkipFalse: 1}, bpf.RetConstant{Val: oui})
	return bpf.Assemble(append(prog, bpf.RetConstant{Val: erreur}))
}

// filtrer sets the filter for all threads of this process; nothing takes it away.
func filtrer() error {
	brut, err := filtre()
	if err != nil {
		return fmt.Errorf("make the filter of calls: %w", err)
	}
	suite := make([]unix.SockFilter, len(brut))
	for i, b := range brut {
		suite[i] = unix.SockFilter{Code: b.Op, Jt: b.Jt, Jf: b.Jf, K: b.K}
	}
	prog := unix.SockFprog{Len: uint16(len(suite)), Filter: &suite[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return nil // a kernel from before seccomp
	}
	_, _, _ = unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	return nil // where it does not hold, Eprouver says so
}
