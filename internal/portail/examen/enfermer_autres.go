//go:build !linux || !(amd64 || arm64)

package examen

// enfermer: other systems have no filter of system calls that a process sets for itself alone.
func enfermer() error { return nil }
