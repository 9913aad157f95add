package partage

import "strings"

// numeros are the file systems that Linux knows by a number (statfs, linux/magic.h), where locks may be another
// machine's; FUSE says more elsewhere.
var numeros = map[uint32]string{
	0x6969: "nfs", 0xFF534D42: "cifs", 0xFE534D42: "smb2", 0x517B: "smb", 0x564C: "ncp",
	0x5346414F: "afs", 0x6B414653: "afs", 0x73757245: "coda",
	0x01021997: "9p", 0x786F4256: "vboxsf", 0xBACBACBC: "vmhgfs", 0x7C7C6673: "prl_fs",
	0x00C36400: "ceph", 0x0BD00BD0: "lustre", 0x01161970: "gfs2", 0x7461636F: "ocfs2",
	0x47504653: "gpfs", 0x19830326: "beegfs", 0xAAD7AAEA: "panfs", 0x61636673: "acfs",
	numeroFuse: "fuse",
}

const numeroFuse = 0x65735546

// monte returns the name of the file system of a device ("0:42") in the list of what is mounted
// (/proc/self/mountinfo): "fuseblk", "fuse.sshfs". "" for none.
func monte(mountinfo, appareil string) string {
	for ligne := range strings.Lines(mountinfo) {
		place, suite, oui := strings.Cut(ligne, " - ")
		champs, fin := strings.Fields(place), strings.Fields(suite)
		if oui && len(champs) > 2 && len(fin) > 0 && champs[2] == appareil {
			return fin[0]
		}
	}
	return ""
}
