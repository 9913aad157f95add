package controle

import (
	"bytes"
	"encoding/json"
	"slices"

	"guichet/modele"
	"guichet/valeur"
)

// Nature is what a file is that is given in place of JSON.
type Nature uint8

// What people give by mistake. Texts that a program reads itself have a name for it to say so.
const (
	inconnue Nature = iota
	classeur
	Archive // of documents, or of anything else
	documentPDF
	pageHTML
	documentXML
	image
	ancienClasseur
	compresse
	documentRTF
	verrou
	Base     // of SQLite
	Tableau  // a table in text
	Reglages // settings in YAML
	JSON     // any document of it
	Vide     // nothing but blanks
	binaire  // what is no text
)

// naturesFichier names each, and says what to do.
var naturesFichier = map[Nature]struct{ nom, aide modele.Texte }{
	classeur: {modele.Texte{Fr: "un classeur (XLSX, ODS)", En: "a workbook (XLSX, ODS)"}, modele.Texte{
		Fr: "guichet prepare fait des fichiers JSON d'un classeur ; pour contrôler, donnez le fichier JSON",
		En: "guichet prepare makes JSON files of a workbook; to check, give the JSON file",
	}},
	Archive: {modele.Texte{Fr: "une archive ZIP", En: "a ZIP archive"}, modele.Texte{
		Fr: "le fichier JSON se dépose à part, les pièces dans l'archive : décompressez-la et donnez le fichier JSON",
		En: "the JSON file is deposited by itself, the documents in the archive: unpack it and give the JSON file",
	}},
	documentPDF: {modele.Texte{Fr: "un PDF", En: "a PDF"}, modele.Texte{
		Fr: "donnez le fichier JSON ; un bon de commande en PDF va dans l'archive des pièces",
		En: "give the JSON file; an order form in PDF goes into the archive of the documents",
	}},
	pageHTML: {modele.Texte{Fr: "une page HTML", En: "an HTML page"}, modele.Texte{
		Fr: "c'est sans doute une page du portail, enregistrée à la place du fichier : connectez-vous, puis téléchargez le fichier à nouveau",
		En: "it is probably a page of the portal, saved in place of the file: sign in, then download the file again",
	}},
	documentXML: {modele.Texte{Fr: "un document XML", En: "an XML document"}, modele.Texte{
		Fr: "donnez le fichier JSON", En: "give the JSON file",
	}},
	image: {modele.Texte{Fr: "une image", En: "an image"}, modele.Texte{
		Fr: "donnez le fichier JSON ; une pièce scannée va dans l'archive des pièces",
		En: "give the JSON file; a scanned document goes into the archive of the documents",
	}},
	ancienClasseur: {modele.Texte{Fr: "un document d'un ancien Office (XLS, DOC)", En: "a document of an old Office (XLS, DOC)"}, modele.Texte{
		Fr: "enregistrez un classeur au format XLSX, puis faites-en des fichiers JSON avec guichet prepare",
		En: "save a workbook as XLSX, then make JSON files of it with guichet prepare",
	}},
	compresse: {modele.Texte{Fr: "un fichier compressé (gzip, 7z, RAR)", En: "a compressed file (gzip, 7z, RAR)"}, modele.Texte{
		Fr: "décompressez-le et donnez le fichier JSON", En: "unpack it and give the JSON file",
	}},
	documentRTF: {modele.Texte{Fr: "un document RTF", En: "an RTF document"}, modele.Texte{
		Fr: "donnez le fichier JSON", En: "give the JSON file",
	}},
	verrou: {modele.Texte{Fr: "le fichier de verrou d'un document ouvert dans Office", En: "the lock file of a document that is open in Office"}, modele.Texte{
		Fr: "fermez le document et donnez le fichier JSON", En: "close the document and give the JSON file",
	}},
	Base: {modele.Texte{Fr: "une base SQLite, comme un carnet de guichet (guichet.db)", En: "an SQLite database, as a ledger of guichet is (guichet.db)"}, modele.Texte{
		Fr: "guichet suivi montre le carnet ; donnez le fichier JSON", En: "guichet suivi shows the ledger; give the JSON file",
	}},
	Tableau: {modele.Texte{Fr: "un tableau en texte (CSV)", En: "a table in text (CSV)"}, modele.Texte{
		Fr: "guichet prepare fait des fichiers JSON d'un tableau ; pour contrôler, donnez le fichier JSON",
		En: "guichet prepare makes JSON files of a table; to check, give the JSON file",
	}},
	Reglages: {modele.Texte{Fr: "un fichier de réglages (YAML), comme guichet.yaml", En: "a file of settings (YAML), as guichet.yaml is"}, modele.Texte{
		Fr: "donnez le fichier JSON : guichet.yaml est lu sans qu'on le nomme", En: "give the JSON file: guichet.yaml is read without being named",
	}},
}

