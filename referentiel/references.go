package referentiel

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"time"

	"guichet/modele"
)

// References are the référencements of software by the ANS.
type References struct {
	meta  Meta
	liste []Reference
	// profils are the keys (Cle) of the profiles of each référencement, by numeroAns.
	profils map[string]map[string]bool
}

// Reference is one référencement: what the software of a numeroAns was referenced with.
type Reference struct {
	NumeroAns, SIRET, Logiciel, Version string
	Profils                             []string
}

// colonnesReferences are the columns of the file; the names of the first line may differ by what Cle overlooks.
var colonnesReferences = []string{"numeroAns", "SIRET", "logiciel", "version", "profils"}

// longueurAns is the length of a numeroAns, in characters.
const longueurAns = 10

// Meta says where the register comes from.
func (r *References) Meta() Meta { return r.meta }

// Liste returns the référencements, in the order of the file. Read them only.
func (r *References) Liste() []Reference { return r.liste }

// Profil tells whether a numeroAns is referenced, and with the profile of that key (Cle of its label).
func (r *References) Profil(numeroAns []byte, cle string) (connu, profil bool) {
	profils, connu := r.profils[string(numeroAns)]
	return connu, profils[cle]
}

// Reference returns the référencement of a numeroAns.
func (r *References) Reference(numeroAns string) (Reference, bool) {
	for _, ref := range r.liste {
		if ref.NumeroAns == numeroAns {
			return ref, true
		}
	}
	return Reference{}, false
}

// LireReferences reads a CSV file `numeroAns;SIRET;logiciel;version;profils`, one line for each référencement,
// its profiles joined by | or commas, or one line for each profile. Columns may stand in any order, among
// others; SIRET, logiciel and version may be missing.
func LireReferences(r io.Reader, o Origine) (*References, error) {
	lignes, sha, err := lireCSV(r)
	if err != nil {
		return nil, err
	}
	colonnes, faute := colonnesDe(lignes)
	if faute != nil {
		return nil, faute
	}
	refs, rangs, f := &References{}, map[string]int{}, fautes{}
	for _, l := range lignes[1:] {
		ref, faute := colonnes.reference(l)
		if f.ajouter(faute) {
			continue
		}
		i, connu := rangs[ref.NumeroAns]
		if !connu {
			i = len(refs.liste)
			rangs[ref.NumeroAns] = i
			refs.liste = append(refs.liste, Reference{NumeroAns: ref.NumeroAns})
		}
		refs.liste[i].completer(ref)
	}
	if f.Nombre == 0 && len(refs.liste) == 0 {
		f.ajouter(&Erreur{lignes[0].numero + 1, colonnesReferences[0], "", modele.Texte{Fr: "au moins un référencement", En: "at least one référencement"}})
	}
	if err := f.erreur(); err != nil {
		return nil, err
	}
	refs.meta = o.meta(NomReferences, time.Time{}, len(refs.liste), sha)
	return refs.indexer(), nil
}

// completer adds what another line says of the same numeroAns.
func (r *Reference) completer(autre Reference) {
	for _, c := range []struct {
		dans *string
		de   string
	}{{&r.SIRET, autre.SIRET}, {&r.Logiciel, autre.Logiciel}, {&r.Version, autre.Version}} {
		if *c.dans == "" {
			*c.dans = c.de
		}
	}
	for _, p := range autre.Profils {
		if !slices.ContainsFunc(r.Profils, func(q string) bool { return Cle(p) == Cle(q) }) {
			r.Profils = append(r.Profils, p)
		}
	}
}

// Declarer makes the référencements of one software, as its own supplier declared it: no register has them, and
// their Meta is empty but for its name.
func Declarer(ref Reference) *References {
	r := &References{meta: Meta{Registre: NomReferences, Lignes: 1}, liste: []Reference{ref}}
	return r.indexer()
}

func (r *References) indexer() *References {
	r.profils = make(map[string]map[string]bool, len(r.liste))
	for _, ref := range r.liste {
		cles := make(map[string]bool, len(ref.Profils))
		for _, p := range ref.Profils {
			cles[Cle(p)] = true
		}
		r.profils[ref.NumeroAns] = cles
	}
	return r
}

// places are the index of each of colonnesReferences in the lines of a file, -1 for one that it has not.
type places [5]int

func colonnesDe(lignes []ligne) (p places, faute *Erreur) {
	attendu := modele.Texte{Fr: strings.Join(colonnesReferences, ";"), En: strings.Join(colonnesReferences, ";")}
	if len(lignes) == 0 {
		return p, &Erreur{1, colonnesReferences[0], "", attendu}
	}
	entete := lignes[0].champs
	for i, nom := range colonnesReferences {
		p[i] = slices.IndexFunc(entete, func(c string) bool { return strings.TrimSuffix(Cle(c), "s") == strings.TrimSuffix(Cle(nom), "s") })
	}
	if p[0] < 0 || p[4] < 0 {
		return p, &Erreur{lignes[0].numero, colonnesReferences[0], strings.Join(entete, ";"), attendu}
	}
	return p, nil
}

func (p places) reference(l ligne) (r Reference, faute *Erreur) {
	valeur := func(i int) string {
		if p[i] < 0 || p[i] >= len(l.champs) {
			return ""
		}
		return l.champs[p[i]]
	}
	r = Reference{NumeroAns: valeur(0), SIRET: strings.ReplaceAll(valeur(1), " ", ""), Logiciel: valeur(2), Version: valeur(3)}
	switch {
	case len(r.NumeroAns) != longueurAns:
		return r, &Erreur{l.numero, colonnesReferences[0], r.NumeroAns, modele.Texte{Fr: "10 caractères, par exemple ANS0000001", En: "10 characters, such as ANS0000001"}}
	case r.SIRET != "" && (len(r.SIRET) != tailleSIRET || strings.Trim(r.SIRET, "0123456789") != ""):
		return r, &Erreur{l.numero, colonnesReferences[1], r.SIRET, modele.Texte{Fr: "14 chiffres (colonne au format texte dans un tableur)", En: "14 digits (a column of text in a spreadsheet)"}}
	}
	for _, profil := range strings.FieldsFunc(valeur(4), func(c rune) bool { return c == '|' || c == ',' }) {
		if profil = strings.TrimSpace(profil); Cle(profil) != "" {
			r.Profils = append(r.Profils, profil)
		}
	}
	return r, nil
}

// Ecrire writes the stored form.
func (r *References) Ecrire(w io.Writer) error {
	return ecrire(w, r.meta, func(c *csv.Writer) error {
		if err := c.Write(colonnesReferences); err != nil {
			return err
		}
		for _, ref := range r.liste {
			if err := c.Write([]string{ref.NumeroAns, ref.SIRET, ref.Logiciel, ref.Version, strings.Join(ref.Profils, "|")}); err != nil {
				return err
			}
		}
		return nil
	})
}
