package journal

import (
	"fmt"

	"guichet/modele"
)

// Genre is what was done to the journal.
type Genre string

// What can be found.
const (
	Modifiee    Genre = "modifiee"  // an entry says something else
	Supprimee   Genre = "supprimee" // an entry is gone
	Inseree     Genre = "inseree"   // an entry was put in
	Deplacee    Genre = "deplacee"  // an entry stands elsewhere
	Tronquee    Genre = "tronquee"  // the last entries are gone
	Reecrite    Genre = "reecrite"  // entries and their hashes were written anew
	Vide        Genre = "vide"      // all of it is gone
	Ancienne    Genre = "ancienne"  // an older copy was put back
	TeteFausse  Genre = "tete"      // the head is not signed by a known key
	AncreFausse Genre = "ancre"     // neither is an anchor
	Hachage     Genre = "arbre"     // hashes that are kept are not those of the entries
	Effacee     Genre = "effacee"   // details are gone, and no entry says that they were erased
)

var genres = map[Genre]modele.Texte{
	Modifiee:    {Fr: "changement après coup", En: "changed later"},
	Supprimee:   {Fr: "suppression", En: "taken out"},
	Inseree:     {Fr: "ajout après coup", En: "put in later"},
	Deplacee:    {Fr: "déplacement", En: "moved"},
	Tronquee:    {Fr: "le journal est coupé, sa fin manque", En: "the journal is cut, its end is missing"},
	Reecrite:    {Fr: "réécriture : les entrées et leurs empreintes ne sont pas celles qui furent signées", En: "written anew: the entries and their hashes are not those that were signed"},
	Vide:        {Fr: "le journal entier manque", En: "the whole journal is missing"},
	Ancienne:    {Fr: "le journal est plus court : une copie plus ancienne a été remise, ou sa fin ôtée avec sa tête", En: "the journal is shorter: an older copy was put back, or its end was taken out with its head"},
	TeteFausse:  {Fr: "la tête du journal n'est pas celle que sa clé a signée", En: "the head of the journal is not the one that its key signed"},
	AncreFausse: {Fr: "aucune clé connue ne l'a signée", En: "no known key has signed it"},
	Hachage:     {Fr: "les empreintes gardées ne sont pas celles des entrées", En: "the hashes that are kept are not those of the entries"},
	Effacee:     {Fr: "détails effacés sans qu'une entrée le dise", En: "details erased, and no entry says so"},
}

// Constat is something that verification found.
type Constat struct {
	Genre   Genre
	De, A   int64  // the entries, by their numbers; 0 for the journal as a whole
	Place   int64  // of one that was moved: the number that it was written under
	Ancre   string // the anchor that shows it
	Scellee bool   // it concerns the chain of an earlier version
	Chaine  int64  // which one
}

// In tells it.
func (c Constat) In(l modele.Langue) (texte string) {
	deux := modele.Texte{Fr: " : ", En: ": "}.In(l)
	if c.Ancre != "" {
		texte = modele.Texte{Fr: "ancre ", En: "anchor "}.In(l) + c.Ancre + deux
	}
	if c.Scellee {
		texte += fmt.Sprintf(modele.Texte{Fr: "chaîne %d d'avant", En: "earlier chain %d"}.In(l), c.Chaine) + deux
	}
	switch {
	case c.De > 0 && c.De == c.A:
		texte += fmt.Sprintf(modele.Texte{Fr: "entrée %d", En: "entry %d"}.In(l), c.De) + deux
	case c.De > 0:
		texte += fmt.Sprintf(modele.Texte{Fr: "entrées %d à %d", En: "entries %d to %d"}.In(l), c.De, c.A) + deux
	}
	texte += genres[c.Genre].In(l)
	if c.Genre == Deplacee {
		texte += fmt.Sprintf(modele.Texte{Fr: ", écrite à la place %d", En: ", written in place %d"}.In(l), c.Place)
	}
	return texte
}
