package partage

import "golang.org/x/sys/unix"

func systeme(chemin string) (Systeme, error) {
	var f unix.Statfs_t
	if err := unix.Statfs(chemin, &f); err != nil {
		return Systeme{}, err
	}
	return Systeme{Nom: unix.ByteSliceToString(f.Fstypename[:]), Distant: f.Flags&unix.MNT_LOCAL == 0}, nil
}
