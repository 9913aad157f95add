package classeur

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// attributs are those of a tag, as they stand in the file.
type attributs []byte

// suivant takes the next one away; its value is as it stands in the file.
func (a *attributs) suivant() (nom, valeur []byte, ok bool) {
	b := bytes.TrimLeft(*a, " \t\r\n")
	i := bytes.IndexByte(b, '=')
	if i < 0 {
		return nil, nil, false
	}
	nom, b = bytes.TrimRight(b[:i], " \t\r\n"), bytes.TrimLeft(b[i+1:], " \t\r\n")
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, false
	}
	fin := bytes.IndexByte(b[1:], b[0])
	if fin < 0 {
		return nil, nil, false
	}
	*a = b[fin+2:]
	return nom, b[1 : 1+fin], true
}

// valeur returns the text of one attribute by its local name, "" for none.
func (a attributs) valeur(cherche string) string {
	for nom, valeur, ok := a.suivant(); ok; nom, valeur, ok = a.suivant() {
		if string(nom[bytes.IndexByte(nom, ':')+1:]) == cherche {
			t, err := decoder(nil, valeur)
			if err != nil {
				return ""
			}
			return string(t)
		}
	}
	return ""
}

// decoder appends the text that a piece stands for.
func decoder(texte, brut []byte) ([]byte, error) {
	for {
		if bytes.IndexByte(brut, '&') < 0 && bytes.IndexByte(brut, '\r') < 0 {
			return append(texte, brut...), nil
		}
		i := bytes.IndexAny(brut, "&\r")
		texte = append(texte, brut[:i]...)
		if brut[i] == '\r' {
			if brut = brut[i+1:]; len(brut) == 0 || brut[0] != '\n' {
				texte = append(texte, '\n')
			}
			continue
		}
		fin := bytes.IndexByte(brut[i:], ';')
		if fin < 0 {
			return texte, errXML
		}
		c, ok := entite(string(brut[i+1 : i+fin]))
		if !ok {
			return texte, errEntite
		}
		texte, brut = utf8.AppendRune(texte, c), brut[i+fin+1:]
	}
}

var entites = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

func entite(nom string) (c rune, ok bool) {
	if len(nom) < 2 || nom[0] != '#' {
		c, ok = entites[nom]
		return c, ok
	}
	base := 10
	if nom = nom[1:]; nom[0] == 'x' {
		nom, base = nom[1:], 16
	}
	n, err := strconv.ParseUint(nom, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
