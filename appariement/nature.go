package appariement

import (
	"errors"
	"io"
	"slices"
	"strings"

	"guichet/controle"
	"guichet/modele"
	"guichet/piece"
)

// Nature is what a file is that is no document, and what its sender does of it.
type Nature struct{ Nom, Faire modele.Texte }

// signature tells a nature by the bytes at depuis.
type signature struct {
	depuis int
	debut  string
	Nature
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
	bureautique = Nature{modele.Texte{Fr: "un document bureautique (Word, Excel, LibreOffice…)", En: "an office document (Word, Excel, LibreOffice…)"}, exporter}
	heic        = Nature{modele.Texte{Fr: "une image HEIC ou AVIF", En: "a HEIC or AVIF picture"}, convertir}
	tiff        = Nature{modele.Texte{Fr: "une image TIFF", En: "a TIFF picture"}, convertir}
	enfouie     = Nature{modele.Texte{Fr: "une archive .zip dans une autre", En: "a .zip archive within another"}, modele.Texte{
		Fr: "mettez les documents eux-mêmes dans l'archive, ou envoyez l'archive du dedans", En: "put the documents themselves into the archive, or send the archive within",
	}}
)

func archiveDe(fr, en string) Nature { return Nature{modele.Texte{Fr: fr, En: en}, decompresser} }

// signatures are those of what people send; what begins a ZIP archive tells an office document, which is one.
var signatures = []signature{
	{0, "Rar!\x1a\x07", archiveDe("une archive RAR, pas un .zip", "a RAR archive, no .zip")},
	{0, "7z\xbc\xaf\x27\x1c", archiveDe("une archive 7z, pas un .zip", "a 7z archive, no .zip")},
	{0, "\x1f\x8b", archiveDe("une archive gzip (.tar.gz, .gz), pas un .zip", "a gzip archive (.tar.gz, .gz), no .zip")},
	{0, "BZh", archiveDe("une archive bzip2, pas un .zip", "a bzip2 archive, no .zip")},
	{0, "\xfd7zXZ\x00", archiveDe("une archive xz, pas un .zip", "an xz archive, no .zip")},
	{0, "(\xb5/\xfd", archiveDe("une archive zstd, pas un .zip", "a zstd archive, no .zip")},
	{257, "ustar", archiveDe("une archive tar, pas un .zip", "a tar archive, no .zip")},
	{30, "[Content_Types].xml", bureautique},
	{30, "_rels/.rels", bureautique},
	{30, "mimetypeapplication/vnd.oasis.opendocument", bureautique},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Nature{modele.Texte{Fr: "un document d'un ancien Office (.doc, .xls, .msg)", En: "a document of an old Office (.doc, .xls, .msg)"}, exporter}},
	{0, `{\rtf`, Nature{modele.Texte{Fr: "un document RTF", En: "an RTF document"}, exporter}},
	{4, "ftyphei", heic}, {4, "ftypmif1", heic}, {4, "ftypavif", heic},
	{0, "II*\x00", tiff}, {0, "MM\x00*", tiff},
	{0, "GIF8", Nature{modele.Texte{Fr: "une image GIF", En: "a GIF picture"}, convertir}},
	{8, "WEBP", Nature{modele.Texte{Fr: "une image WebP", En: "a WebP picture"}, convertir}},
}

// zip begins an archive.
const zip = "PK"

// EnZIP tells whether a file begins as a ZIP archive.
func EnZIP(debut []byte) bool { return strings.HasPrefix(string(debut), zip) }

// signe is which of the signatures a file has, by its first bytes, -1 for none.
func signe(debut []byte) int {
	if strings.HasPrefix(string(debut), "%PDF-") {
		return -1
	}
	return slices.IndexFunc(signatures, func(s signature) bool {
		return len(debut) > s.depuis && strings.HasPrefix(string(debut[s.depuis:]), s.debut)
	})
}

// GenreDe is what document a file is. A PDF may have bytes before its head: an archive that has one in it is none.
func GenreDe(debut []byte) piece.Genre {
	if EnZIP(debut) || signe(debut) >= 0 {
		return piece.Autre
	}
	return piece.Reconnaitre(debut)
}

// NatureDe tells what a file is, by its first bytes, when it is neither an archive nor a document that can do.
func NatureDe(debut []byte) (n Nature, oui bool) {
	if i := signe(debut); i >= 0 {
		return signatures[i].Nature, true
	}
	if EnZIP(debut) || GenreDe(debut) != piece.Autre {
		return n, false
	}
	quoi, _, oui := controle.AutreChose(debut)
	return Nature{quoi, leDocument}, oui
}

// dedans is NatureDe of what stands in an archive, where another one is none of the documents either.
func dedans(debut []byte) (n Nature, oui bool) {
	if n, oui = NatureDe(debut); !oui && EnZIP(debut) {
		return enfouie, true
	}
	return n, oui
}

// tete is how much of a file tells what it is, in bytes.
const tete = 1 << 10

// nature tells what a document is when it is none; one that cannot be read is told of where it is examined.
func (d *Document) nature() (n Nature, oui bool) {
	r, err := d.Ouvrir()
	if err != nil {
		return n, false
	}
	debut, err := io.ReadAll(io.LimitReader(r, tete))
	if errors.Join(err, r.Close()) != nil && len(debut) == 0 {
		return n, false
	}
	return dedans(debut)
}
