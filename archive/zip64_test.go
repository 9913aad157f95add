package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"testing"
)

// grande is an archive of one entry with sizes of 64 bits, as programs write it that do not know beforehand how much
// they are going to write. What it says can be false.
type grande struct {
	fiche, fin    bool   // the directory and its end have sizes of 64 bits, too
	reel          uint64 // in the head, 0 for the truth
	debut, nombre uint64 // added to what the end says
	sansChamp     bool
	place         uint64 // added to where the locator says that the end is
}

func le64(b *bytes.Buffer, values ...uint64) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v)
	}
}

func (g grande) octets() []byte {
	const contenu, nom, plein = "content", "a.xml", uint32(1<<32 - 1)
	var b bytes.Buffer
	n := uint64(len(contenu))
	champ := func(valeurs ...uint64) []byte {
		var c bytes.Buffer
		if !g.sansChamp {
			le16(&c, champGrand, uint16(8*len(valeurs)))
			le64(&c, valeurs...)
		}
		return c.Bytes()
	}
	reel := n
	if g.reel != 0 {
		reel = g.reel
	}
	tete := champ(reel, n)
	le32(&b, signatureTete)
	le16(&b, 45, 0, 0, 0, premierJanvier1980)
	le32(&b, crc32.ChecksumIEEE([]byte(contenu)), plein, plein)
	le16(&b, uint16(len(nom)), uint16(len(tete)))
	b.WriteString(nom + string(tete) + contenu)

	debut := uint64(b.Len())
	var suite []byte
	taille, place := uint32(n), uint32(0)
	if g.fiche {
		suite, taille, place = append([]byte{9, 9, 2, 0, 1, 2}, champ(n, n, 0)...), plein, plein
	}
	le32(&b, signatureFiche)
	le16(&b, 45, 45, 0, 0, 0, premierJanvier1980)
	le32(&b, crc32.ChecksumIEEE([]byte(contenu)), taille, taille)
	le16(&b, uint16(len(nom)), uint16(len(suite)), 0, 0, 0)
	le32(&b, 0, place)
	b.WriteString(nom + string(suite))
	longueur, fin := uint64(b.Len())-debut, uint64(b.Len())
	if g.fin {
		le32(&b, signatureGrandeFin)
		le64(&b, longGrandeFin-12)
		le16(&b, 45, 45)
		le32(&b, 0, 0)
		le64(&b, 1+g.nombre, 1+g.nombre, longueur, debut+g.debut)
		le32(&b, signatureRenvoi, 0)
		le64(&b, fin+g.place)
		le32(&b, 1)
	}
	le32(&b, signatureFin)
	if g.fin {
		le16(&b, 0, 0, 1<<16-1, 1<<16-1)
		le32(&b, plein, plein)
	} else {
		le16(&b, 0, 0, 1, 1)
		le32(&b, uint32(longueur), uint32(debut))
	}
	le16(&b, 0)
	return b.Bytes()
}

func TestGrandesTailles(t *testing.T) {
	t.Parallel()
	for _, g := range []grande{{}, {fiche: true}, {fin: true}, {fiche: true, fin: true}} {
		a := ouvrir(t, g.octets())
		if len(a.Entrees) != 1 || a.Entrees[0].Taille != 7 {
			t.Fatalf("%+v: %+v", g, a.Entrees)
		}
		if got, err := lire(&a.Entrees[0]); err != nil || string(got) != "content" {
			t.Errorf("%+v: %q, %v", g, got, err)
		}
	}
	for _, c := range []struct {
		g      grande
		defaut Defaut
	}{
		{grande{reel: 8}, TailleFausse},
		{grande{reel: 1 << 62}, TailleFausse},
		{grande{sansChamp: true}, Illisible},
		{grande{fiche: true, sansChamp: true}, Illisible},
		{grande{fin: true, debut: 1}, Illisible},
		{grande{fin: true, debut: 1 << 63}, Illisible},
		{grande{fin: true, nombre: 1}, Illisible},
		{grande{fin: true, nombre: 1 << 40}, Illisible},
		{grande{fin: true, place: 1}, Illisible},
		{grande{fin: true, place: 1 << 63}, Illisible},
	} {
		b := c.g.octets()
		_, err := Ouvrir(bytes.NewReader(b), int64(len(b)), Accepter)
		var f *Faute
		if !errors.As(err, &f) || f.Defaut != c.defaut {
			t.Errorf("%+v: %v, want %q", c.g, err, mots[c.defaut])
		}
	}
}

// The names of parts may start from the root and have the separator of Windows; they are no paths of files.
func TestNomsDeParties(t *testing.T) {
	t.Parallel()
	b := forger(brute{nom: `xl\workbook.xml`, octets: "x"}, brute{nom: "/xl/styles.xml", octets: "y"})
	if _, err := Ouvrir(bytes.NewReader(b), int64(len(b)), Accepter); err == nil {
		t.Error("such names are taken for files")
	}
	l := Accepter
	l.Parties = true
	if a, err := Ouvrir(bytes.NewReader(b), int64(len(b)), l); err != nil || len(a.Entrees) != 2 {
		t.Errorf("%v", err)
	}
	for _, double := range [][]byte{
		forger(brute{nom: `xl\a.xml`, octets: "x"}, brute{nom: "XL/a.xml", octets: "y"}),
		forger(brute{nom: "../a.xml", octets: "x"}),
		forger(brute{nom: `..\a.xml`, octets: "x"}),
	} {
		if _, err := Ouvrir(bytes.NewReader(double), int64(len(double)), l); err == nil {
			t.Error("two parts of one name, or a part outside, are accepted")
		}
	}
}
