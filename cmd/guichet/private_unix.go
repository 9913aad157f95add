//go:build unix

package main

import "syscall"

// keepPrivate has all that the counter writes from now on be its own account's alone, whatever the system's habit is:
// the database, what people sent, the key.
func keepPrivate() { syscall.Umask(0o077) }
