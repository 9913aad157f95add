package partage

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func systeme(chemin string) (Systeme, error) {
	var f unix.Statfs_t
	if err := unix.Statfs(chemin, &f); err != nil {
		return Systeme{}, err
	}
	numero := uint32(f.Type) //nolint:gosec // its width is the machine's, its value is one of 32 bits
	if numero != numeroFuse {
		return Systeme{Nom: numeros[numero]}, nil
	}
	var s unix.Stat_t
	monts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil || unix.Stat(chemin, &s) != nil {
		return Systeme{Nom: numeros[numero]}, nil
	}
	nom := monte(string(monts), fmt.Sprintf("%d:%d", unix.Major(s.Dev), unix.Minor(s.Dev)))
	if nom == "" {
		nom = numeros[numero]
	}
	return Systeme{Nom: nom}, nil
}
