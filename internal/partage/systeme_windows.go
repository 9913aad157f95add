package partage

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// systeme asks for the drive of the volume, which may also be mounted in a folder.
func systeme(chemin string) (Systeme, error) {
	if racine := unc(chemin); racine != "" {
		return Systeme{Nom: racine, Distant: true}, nil
	}
	texte, err := windows.UTF16PtrFromString(chemin)
	if err != nil {
		return Systeme{}, err
	}
	volume := make([]uint16, windows.MAX_LONG_PATH)
	if err := windows.GetVolumePathName(texte, &volume[0], uint32(len(volume))); err != nil {
		return Systeme{}, err
	}
	return Systeme{
		Nom:     filepath.VolumeName(windows.UTF16ToString(volume)),
		Distant: windows.GetDriveType(&volume[0]) == windows.DRIVE_REMOTE,
	}, nil
}
