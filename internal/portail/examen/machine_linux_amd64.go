package examen

import "golang.org/x/sys/unix"

// machine is how the kernel calls the calls of this one.
const machine = unix.AUDIT_ARCH_X86_64
