//go:build unix

package portail

import "golang.org/x/sys/unix"

// octetsLibres is the room left for who runs the counter on the disk of a folder, in bytes.
func octetsLibres(dossier string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dossier, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
