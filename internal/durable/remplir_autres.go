//go:build !linux

package durable

import "os"

// Remplir writes bytes at the beginning of a new file.
func Remplir(f *os.File, octets []byte) error {
	_, err := f.Write(octets)
	return err
}
