package reprise

import (
	"bytes"

	"guichet/controle"
	"guichet/modele"
	"guichet/valeur"
)

// Etranger says that the bytes are no JSON file at all, and what they are.
type Etranger struct{ Nature modele.Texte }

// Error says it in English, for logs.
func (e *Etranger) Error() string { return "not a JSON file: " + e.Nature.En }

// debuts are the first bytes of what people save in place of a returned file.
var debuts = []struct {
	octets string
	nature modele.Texte
}{
	{"%PDF-", modele.Texte{Fr: "un PDF", En: "a PDF"}},
	{"\x1F\x8B", modele.Texte{Fr: "une archive .gz : décompressez-la, le fichier retourné est peut-être dedans", En: "a .gz archive: unpack it, the returned file may be inside"}},
	{"Rar!", modele.Texte{Fr: "une archive .rar : décompressez-la, le fichier retourné est peut-être dedans", En: "a .rar archive: unpack it, the returned file may be inside"}},
	{"7z\xBC\xAF", modele.Texte{Fr: "une archive .7z : décompressez-la, le fichier retourné est peut-être dedans", En: "a .7z archive: unpack it, the returned file may be inside"}},
	{"\xD0\xCF\x11\xE0", modele.Texte{Fr: "un document d'un ancien Office (.xls, .doc, .msg)", En: "a document of an older Office (.xls, .doc, .msg)"}},
	{`{\rtf`, modele.Texte{Fr: "un document RTF", En: "an RTF document"}},
	{"\x89PNG", modele.Texte{Fr: "une image", En: "an image"}},
	{"\xFF\xD8\xFF", modele.Texte{Fr: "une image", En: "an image"}},
}

var (
	vide     = modele.Texte{Fr: "un fichier vide : le téléchargement n'a rien donné", En: "an empty file: the download gave nothing"}
	zeros    = modele.Texte{Fr: "un fichier qui n'a que des octets nuls : l'enregistrement a échoué", En: "a file of nothing but zero bytes: saving it failed"}
	archive  = modele.Texte{Fr: "une archive .zip : décompressez-la, le fichier retourné est peut-être dedans", En: "a .zip archive: unpack it, the returned file may be inside"}
	classeur = modele.Texte{Fr: "un classeur de tableur", En: "a spreadsheet"}
	office   = modele.Texte{Fr: "un document de traitement de texte", En: "a word processor's document"}
	page     = modele.Texte{Fr: "une page web, souvent celle où le portail demande de se connecter : reconnectez-vous et téléchargez à nouveau", En: "a web page, often the one where the portal asks to sign in: sign in and download again"}
	xml      = modele.Texte{Fr: "un fichier XML", En: "an XML file"}
)

// etranger names bytes that cannot be a returned file, nil for what may be one.
func etranger(octets []byte) error {
	if n := nature(octets); n.Fr != "" {
		return &Etranger{n}
	}
	return nil
}

func nature(octets []byte) modele.Texte {
	texte := octets
	if valeur.FormeDe(octets).Multiple() {
		texte = valeur.EnUTF8(octets)
	}
	texte = bytes.TrimSpace(bytes.TrimPrefix(texte, []byte("\uFEFF")))
	switch {
	case len(texte) == 0:
		return vide
	case len(bytes.Trim(texte, "\x00")) == 0:
		return zeros
	case bytes.HasPrefix(texte, []byte("PK\x03\x04")), bytes.HasPrefix(texte, []byte("PK\x05\x06")):
		return zip(octets)
	case texte[0] == '<':
		return balisage(texte)
	}
	for _, d := range debuts {
		if bytes.HasPrefix(texte, []byte(d.octets)) {
			return d.nature
		}
	}
	quoi, _, _ := controle.AutreChose(octets)
	return quoi
}

// zip tells by the names that it holds whether an archive is an office document.
func zip(octets []byte) modele.Texte {
	contient := func(nom string) bool { return bytes.Contains(octets, []byte(nom)) }
	switch {
	case contient("xl/workbook"), contient("opendocument.spreadsheet"):
		return classeur
	case contient("word/document"), contient("opendocument.text"):
		return office
	}
	return archive
}

func balisage(texte []byte) modele.Texte {
	debut := texte[:min(len(texte), 2048)]
	if valeur.PageWeb(debut) {
		return page
	}
	return xml
}
