package portail

import "golang.org/x/sys/windows"

// octetsLibres is the room left for who runs the counter on the disk of a folder, in bytes.
func octetsLibres(dossier string) (octets uint64, err error) {
	chemin, err := windows.UTF16PtrFromString(dossier)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(chemin, &octets, nil, nil)
	return octets, err
}