// debuts are the first bytes of files that are no JSON. No JSON document starts with any of them.
var debuts = []struct {
	octets string
	nature Nature
}{
	{"PK\x03\x04", Archive}, {"PK\x05\x06", Archive}, {"%PDF-", documentPDF},
	{"\x89PNG", image}, {"\xff\xd8\xff", image}, {"GIF8", image}, {"II*\x00", image}, {"MM\x00*", image},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ancienClasseur},
	{"\x1f\x8b", compresse}, {"7z\xbc\xaf\x27\x1c", compresse}, {"Rar!\x1a\x07", compresse},
	{"<?xml", documentXML}, {`{\rtf`, documentRTF}, {"SQLite format 3\x00", Base},
}

// debutPage is how far a page is looked for: comments and blanks may stand before it.
const debutPage = 1 << 10

// autreNature tells what a file is, by its first bytes, when it is no JSON.
func autreNature(source []byte) Nature {
	if deVerrou(source) {
		return verrou
	}
	if valeur.FormeDe(source).Multiple() {
		source = valeur.EnUTF8(source[:min(len(source), 4*debutPage)])
	}
	source = bytes.TrimLeft(bytes.TrimPrefix(source, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(source) == 0:
		return inconnue
	case source[0] == '{' && !bytes.HasPrefix(source, []byte(`{\rtf`)), source[0] == '[':
		return inconnue
	}
	debut := source[:min(len(source), debutPage)]
	if source[0] == '<' {
		if valeur.PageWeb(debut) {
			return pageHTML
		}
	}
	for _, d := range debuts {
		if bytes.HasPrefix(source, []byte(d.octets)) {
			if d.nature == Archive && deClasseur(source) {
				return classeur
			}
			return d.nature
		}
	}
	return natureDeTexte(debut)
}

// deVerrou recognises the file that Office puts beside an open document: who has it open, once in bytes and once in
// UTF-16, each in a field of one length.
func deVerrou(source []byte) bool {
	const champ = 54                               // bytes of a name, and as many characters
	for _, deux := range []int{1 + champ, champ} { // Excel, Word
		if n := len(source); n >= 160 && n <= 171 && source[0] > 0 && int(source[0]) <= champ && source[deux] == source[0] && source[deux+1] == 0 {
			return true
		}
	}
	return false
}

// AutreChose tells what a file is, by its first bytes, when it is no JSON but something that people give in place of it: a
// picture, an archive, a workbook, a page; and what to do. A program that reads tables or settings itself admits them.
func AutreChose(source []byte, admises ...Nature) (quoi, faire modele.Texte, oui bool) {
	nature := autreNature(source)
	n, oui := naturesFichier[nature]
	if !oui || slices.Contains(admises, nature) {
		return quoi, faire, false
	}
	return n.nom, n.aide, true
}

// Identifier tells what a file is that a program was given in place of another one: it names JSON, an empty file and what is
// no text too.
func Identifier(source []byte, admises ...Nature) (quoi modele.Texte, oui bool) {
	texte := source
	if valeur.FormeDe(source).Multiple() {
		texte = valeur.EnUTF8(source)
	}
	texte = bytes.TrimSpace(bytes.TrimPrefix(texte, []byte("\ufeff")))
	nature := autreNature(source)
	switch {
	case nature != inconnue:
	case len(texte) == 0:
		nature = Vide
	case EnJSON(texte):
		nature = JSON
	case bytes.IndexByte(bytes.TrimRight(texte, "\x00\x1a"), 0) >= 0:
		nature = binaire
	}
	if slices.Contains(admises, nature) {
		return quoi, false
	}
	if quoi, oui = autresNoms[nature]; oui {
		return quoi, true
	}
	n, oui := naturesFichier[nature]
	return n.nom, oui
}

// autresNoms name what is told where no JSON is expected.
var autresNoms = map[Nature]modele.Texte{
	JSON:    {Fr: "un fichier JSON", En: "a JSON file"},
	Vide:    {Fr: "un fichier vide", En: "an empty file"},
	binaire: {Fr: "un fichier binaire, qui n'est pas du texte", En: "a binary file, which is no text"},
}

// EnJSON tells a text of JSON from a heading that begins with a brace or a bracket.
func EnJSON(texte []byte) bool {
	if len(texte) < 2 || texte[0] != '{' && texte[0] != '[' {
		return false
	}
	lecture := json.NewDecoder(bytes.NewReader(texte))
	premier, err := lecture.Token()
	if err != nil {
		return false
	}
	second, err := lecture.Token()
	if premier == json.Delim('{') {
		return err == nil && lecture.More()
	}
	return err == nil && (second == json.Delim('{') || second == json.Delim(']'))
}

// deClasseur tells whether a ZIP archive is a workbook: by the names that its directory lists.
func deClasseur(source []byte) bool {
	for _, nom := range []string{"xl/workbook", "application/vnd.oasis.opendocument.spreadsheet"} {
		if bytes.Contains(source, []byte(nom)) {
			return true
		}
	}
	return false
}
