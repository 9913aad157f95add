package examen

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"guichet/appariement"
	"guichet/piece"
)

// Lu is where the text of a document says what its demande says: the page, 0 for nowhere. It is a hint: a text may be drawn, hidden or
// written otherwise.
type Lu struct {
	Pages   int        `json:"pages"`
	Texte   bool       `json:"texte"` // it has some
	Montant int        `json:"montant"`
	Mention int        `json:"mention"`
	Date    int        `json:"date"`
	Numero  int        `json:"numero"`
	FINESS  []LuFINESS `json:"finess,omitempty"`
}

// LuFINESS is where a FINESS of the demande stands.
type LuFINESS struct {
	Numero string `json:"numero"`
	Page   int    `json:"page"`
}

// What is read of texts, and for how long all of an archive may take: what is not read by then has no hint.
const (
	maxPages  = 30
	maxTexte  = 1 << 20 // bytes of a page
	maxFINESS = 40
	maxNoeuds = 5000 // of the tree of pages
	lecture   = 20 * time.Second
)

// mention is the sentence that an order form must have (§1.2), without its blanks.
const mention = "montantprisenchargeparl'etatautitredusegurdelasante"

// dite is what a demande says that a document may say, too.
type dite struct {
	NumeroEditeur string
	Commande      struct {
		DateCommande   string
		MontantSegurHT json.Number
	}
	Beneficiaires struct {
		EtablissementsClients []struct {
			FINESSJuridique string
			FINESSGeos      []string
		}
	}
}

// lireTextes answers with what the texts of good documents say, one line each, after the end of the examination: whoever asked believes
// nothing of it, and a document at which this dies, or takes too long, has no hint.
func (e *ecrivain) lireTextes(r *appariement.Resultat, demandes []byte) error {
	var f struct{ LignesImport []dite }
	if err := json.Unmarshal(demandes, &f); err != nil {
		return nil //nolint:nilerr // what its table calls otherwise has no hint
	}
	time.AfterFunc(lecture, func() { os.Exit(0) })
	for i := range r.Paires {
		p := &r.Paires[i]
		rang := e.rang(&p.Piece)
		if p.Piece.Format != "PDF" || rang < 0 || p.Piece.Demande >= len(f.LignesImport) {
			continue
		}
		lu, err := lireTexte(p, &f.LignesImport[p.Piece.Demande])
		if err != nil {
			continue
		}
		if err := e.ligne(Reponse{Genre: Lue, Piece: rang, Lu: lu}); err != nil {
			return err
		}
		if err := e.w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// lireTexte looks for what a demande says in the text of a document. The library panics at what it does not understand.
func lireTexte(p *appariement.Paire, d *dite) (lu *Lu, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("read the text of a document: %v", x)
		}
	}()
	r, err := p.Document.Ouvrir()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	octets, err := io.ReadAll(io.LimitReader(r, piece.Accepter.MaxOctets))
	if err != nil {
		return nil, err
	}
	doc, err := pdf.NewReader(bytes.NewReader(octets), int64(len(octets)))
	if err != nil {
		return nil, err
	}
	if reste := maxNoeuds; !fini(doc.Trailer().Key("Root").Key("Pages"), &reste) {
		return nil, errors.New("read the text of a document: its pages have no end")
	}
	c := chercher(d)
	c.lu.Pages = doc.NumPage()
	for n := 1; n <= min(c.lu.Pages, maxPages); n++ {
		texte, err := doc.Page(n).GetPlainText(nil)
		if err == nil {
			c.page(n, texte[:min(len(texte), maxTexte)])
		}
	}
	return c.lu, nil
}

// fini tells whether the tree of pages comes to an end within so many nodes: the library goes round in one that does not.
func fini(v pdf.Value, reste *int) bool {
	if *reste--; *reste < 0 {
		return false
	}
	kids := v.Key("Kids")
	for i := range kids.Len() {
		if !fini(kids.Index(i), reste) {
			return false
		}
	}
	return true
}

// cherche is what is looked for in the pages of a document.
type cherche struct {
	lu   *Lu
	mots []mot
}

