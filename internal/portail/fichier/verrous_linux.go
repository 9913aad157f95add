package fichier

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// verrous is a file beside the folder, in which each byte stands for a kept file. Those who are about to refer to a file
// share the lock of its byte; who removes it has it alone. The system gives back the locks of a process that dies.
type verrous struct{ chemin string }

func nouveauxVerrous(racine string) *verrous { return &verrous{racine + Verrous} }

// tenue is what one caller holds: an open file, whose locks are not those of the others of this process.
type tenue struct {
	*verrous
	mu sync.Mutex
	f  *os.File
}

func (t *tenue) garder(sha string) error {
	return t.verrouiller(unix.F_OFD_SETLKW, unix.F_RDLCK, octet(sha), 1)
}

// toutGarder makes no file of locks: where there is none nobody removes anything, and one of another user, as a backup may be
// run by, would keep the counter out.
func (t *tenue) toutGarder() (err error) {
	t.mu.Lock()
	t.f, err = os.Open(t.chemin)
	t.mu.Unlock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("hold the kept files: %w", err)
	}
	return t.verrouiller(unix.F_OFD_SETLKW, unix.F_RDLCK, 0, 0)
}

// seul is ErrTenu while others hold the file.
func (t *tenue) seul(sha string) error {
	err := t.verrouiller(unix.F_OFD_SETLK, unix.F_WRLCK, octet(sha), 1)
	if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EACCES) {
		return ErrTenu
	}
	return err
}

func (t *tenue) verrouiller(ordre int, genre int16, debut, long int64) (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.f == nil {
		if t.f, err = os.OpenFile(t.chemin, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return fmt.Errorf("hold a kept file: %w", err)
		}
	}
	v := unix.Flock_t{Type: genre, Whence: io.SeekStart, Start: debut, Len: long}
	for err = unix.EINTR; errors.Is(err, unix.EINTR); {
		err = unix.FcntlFlock(t.f.Fd(), ordre, &v)
	}
	if err != nil {
		return fmt.Errorf("hold a kept file: %w", err)
	}
	return nil
}

func (t *tenue) rendre() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.f != nil {
		_ = t.f.Close() // nothing was written
	}
}

// octet is the place of a SHA-256 in hexadecimal in the file of locks.
func octet(sha string) int64 {
	b, err := hex.DecodeString(sha[:16])
	if err != nil {
		return 0 // no kept file: the caller looks first
	}
	return int64(binary.BigEndian.Uint64(b) >> 2) // the system adds the length to it
}
