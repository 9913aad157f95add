package fichier

import (
	"os"

	"golang.org/x/sys/unix"
)

// pousser has the disk begin to write a part of a file, without waiting for it. It promises nothing: Sync does, and
// tells of what has failed.
func pousser(f *os.File, debut, n int64) {
	_ = unix.SyncFileRange(int(f.Fd()), debut, n, unix.SYNC_FILE_RANGE_WRITE)
}
