package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"guichet/modele/ms1dui"
)

// text is the project file, with a word on each value.
func (s *setup) text() string {
	var b strings.Builder
	line := func(key, value, fr, en string) {
		fmt.Fprintf(&b, "# %s\n%s: %s\n", s.t(fr, en), key, value)
	}
	b.WriteString("# " + s.t("Le projet d'un fournisseur : guichet le lit dans ce dossier et ses sous-dossiers.",
		"A supplier's project: guichet reads it in this folder and those below.") + "\n")
	b.WriteString("# " + s.t("Les chemins partent du dossier de ce fichier ; une option ou une variable GUICHET_… l'emporte.",
		"Paths start from the folder of this file; a flag or a variable GUICHET_… wins over it.") + "\n\n")
	line("numeroAns", asText(s.numeroAns), "Numéro de référencement du logiciel, fourni par l'ANS.", "The software's référencement number, given by the ANS.")
	line("SIRET", asText(strings.ReplaceAll(s.siret, " ", "")), "SIRET du fournisseur, entre guillemets pour garder ses zéros.", "SIRET of the supplier, between quotes to keep its zeros.")
	b.WriteString("\n")
	line("sortie", asPath(s.output), "Où sont écrits les fichiers à déposer.", "Where the files to deposit are written.")
	line("carnet", asPath(s.ledger), "Le carnet : numéros donnés, dépôts, retours.", "The ledger: numbers given, deposits, returns.")
	line("referentiels", asPath(s.registries), "Les référentiels chargés (FINESS, barème…).", "The loaded registers (FINESS, barème…).")
	line("pieces", asPath(s.pieces), "Les bons de commande signés et les preuves de régime HT.", "The signed order forms and the proofs of the HT regime.")
	fmt.Fprintf(&b, "\n# %s\n# edition: %s\n", s.t("L'édition du modèle ; sans cette ligne, celle qui est en vigueur.", "The edition of the model; without this line, the one in force."), ms1dui.Courante().Edition)
	fmt.Fprintf(&b, "# %s\n# mapping: mapping.yaml\n", s.t("La disposition de vos tableaux, si ce n'est pas celle de guichet.", "The layout of your sheets, if it is not that of guichet."))
	fmt.Fprintf(&b, "# %s\n# numeros: {prefixe: A}\n", s.t("Les premiers caractères de chaque numeroEditeur.", "The first characters of each numeroEditeur."))
	fmt.Fprintf(&b, "# %s\n# defauts:\n#   demandeCertificatServeur: non\n", s.t("Les valeurs des cellules vides, par balise.", "The values of empty cells, by tag."))
	return b.String()
}

// plain are the texts that YAML takes as they are, and nobody takes for a number.
var plain = regexp.MustCompile(`^[A-Za-z./][A-Za-z0-9./_-]*$`)

// asText writes a YAML text: JSON's texts are YAML's too.
func asText(text string) string {
	if plain.MatchString(text) {
		return text
	}
	quoted, _ := json.Marshal(text) // texts always can
	return string(quoted)
}

func asPath(path string) string { return asText(filepath.ToSlash(path)) }
