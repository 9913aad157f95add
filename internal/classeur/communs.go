package classeur

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The bounds of the texts that sheets share.
const (
	maxTextes       = 10_000_000
	maxOctetsTextes = 512 << 20
)

// textes reads the texts that sheets share.
func (p *paquet) textes(partie string) (liste []string, err error) {
	z, err := p.ouvrir(partie)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	b := &borne{r: z}
	d := xml.NewDecoder(bufio.NewReaderSize(b, 64<<10))
	var texte []byte
	dans, son, octets := false, 0, 0
	for {
		jeton, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return liste, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", partie, err)
		}
		switch e := jeton.(type) {
		case xml.StartElement:
			dans = e.Name.Local == "t"
			if e.Name.Local == "rPh" {
				son++
			}
		case xml.CharData:
			if dans && son == 0 {
				texte = append(texte, e...)
			}
		case xml.EndElement:
			dans = false
			switch e.Name.Local {
			case "rPh":
				son--
			case "si":
				b.debut = d.InputOffset()
				if octets += len(texte); len(liste) == maxTextes || octets > maxOctetsTextes || utf8.RuneCount(texte) > maxCellule {
					return nil, fmt.Errorf("read %s: too many texts, or one of more than %d characters", partie, maxCellule)
				}
				liste = append(liste, deplier(string(texte)))
				texte = texte[:0]
			}
		}
	}
}
