package durable

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// bloc is what a file is written by when the system does not copy it, in bytes; below assez the copy is the cheaper way.
const (
	bloc  = 4 << 10
	assez = 16 * bloc
)

// Remplir writes bytes at the beginning of a new file. Where the system can, they go to the disk without a copy in its own
// memory, which takes several times as long as all else that is done about a file of demandes. They are durable once the
// file is synced, as ever.
func Remplir(f *os.File, octets []byte) error {
	if len(octets) >= assez && sansCopie(f, unix.O_DIRECT) == nil {
		n, err := f.Write(octets[:len(octets)&^(bloc-1)])
		if errors.Is(err, unix.EINVAL) { // not these bytes, or not on this disk
			err = nil
		}
		if err := errors.Join(err, sansCopie(f, 0)); err != nil {
			return err
		}
		octets = octets[n:]
	}
	_, err := f.Write(octets)
	return err
}

// sansCopie has the writes that follow bypass the system's memory, or no longer.
func sansCopie(f *os.File, direct int) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var echec error
	err = c.Control(func(fd uintptr) {
		var drapeaux int
		if drapeaux, echec = unix.FcntlInt(fd, unix.F_GETFL, 0); echec == nil {
			_, echec = unix.FcntlInt(fd, unix.F_SETFL, drapeaux&^unix.O_DIRECT|direct)
		}
	})
	return errors.Join(err, echec)
}
