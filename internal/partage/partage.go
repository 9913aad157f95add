// Package partage tells the folders that other machines reach too from those of this machine alone.
package partage

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
)

// Systeme is what holds a file, as the machine says it.
type Systeme struct {
	Nom     string // "ext4", "nfs", "fuse.sshfs", `\\serveur\partage`; "" where the machine does not say
	Distant bool   // the machine itself says that it is elsewhere
}

// reseaux are the file systems whose locks are those of another machine, or none.
var reseaux = []string{
	"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncp", "ncpfs", "afs", "coda", "afpfs", "webdav", "davfs", "ftp",
	"9p", "virtiofs", "vboxsf", "hgfs", "vmhgfs", "prl_fs",
	"ceph", "lustre", "gfs2", "ocfs2", "gpfs", "beegfs", "panfs", "acfs",
	"fuse", "macfuse", "osxfuse", "fusefs",
}

// fusesLocaux are the programs that serve a disk of this machine as a file system; most others fetch it elsewhere.
var fusesLocaux = []string{
	"fuse.ntfs-3g", "fuse.ntfs", "fuse.lowntfs-3g", "fuse.exfat", "fuse.exfat-fuse", "fuse.apfs-fuse", "fuse.zfs-fuse",
	"fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs", "fuse.veracrypt", "fuse.bindfs", "fuse.mergerfs",
	"fuse.unionfs", "fuse.fuse-overlayfs", "fuse.dislocker",
}

// Reseau tells whether locks cannot be counted on there. A FUSE file system that nobody has heard of is one.
func (s Systeme) Reseau() bool {
	nom := strings.ToLower(s.Nom)
	if strings.HasPrefix(nom, "fuse.") {
		return !slices.Contains(fusesLocaux, nom)
	}
	return s.Distant || slices.Contains(reseaux, nom)
}

// simule is the key under which the context of a test says what holds all files.
type simule struct{}

// Simuler has [De] answer with a file system that the machine does not have: a test's word in place of the machine's.
func Simuler(ctx context.Context, s Systeme) context.Context {
	return context.WithValue(ctx, simule{}, s)
}

// De returns what holds a file, or its folder as long as there is no file; links are followed.
func De(ctx context.Context, chemin string) Systeme {
	if s, oui := ctx.Value(simule{}).(Systeme); oui {
		return s
	}
	for _, essai := range []string{chemin, filepath.Dir(chemin)} {
		vrai, err := filepath.EvalSymlinks(essai)
		if err != nil {
			continue
		}
		if s, err := systeme(vrai); err == nil {
			return s
		}
	}
	if racine := unc(chemin); racine != "" {
		return Systeme{Nom: racine, Distant: true}
	}
	return Systeme{}
}

// unc returns the share of a Windows path that names one: `\\serveur\partage`.
func unc(chemin string) string {
	chemin = strings.ReplaceAll(chemin, "/", `\`)
	if reste, oui := coupeDebut(chemin, `\\?\UNC\`); oui {
		chemin = `\\` + reste
	}
	reste, oui := strings.CutPrefix(chemin, `\\`)
	if !oui || strings.HasPrefix(reste, `?\`) || strings.HasPrefix(reste, `.\`) {
		return ""
	}
	serveur, reste, _ := strings.Cut(reste, `\`)
	partage, _, _ := strings.Cut(reste, `\`)
	if serveur == "" || partage == "" {
		return ""
	}
	return `\\` + serveur + `\` + partage
}

func coupeDebut(s, debut string) (string, bool) {
	if len(s) < len(debut) || !strings.EqualFold(s[:len(debut)], debut) {
		return s, false
	}
	return s[len(debut):], true
}

// Synchronise names the service that copies the folder of a file to other machines; "" for none that is known by
// its name.
func Synchronise(chemin string, environnement func(string) string) string {
	dossier, err := filepath.Abs(filepath.Dir(chemin))
	if err != nil {
		return ""
	}
	for _, variable := range []string{"OneDrive", "OneDriveCommercial", "OneDriveConsumer"} {
		if racine := environnement(variable); racine != "" && dedans(racine, dossier) {
			return "OneDrive"
		}
	}
	return service(dossier)
}

func dedans(racine, dossier string) bool {
	if vrai, err := filepath.EvalSymlinks(dossier); err == nil {
		dossier = vrai
	}
	if vrai, err := filepath.EvalSymlinks(racine); err == nil {
		racine = vrai
	}
	relatif, err := filepath.Rel(racine, dossier)
	return err == nil && filepath.IsLocal(relatif)
}

// services are the folders that services make, each with what may follow its name: an account, a number.
var services = []struct{ debut, nom string }{
	{"onedrive", "OneDrive"}, {"dropbox", "Dropbox"},
	{"iclouddrive", "iCloud"}, {"icloud drive", "iCloud"}, {"mobile documents", "iCloud"}, {"com~apple~clouddocs", "iCloud"},
	{"google drive", "Google Drive"}, {"googledrive", "Google Drive"}, {"mon drive", "Google Drive"}, {"my drive", "Google Drive"},
	{"nextcloud", "Nextcloud"}, {"owncloud", "ownCloud"}, {"kdrive", "kDrive"}, {"pclouddrive", "pCloud"}, {"synologydrive", "Synology Drive"},
}

// service knows a path by its parts, as any system writes them.
func service(dossier string) string {
	parties := strings.FieldsFunc(strings.ToLower(dossier), func(r rune) bool { return r == '/' || r == '\\' })
	for _, partie := range parties {
		for _, s := range services {
			suite, oui := strings.CutPrefix(partie, s.debut)
			if oui && (suite == "" || strings.ContainsAny(suite[:1], " -(0123456789")) {
				return s.nom
			}
		}
	}
	return ""
}
