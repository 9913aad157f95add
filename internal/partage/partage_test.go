package partage

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReseau(t *testing.T) {
	t.Parallel()
	for s, want := range map[Systeme]bool{
		{}: false, {Nom: "ext4"}: false, {Nom: "btrfs"}: false, {Nom: "apfs"}: false, {Nom: "C:"}: false, {Nom: "fuseblk"}: false,
		{Nom: "fuse.ntfs-3g"}: false, {Nom: "fuse.gocryptfs"}: false,
		{Nom: "nfs"}: true, {Nom: "NFS4"}: true, {Nom: "cifs"}: true, {Nom: "smb2"}: true, {Nom: "smbfs"}: true, {Nom: "afpfs"}: true,
		{Nom: "webdav"}: true, {Nom: "9p"}: true, {Nom: "vboxsf"}: true, {Nom: "afs"}: true, {Nom: "coda"}: true, {Nom: "ncp"}: true,
		{Nom: "vmhgfs"}: true, {Nom: "virtiofs"}: true, {Nom: "macfuse"}: true, {Nom: "fuse"}: true,
		{Nom: "fuse.sshfs"}: true, {Nom: "fuse.vmhgfs-fuse"}: true, {Nom: "fuse.rclone"}: true, {Nom: "fuse.inconnu"}: true,
		{Nom: "Z:", Distant: true}: true, {Nom: `\\serveur\partage`, Distant: true}: true, {Nom: "autre", Distant: true}: true,
	} {
		if got := s.Reseau(); got != want {
			t.Errorf("%+v: %v, want %v", s, got, want)
		}
	}
	for numero, nom := range numeros {
		if !(Systeme{Nom: nom}).Reseau() {
			t.Errorf("%x (%s) counts as a disk of this machine", numero, nom)
		}
	}
}

func TestMonte(t *testing.T) {
	t.Parallel()
	const liste = `25 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
40 25 0:52 / /home/moi/serveur rw,nosuid shared:30 - fuse.sshfs moi@serveur:/ rw,user_id=1000
41 25 8:17 / /media/cle\040usb rw shared:31 master:2 - fuseblk /dev/sdb1 rw
`
	for appareil, want := range map[string]string{"0:52": "fuse.sshfs", "8:17": "fuseblk", "8:2": "ext4", "0:5": "", "": ""} {
		if got := monte(liste, appareil); got != want {
			t.Errorf("%s: %q, want %q", appareil, got, want)
		}
	}
}

func TestUNC(t *testing.T) {
	t.Parallel()
	for chemin, want := range map[string]string{
		`\\serveur\partage\dossier\guichet.db`: `\\serveur\partage`, `//serveur/partage`: `\\serveur\partage`,
		`\\?\UNC\serveur\partage\x`: `\\serveur\partage`, `\\wsl.localhost\Debian\home`: `\\wsl.localhost\Debian`,
		`\\?\C:\dossier`: "", `\\.\C:\dossier`: "", `C:\dossier`: "", `/home/moi`: "", `\\serveur`: "", "": "",
	} {
		if got := unc(chemin); got != want {
			t.Errorf("%s: %q, want %q", chemin, got, want)
		}
	}
}

func TestService(t *testing.T) {
	t.Parallel()
	for chemin, want := range map[string]string{
		`C:\Users\moi\OneDrive\segur`: "OneDrive", `C:\Users\moi\OneDrive - Éditeur SAS\segur`: "OneDrive",
		"/Users/moi/Library/CloudStorage/OneDrive-Personal/segur": "OneDrive", "/home/moi/Dropbox": "Dropbox", "/home/moi/Dropbox (Équipe)/x": "Dropbox",
		"/Users/moi/Library/Mobile Documents/com~apple~CloudDocs/x": "iCloud", `C:\Users\moi\iCloudDrive`: "iCloud",
		`G:\Mon Drive\segur`: "Google Drive", "/Users/moi/Library/CloudStorage/GoogleDrive-moi@exemple.invalid/x": "Google Drive",
		"/home/moi/Nextcloud/segur": "Nextcloud", "/home/moi/Nextcloud2": "Nextcloud",
		"/home/moi/segur": "", "/home/moi/dropboxes": "", "/home/onedriver": "", "/home/moi/mes nextcloud": "", "": "",
	} {
		if got := service(chemin); got != want {
			t.Errorf("%s: %q, want %q", chemin, got, want)
		}
	}
}

// The folder that the environment names is known under whatever name it has.
func TestSynchronise(t *testing.T) {
	t.Parallel()
	racine := t.TempDir()
	dossier := filepath.Join(racine, "Nuage", "segur")
	if err := os.MkdirAll(dossier, 0o777); err != nil {
		t.Fatal(err)
	}
	environnement := func(nom string) string {
		return map[string]string{"OneDriveCommercial": filepath.Join(racine, "Nuage")}[nom]
	}
	if got := Synchronise(filepath.Join(dossier, "guichet.db"), environnement); got != "OneDrive" {
		t.Errorf("%q", got)
	}
	if got := Synchronise(filepath.Join(racine, "guichet.db"), environnement); got != "" {
		t.Errorf("%q", got)
	}
}

// A file that is there, one that is not yet, one in no folder.
func TestDe(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	nom := filepath.Join(dossier, "guichet.db")
	avant := De(t.Context(), nom)
	if err := os.WriteFile(nom, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if apres := De(t.Context(), nom); apres != avant {
		t.Errorf("%+v, then %+v", avant, apres)
	}
	if got := De(t.Context(), filepath.Join(dossier, "absent", "guichet.db")); got.Reseau() {
		t.Errorf("%+v", got)
	}
	want := Systeme{Nom: "nfs"}
	if got := De(Simuler(t.Context(), want), nom); got != want {
		t.Errorf("%+v", got)
	}
}
