package carnet

import "strconv"

// The lists of a demande are written as enJSON would, and several times faster: there are two for each demande.

func listerOGs(b []byte, ogs []OG) []byte {
	b = append(b, '[')
	for i, og := range ogs {
		b = citer(append(suite(b, i), `{"finess":`...), og.FINESS)
		b = append(b, `,"esms":`...)
		if og.ESMS == nil {
			b = append(b, "null}"...)
			continue
		}
		b = append(b, '[')
		for j, esms := range og.ESMS {
			b = citer(suite(b, j), esms)
		}
		b = append(b, "]}"...)
	}
	return append(b, ']')
}

func listerPieces(b []byte, pieces []Piece) []byte {
	b = append(b, '[')
	for i, p := range pieces {
		b = citer(append(suite(b, i), `{"type":`...), p.Type)
		b = citer(append(b, `,"nom":`...), p.Nom)
		b = citer(append(b, `,"chemin":`...), p.Chemin)
		b = citer(append(b, `,"sha256":`...), p.SHA256)
		if p.Taille != 0 {
			b = strconv.AppendInt(append(b, `,"taille":`...), p.Taille, 10)
		}
		if p.Change != 0 {
			b = strconv.AppendInt(append(b, `,"modifie":`...), p.Change, 10)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

func suite(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// citer writes a text in quotes. Almost all are letters and figures; others are left to who knows how to write them.
func citer(b []byte, t string) []byte {
	for i := range len(t) {
		switch c := t[i]; {
		case c < ' ', c > '~', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return append(b, enJSON(t)...)
		}
	}
	return append(append(append(b, '"'), t...), '"')
}