// mot is what a text may have, in each of its spellings, and where the page is noted.
type mot struct {
	formes []string
	ou     *int
}

func chercher(d *dite) *cherche {
	c := &cherche{lu: &Lu{FINESS: d.finess()}}
	c.ajouter(&c.lu.Montant, montants(d.Commande.MontantSegurHT.String())...)
	c.ajouter(&c.lu.Date, d.Commande.DateCommande)
	c.ajouter(&c.lu.Numero, d.NumeroEditeur)
	for i := range c.lu.FINESS {
		c.ajouter(&c.lu.FINESS[i].Page, c.lu.FINESS[i].Numero)
	}
	return c
}

func (c *cherche) ajouter(ou *int, formes ...string) {
	if len(formes) > 0 && formes[0] != "" && len(formes[0]) < 40 {
		c.mots = append(c.mots, mot{formes, ou})
	}
}

// montants are the spellings of an amount: with what may stand between thousands, and before cents.
func montants(montant string) (formes []string) {
	entier, centimes, _ := strings.Cut(montant, ".")
	if entier == "" || len(entier) > 9 || len(centimes) > 2 {
		return nil
	}
	centimes = (centimes + "00")[:2]
	for _, millier := range []string{"", " ", "\u00a0", "\u202f", ".", "'", "’"} {
		t := entier
		for i := len(t) - 3; i > 0; i -= 3 {
			t = t[:i] + millier + t[i:]
		}
		formes = append(formes, t+","+centimes, t+"."+centimes)
	}
	return formes
}

// dans tells whether a word stands in a text, with no letter or digit on either side; before an amount, no part of another.
func (m *mot) dans(texte string) bool {
	for _, forme := range m.formes {
		for reste, avant := texte, '\n'; ; {
			i := strings.Index(reste, forme)
			if i < 0 {
				break
			}
			if i > 0 {
				avant, _ = utf8.DecodeLastRuneInString(reste[:i])
			}
			apres, _ := utf8.DecodeRuneInString(reste[i+len(forme):])
			if !colle(avant) && (len(m.formes) == 1 || avant != ',' && avant != '.') && (i+len(forme) == len(reste) || !colle(apres)) {
				return true
			}
			avant, reste = rune(reste[i]), reste[i+1:]
		}
	}
	return false
}

func colle(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// finess are the FINESS of a demande, each once.
func (d *dite) finess() (tous []LuFINESS) {
	ajouter := func(t string) {
		if len(t) == 9 && len(tous) < maxFINESS && !slices.ContainsFunc(tous, func(x LuFINESS) bool { return x.Numero == t }) {
			tous = append(tous, LuFINESS{Numero: t})
		}
	}
	for _, og := range d.Beneficiaires.EtablissementsClients {
		ajouter(og.FINESSJuridique)
		for _, t := range og.FINESSGeos {
			ajouter(t)
		}
	}
	return tous
}

// page looks into the text of one page.
func (c *cherche) page(n int, texte string) {
	c.lu.Texte = c.lu.Texte || strings.TrimSpace(texte) != ""
	for i := range c.mots {
		if m := &c.mots[i]; *m.ou == 0 && m.dans(texte) {
			*m.ou = n
		}
	}
	if c.lu.Mention == 0 && strings.Contains(nu(texte), mention) {
		c.lu.Mention = n
	}
}

// nu is a text without blanks, capitals and the accents of the sentence, whichever apostrophe it has.
func nu(t string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case unicode.IsSpace(r):
			return -1
		case r == 'é':
			return 'e'
		case r == '’':
			return '\''
		}
		return r
	}, t)
}

// verifier bounds what the process says of a text.
func (l *Lu) verifier() error {
	pages := []int{l.Pages, l.Montant, l.Mention, l.Date, l.Numero}
	for _, f := range l.FINESS {
		if pages = append(pages, f.Page); len(f.Numero) != 9 {
			return errors.New("a text with a FINESS that is none")
		}
	}
	if len(l.FINESS) > maxFINESS || slices.Min(pages) < 0 || slices.Max(pages) > 1_000_000 {
		return errors.New("a text with numbers that cannot be")
	}
	return nil
}
