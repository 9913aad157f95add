package pieces

import (
	"path"
	"slices"
	"strings"

	"guichet/controle"
	"guichet/modele"
	"guichet/piece"
)

// nature is what a file is that no room here opens, and what its sender does of it. debut is the bytes at depuis.
type nature struct {
	depuis     int
	debut      string
	nom, faire modele.Texte
}

var (
	decompresser = modele.Texte{
		Fr: "décompressez-la, puis envoyez les documents eux-mêmes, ou une archive .zip",
		En: "unpack it, then send the documents themselves, or a .zip archive",
	}
	exporter = modele.Texte{
		Fr: "enregistrez-le au format PDF, puis envoyez le PDF",
		En: "save it as PDF, then send the PDF",
	}
	convertir = modele.Texte{
		Fr: "enregistrez-la au format PDF, PNG ou JPG, puis envoyez-la",
		En: "save it as PDF, PNG or JPG, then send it",
	}
	leDocument = modele.Texte{
		Fr: "envoyez le document lui-même, en PDF, PNG ou JPG",
		En: "send the document itself, in PDF, PNG or JPG",
	}
	bureautique = modele.Texte{Fr: "un document bureautique (Word, Excel, LibreOffice…)", En: "an office document (Word, Excel, LibreOffice…)"}
	heic        = modele.Texte{Fr: "une image HEIC ou AVIF", En: "a HEIC or AVIF picture"}
	tiff        = modele.Texte{Fr: "une image TIFF", En: "a TIFF picture"}
)

// natures are those that people send; what begins a ZIP archive tells an office document, which is one.
var natures = []nature{
	{0, "Rar!\x1a\x07", modele.Texte{Fr: "une archive RAR, pas un .zip", En: "a RAR archive, no .zip"}, decompresser},
	{0, "7z\xbc\xaf\x27\x1c", modele.Texte{Fr: "une archive 7z, pas un .zip", En: "a 7z archive, no .zip"}, decompresser},
	{0, "\x1f\x8b", modele.Texte{Fr: "une archive gzip (.tar.gz, .gz), pas un .zip", En: "a gzip archive (.tar.gz, .gz), no .zip"}, decompresser},
	{0, "BZh", modele.Texte{Fr: "une archive bzip2, pas un .zip", En: "a bzip2 archive, no .zip"}, decompresser},
	{0, "\xfd7zXZ\x00", modele.Texte{Fr: "une archive xz, pas un .zip", En: "an xz archive, no .zip"}, decompresser},
	{0, "(\xb5/\xfd", modele.Texte{Fr: "une archive zstd, pas un .zip", En: "a zstd archive, no .zip"}, decompresser},
	{257, "ustar", modele.Texte{Fr: "une archive tar, pas un .zip", En: "a tar archive, no .zip"}, decompresser},
	{30, "[Content_Types].xml", bureautique, exporter},
	{30, "_rels/.rels", bureautique, exporter},
	{30, "mimetypeapplication/vnd.oasis.opendocument", bureautique, exporter},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", modele.Texte{Fr: "un document d'un ancien Office (.doc, .xls, .msg)", En: "a document of an old Office (.doc, .xls, .msg)"}, exporter},
	{0, `{\rtf`, modele.Texte{Fr: "un document RTF", En: "an RTF document"}, exporter},
	{4, "ftyphei", heic, convertir}, {4, "ftypmif1", heic, convertir}, {4, "ftypavif", heic, convertir},
	{0, "II*\x00", tiff, convertir}, {0, "MM\x00*", tiff, convertir},
	{0, "GIF8", modele.Texte{Fr: "une image GIF", En: "a GIF picture"}, convertir},
	{8, "WEBP", modele.Texte{Fr: "une image WebP", En: "a WebP picture"}, convertir},
}

// zip begins an archive.
const zip = "PK"

// autre is which of natures a file is, by its first bytes, -1 for none.
func autre(debut []byte) int {
	if strings.HasPrefix(string(debut), "%PDF-") {
		return -1
	}
	return slices.IndexFunc(natures, func(n nature) bool {
		return len(debut) > n.depuis && strings.HasPrefix(string(debut[n.depuis:]), n.debut)
	})
}

// genreDe is what document a file is. A PDF may have bytes before its head: an archive that has one in it is none.
func genreDe(debut []byte) piece.Genre {
	if strings.HasPrefix(string(debut), zip) || autre(debut) >= 0 {
		return piece.Autre
	}
	return piece.Reconnaitre(debut)
}

// natureDe tells what a file is, by its first bytes, when it is neither an archive nor a document that can do here.
func natureDe(debut []byte) (n nature, oui bool) {
	if i := autre(debut); i >= 0 {
		return natures[i], true
	}
	if genreDe(debut) != piece.Autre || strings.HasPrefix(string(debut), zip) {
		return n, false
	}
	quoi, _, oui := controle.AutreChose(debut)
	return nature{nom: quoi, faire: leDocument}, oui
}

// autreChose refuses a file that is neither, while who sends it is there to choose another.
func autreChose(debut []byte) error {
	n, oui := natureDe(debut)
	if !oui {
		return nil
	}
	return Refuse{modele.Texte{
		Fr: "c'est " + n.nom.Fr + " : " + n.faire.Fr + ". Rien n'en est gardé.",
		En: "this is " + n.nom.En + ": " + n.faire.En + ". Nothing of it is kept.",
	}}
}

// nonArchive refuses a document that is called an archive.
func nonArchive(nom string, g piece.Genre) error {
	if !strings.EqualFold(path.Ext(nom), ".zip") {
		return nil
	}
	ext := "." + strings.ToLower(g.String())
	return Refuse{modele.Texte{
		Fr: "c'est un " + g.String() + ", pas une archive .zip : donnez-lui un nom en " + ext + ", puis envoyez-le à nouveau. Rien n'en est gardé.",
		En: "this is a " + g.String() + ", no .zip archive: give it a name in " + ext + ", then send it again. Nothing of it is kept.",
	}}
}

// enZIP tells whether a file is meant as an archive: by its name, or by its first bytes.
func enZIP(nom string, debut []byte) bool {
	return strings.EqualFold(path.Ext(nom), ".zip") || strings.HasPrefix(string(debut), zip)
}
