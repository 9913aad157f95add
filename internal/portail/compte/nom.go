package compte

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Nobody passes for the agency: a name has letters of one script, plain ones, and is not made of the words by which the agency
// and the counter are known.

// reserves are the words that no person's name is made of, as ossature writes them.
var reserves = sync.OnceValue(func() map[string]bool {
	mots := map[string]bool{}
	for _, mot := range ossature("agence agency guichet administrateur administratrice administrator administration ministère asp") {
		mots[mot] = true
	}
	return mots
})

// chiffresEnLettres are digits and signs that stand for letters; i and l are one, since 1 may be either.
var chiffresEnLettres = strings.NewReplacer("0", "o", "1", "l", "i", "l", "3", "e", "4", "a", "5", "s", "7", "t", "|", "l", "@", "a", "$", "s")

// ossature writes a name as an eye that hurries reads it: words of plain letters.
func ossature(nom string) []string {
	plat := chiffresEnLettres.Replace(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(nom))))
	return strings.FieldsFunc(plat, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// trompeuse tells whether a name mixes scripts within it, or has letters of phonetic alphabets that look like others.
func trompeuse(nom string) bool {
	alphabets := []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Cherokee}
	vus := 0
	for _, a := range alphabets {
		if strings.ContainsFunc(nom, func(r rune) bool { return unicode.Is(a, r) }) {
			vus++
		}
	}
	return vus > 1 || strings.ContainsFunc(nom, func(r rune) bool {
		return r >= 0x250 && r <= 0x2af || r >= 0x1d00 && r <= 0x1dbf || r >= 0x1d400 && r <= 0x1d7ff || r >= 0x2100 && r <= 0x218f || r >= 0xff01 && r <= 0xff5e
	})
}

// NomLibre returns a *Faute, for a field, when the name of a person or of a company could pass for the agency's.
func (s *Service) NomLibre(champ, nom string) error {
	entier := joindre(nom)
	if trompeuse(nom) || reserves()[strings.TrimPrefix(entier, "l")] || reserves()[entier] {
		return nomReserve(champ)
	}
	for _, connu := range []string{s.Agence.Nom, s.Agence.Service} {
		if c := joindre(connu); len(c) > 3 && strings.Contains(entier, c) || entier != "" && entier == sigle(connu) {
			return nomReserve(champ)
		}
	}
	return nil
}

// liaisons are words that nobody remembers a name by.
var liaisons = []string{"de", "des", "du", "d", "le", "la", "les", "l", "et", "of", "the", "and"}

// mots are the words of a name that it is remembered by, as ossature writes them.
func mots(nom string) []string {
	return slices.DeleteFunc(ossature(nom), func(m string) bool {
		return slices.ContainsFunc(liaisons, func(x string) bool { return ossature(x)[0] == m })
	})
}

// joindre is a name without what parts its words.
func joindre(nom string) string { return strings.Join(mots(nom), "") }

// sigle is the initials that a name of several words is known by: ASP; "" for one of fewer.
func sigle(nom string) string {
	m := mots(nom)
	if len(m) < 3 {
		return ""
	}
	var b strings.Builder
	for _, mot := range m {
		b.WriteString(mot[:len(string([]rune(mot)[:1]))])
	}
	return b.String()
}

// nomPersonne is NomLibre for a person, whose name has none of those words either.
func (s *Service) nomPersonne(champ, nom string) error {
	for _, mot := range ossature(nom) {
		if reserves()[mot] || reserves()[strings.TrimPrefix(mot, "l")] {
			return nomReserve(champ)
		}
	}
	return s.NomLibre(champ, nom)
}

// nomDuCompte is nomPersonne for an account. The agency's people may well be called by what they are.
func (s *Service) nomDuCompte(ctx context.Context, compte int64, nom string) error {
	var n int
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM role WHERE compte_id = $1 AND fournisseur_id = $2`, compte, Agence).Scan(&n)
	if err != nil || n > 0 {
		return err
	}
	return s.nomPersonne("nom", nom)
}

// NomPersonne returns a person's name as it is kept, or a *Faute for a field.
func (s *Service) NomPersonne(champ, saisie string) (string, error) {
	nom, err := nettoyerNom(saisie)
	if err != nil {
		return saisie, renommer(err, champ)
	}
	return nom, s.nomPersonne(champ, nom)
}

func nomReserve(champ string) error {
	return faute(champ, "Ce nom peut passer pour celui de l'agence, ou mêle des alphabets qui se ressemblent : écrivez le vôtre, en lettres ordinaires.",
		"This name may pass for the agency's, or mixes alphabets that look alike: write your own, in ordinary letters.")
}
