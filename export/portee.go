package export

import (
	"slices"
	"strings"

	"guichet/modele"
)

// scopedTag is a tag of the table with the way to it from the file's object.
type scopedTag struct {
	modele.Champ
	path   string // lignesImport[].commande.regimeTVA
	entete bool   // a tag of the file's own object
}

// scopedTags lists the tags of the table, depth first.
func scopedTags(m *modele.Modele) []scopedTag {
	return descend(m.EnTete, "", true)
}

func descend(champs []modele.Champ, prefix string, entete bool) []scopedTag {
	var tags []scopedTag
	for _, c := range champs {
		t := scopedTag{Champ: c, path: prefix + c.Balise, entete: entete}
		if c.Type.Genre == modele.TableauObjets || c.Type.Genre == modele.TableauValeurs {
			t.path += "[]"
		}
		tags = append(append(tags, t), descend(c.Champs, t.path+".", false)...)
	}
	return tags
}

// Codes of the rules that hold for any tag, for the values of a kind, and for the header. The rule book
// says what they mean; a test holds them against what the checker reports.
var (
	everyTag = []string{"S101", "S102", "S104"}

	kindCodes = map[modele.Genre][]string{
		modele.Rang:          {"F119"},
		modele.Montant:       {"F114", "F115", "F125"},
		modele.Date:          {"F112", "F113", "A503", "A504"},
		modele.Courriel:      {"F109", "A514", "A518"},
		modele.Telephone:     {"F110", "A505", "A515"},
		modele.Choix:         {"F116"},
		modele.ChoixMultiple: {"F116", "F118"},
		modele.Code:          {"F117", "I703"},
		modele.NomPiece:      {"F121", "I704"},
	}

	keyCodes = map[modele.Cle][]string{modele.CleSIRET: {"A501"}, modele.CleFINESS: {"A502", "A512"}}

	headerCodes = map[string][]string{"numeroAns": {"S302", "S303"}, "SIRET": {"S304"}}
)

// header is the one code of all format errors of the file's own object: they reject the file.
const header = "S201"

// codesOf lists the codes of the rules that a tag can break, in the order of the rule book.
func codesOf(m *modele.Modele, t scopedTag) []string {
	codes := slices.Concat(everyTag, valueCodes(t.Type), lengthCodes(t.Type), itemCodes(t), obligationCodes(t.Champ), coherenceCodes(m, t.Balise))
	if len(t.Tolerees) > 0 {
		codes = append(codes, "I702")
	}
	if t.entete {
		codes = append(toHeader(codes), headerCodes[t.Balise]...)
	}
	slices.SortFunc(codes, compareCodes)
	return slices.Compact(codes)
}

// toHeader replaces the codes of format errors by the header's.
func toHeader(codes []string) []string {
	for i, c := range codes {
		if strings.ContainsAny(c[:1], "FC") {
			codes[i] = header
		}
	}
	return codes
}

func valueCodes(t modele.Type) []string {
	if t.Genre == modele.Objet || t.Genre == modele.TableauObjets || t.Genre == modele.Nul {
		return nil
	}
	codes := append([]string{"F101"}, kindCodes[t.Genre]...)
	if t.Extension != "" {
		codes = append(codes, "F122")
	}
	codes = append(codes, keyCodes[t.Cle]...)
	plain := t.Genre == modele.Chaine || t.Genre == modele.TableauValeurs
	switch {
	case plain && t.Alphabet != modele.Libre:
		codes = append(codes, "F107")
	case plain && t.Majuscules:
		codes = append(codes, "F108", "A508", "A513", "A518")
	case plain:
		codes = append(codes, "A508", "A513", "A518")
	}
	return codes
}

// lengthCodes are the rules of all texts.
func lengthCodes(t modele.Type) []string {
	switch {
	case t.Genre.Conteneur() && t.Genre != modele.TableauValeurs, jsonTypes[t.Genre] != "" && t.Genre != modele.TableauValeurs:
		return nil
	case t.Exact > 0:
		return []string{"F104", "F106", "F124"}
	case t.Moins > 0:
		return []string{"F105", "F106", "F124"}
	}
	return []string{"F106", "F124"}
}

// itemCodes are the rules on the number of items of an array.
func itemCodes(t scopedTag) []string {
	var codes []string
	switch {
	case t.Type.Min > 0 && t.entete:
		codes = append(codes, "S105")
	case t.Type.Min > 0:
		codes = append(codes, "F120")
	}
	if t.Type.Max > 0 {
		codes = append(codes, "S106")
	}
	if t.Type.Unique {
		codes = append(codes, "F123")
	}
	return codes
}

func obligationCodes(c modele.Champ) []string {
	switch {
	case c.NulTolere != nil:
		return []string{"I705"}
	case c.Type.Genre == modele.TableauValeurs:
		return []string{"F102"}
	case c.Type.Genre.Conteneur():
		return nil
	}
	var codes []string
	if always, constant := modele.Constante(c.Obligation.Obligatoire); !constant {
		codes = append(codes, "C201")
	} else if always {
		codes = append(codes, "F102")
	}
	if always, constant := modele.Constante(c.Obligation.Nul); !constant {
		codes = append(codes, "C202")
	} else if always {
		codes = append(codes, "F103")
	}
	return codes
}

// coherenceCodes are the rules over several values that name the tag.
func coherenceCodes(m *modele.Modele, balise string) []string {
	var codes []string
	add := func(code, named string) {
		if named == balise && code != "" {
			codes = append(codes, code)
		}
	}
	for _, c := range m.Coherence {
		switch c := c.(type) {
		case modele.Compte:
			add(c.Regle, c.Tableau)
			add(c.Regle, c.Balise)
			add(c.EnTrop, c.Tableau)
			add(c.EnTrop, c.Balise)
		case modele.MemesValeurs:
			add(c.Absente, last(c.B))
			add(c.EnTrop, last(c.A))
			add(c.EnDouble, last(c.A))
		case modele.SansDoublon:
			add(c.Regle, last(c.Chemin))
		case modele.PiecesNommees:
			add(c.RegleNumero, c.Nom)
			add(c.RegleType, c.Nom)
		case modele.UniqueDansFichier:
			add(c.Regle, last(c.Chemin))
		case modele.JamaisUtilise:
			add(c.Regle, last(c.Chemin))
		case modele.Eligible:
			add(c.Regle, last(c.Chemin))
		case modele.ProfilsReferences:
			for _, p := range c.Profils {
				add(c.Regle, p.Balise)
			}
		case modele.Inscrit:
			add(c.Regle, last(c.Chemin))
		case modele.Rattache:
			add(c.Regle, last(c.ESMS))
		case modele.JamaisDemande:
			add(c.Regle, last(c.Chemin))
		case modele.Plafond:
			add(c.Regle, last(c.Montant))
		}
	}
	return codes
}

func last(path []string) string { return path[len(path)-1] }

// families is the order of the rule book: structure, format, coherence, documents, warnings, remarks.
const families = "SFCPAI"

func compareCodes(a, b string) int {
	if d := strings.Index(families, a[:1]) - strings.Index(families, b[:1]); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// tagsByCode lists, for each rule, the tags that can break it.
func tagsByCode(m *modele.Modele) map[string][]string {
	tags := map[string][]string{}
	for _, t := range scopedTags(m) {
		for _, code := range codesOf(m, t) {
			tags[code] = append(tags[code], t.Balise)
		}
	}
	return tags
}
