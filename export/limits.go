package export

import (
	"fmt"
	"slices"
	"strings"

	"guichet/modele"
)

// Limites lists the rules of the two controls that Schema cannot say, and where it differs from them.
func Limites(m *modele.Modele, l modele.Langue) []string {
	limits := []string{modele.Texte{
		Fr: "un fichier en UTF-8, où aucune balise n'est donnée deux fois dans un même objet",
		En: "a file in UTF-8, with no tag twice in one object",
	}.In(l)}
	for _, k := range kindLimits {
		if tags := tagsWhere(m.EnTete, k.of); len(tags) > 0 {
			limits = append(limits, fmt.Sprintf(k.limit.In(l), strings.Join(tags, ", ")))
		}
	}
	for _, c := range m.Coherence {
		if _, said := c.(modele.Compte); !said && !takesData(c) {
			limits = append(limits, coherencePhrase(c, l))
		}
	}
	return append(limits, modele.Texte{
		Fr: "ce qui demande d'autres données : nom du fichier déposé, numéro de référencement et SIRET du déposant, numéros déjà utilisés, ESMS éligibles, profils référencés, registre FINESS",
		En: "what needs other data: name of the deposited file, référencement number and SIRET of the depositor, numbers already used, eligible ESMS, referenced profiles, FINESS register",
	}.In(l))
}

// kindLimits says what the schema language lacks for a kind of tag; %s is the list of such tags.
var kindLimits = []struct {
	of    func(modele.Champ) bool
	limit modele.Texte
}{
	{
		func(c modele.Champ) bool { return c.Type.Genre == modele.Montant },
		modele.Texte{
			Fr: "%s : exactement deux décimales écrites, 2920.00 et non 2920 ou 2920.0",
			En: "%s: exactly two written decimals, 2920.00 and not 2920 or 2920.0",
		},
	},
	{
		func(c modele.Champ) bool { return c.Type.Genre == modele.Rang },
		modele.Texte{
			Fr: "%s : 1, 2, 3… dans l'ordre du fichier, écrits sans décimale ni exposant",
			En: "%s: 1, 2, 3… in file order, written without decimals or exponent",
		},
	},
	{
		func(c modele.Champ) bool { return c.Type.Majuscules },
		modele.Texte{
			Fr: "majuscules (%s) : le schéma refuse les rares minuscules qui n'ont pas de majuscule (ĸ) et accepte les chiffres romains et lettres cerclées minuscules (ⅳ, ⓐ)",
			En: "upper case (%s): the schema refuses the few small letters that have no capital (ĸ) and accepts small Roman numerals and circled letters (ⅳ, ⓐ)",
		},
	},
	{
		func(c modele.Champ) bool { return c.Type.Unique },
		modele.Texte{
			Fr: "%s : aucune valeur deux fois dans la demande ; le schéma ne compare que celles d'un même tableau",
			En: "%s: no value twice in the request; the schema only compares those of one array",
		},
	},
	{
		tolerant,
		modele.Texte{
			Fr: "%s : les graphies tolérées sont acceptées sans remarque",
			En: "%s: tolerated spellings are accepted without a remark",
		},
	},
	{
		func(c modele.Champ) bool { return c.Type.Cle != modele.SansCle },
		modele.Texte{
			Fr: "%s : la clé de contrôle, dont l'échec n'est qu'une alerte",
			En: "%s: the check key, whose failure is but a warning",
		},
	},
}

// tolerant tells whether the schema accepts other spellings of the tag or of its values.
func tolerant(c modele.Champ) bool {
	return len(c.Tolerees) > 0 || c.Type.Genre == modele.Code || c.Type.Genre == modele.NomPiece
}

// tagsWhere lists the tags that a condition holds for, in the order of the table, each once.
func tagsWhere(champs []modele.Champ, of func(modele.Champ) bool) []string {
	var tags []string
	add := func(found ...string) {
		for _, tag := range found {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	for _, c := range champs {
		if of(c) {
			add(c.Balise)
		}
		add(tagsWhere(c.Champs, of)...)
	}
	return tags
}
