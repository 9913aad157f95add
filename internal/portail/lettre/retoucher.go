package lettre

import (
	"context"
	"database/sql"
	"fmt"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"strings"
)

// Retoucher keeps another text for the letter of one demande, in each language that textes gives; a text that is the model's takes an
// earlier one away. What is wrong with a text is told by its language, and nothing is kept then.
func (s *Service) Retoucher(ctx context.Context, tx *sql.Tx, compte int64, c etat.Cle, g Genre, textes map[string]string) (map[string][]Faute, error) {
	modeles, err := s.courants(ctx, tx, g)
	if err != nil {
		return nil, err
	}
	fautes := map[string][]Faute{}
	for l, texte := range textes {
		if f := Analyser(g, texte); len(f) > 0 && !memes(texte, modeles[l].Texte) {
			fautes[l] = f
		}
	}
	if len(fautes) > 0 {
		return fautes, nil
	}
	for _, l := range langues {
		texte, ok := textes[l.Mot]
		if !ok {
			continue
		}
		if memes(texte, modeles[l.Mot].Texte) {
			err = db.Poser(ctx, tx, `DELETE FROM lettre_texte WHERE depot_id = $1 AND rang = $2 AND genre = $3 AND langue = $4`, c.Depot, c.Rang, string(g), l.Mot)
		} else {
			err = db.Poser(ctx, tx, `INSERT INTO lettre_texte (depot_id, rang, genre, langue, texte, compte_id, instant) VALUES ($1, $2, $3, $4, $5, $6, $7)
				ON CONFLICT (depot_id, rang, genre, langue) DO UPDATE SET texte = excluded.texte, compte_id = excluded.compte_id, instant = excluded.instant WHERE lettre_texte.texte <> excluded.texte`,
				c.Depot, c.Rang, string(g), l.Mot, texte, compte, s.instant())
		}
		if err != nil {
			return nil, fmt.Errorf("keep the text of a letter: %w", err)
		}
	}
	return nil, nil
}

// OublierTexte takes away the text that somebody wrote for one letter, once that letter is out.
func (s *Service) OublierTexte(ctx context.Context, tx *sql.Tx, c etat.Cle, g Genre) error {
	if err := db.Poser(ctx, tx, `DELETE FROM lettre_texte WHERE depot_id = $1 AND rang = $2 AND genre = $3`, c.Depot, c.Rang, string(g)); err != nil {
		return fmt.Errorf("forget the text of a letter that is out: %w", err)
	}
	return nil
}

// memes tells whether two texts are the same to who reads them.
func memes(a, b string) bool {
	return strings.TrimSpace(strings.ReplaceAll(a, "\r\n", "\n")) == strings.TrimSpace(strings.ReplaceAll(b, "\r\n", "\n"))
}

// Ligne is a line of a text beside another: taken away, added, or neither.
type Ligne struct {
	Texte      string
	Otee, Mise bool
}

// ecarts are the lines in which two texts differ, for a page.
type ecarts struct {
	P      *web.Page
	Lignes []Ligne
}

// Comparer lists the lines that differ between two texts, in their order. Both are short (MaxModele).
func Comparer(avant, apres string) (lignes []Ligne) {
	a, b := strings.Split(strings.TrimSpace(avant), "\n"), strings.Split(strings.TrimSpace(apres), "\n")
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && !reste(b[j:], a[i]):
			lignes, i = append(lignes, Ligne{Texte: a[i], Otee: true}), i+1
		default:
			lignes, j = append(lignes, Ligne{Texte: b[j], Mise: true}), j+1
		}
	}
	return lignes
}

// reste tells whether a line is still to come.
func reste(lignes []string, ligne string) bool {
	for _, l := range lignes {
		if l == ligne {
			return true
		}
	}
	return false
}
