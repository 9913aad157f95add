package compterendu

import (
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"

	"guichet/diag"
	"guichet/diag/page"
	"guichet/modele"
	"guichet/preparation"
)

//go:embed page.html
var source string

// The page's limits: beyond them, what is not shown is counted.
const (
	maxFautes      = 1000
	maxReparations = 1000
	maxLaissees    = 1000
	maxFichiers    = 200
)

// The page as the template shows it. All strings are neutralised already.
type (
	vue struct {
		Langue, Titre, Classe, Phrase, Outil string
		Bilan, Conseils                      []string
		Blocs                                []bloc
		Fichiers                             []fichierVu
		FichiersTus                          string
		Reparations                          []reparationVue
		ReparationsTues                      string
		Laissees                             []Laissee
		LaisseesTues                         string
		Ignorees                             []string
		Essai                                bool
	}
	// bloc is the faults that must be mended, or those that are worth a look.
	bloc struct {
		Ancre, Titre string
		Commandes    []commande
		Tues         string
	}
	commande struct {
		Nom    string
		Fautes []fauteVue
	}
	fauteVue      struct{ Ancre, Gravite, Classe, Code, Message, Lieu, Aide string }
	fichierVu     struct{ Nom, Demandes, Numeros, Archives string }
	reparationVue struct{ Lieu, Avant, Apres, Motif string }
)

// redacteur turns a CompteRendu into a view, within the limits of a page.
type redacteur struct {
	*CompteRendu
	l modele.Langue
}

// EcrirePage writes the page.
func (c *CompteRendu) EcrirePage(w io.Writer, l modele.Langue, outil string) error {
	r := redacteur{c, l}
	v := vue{
		Langue: r.t("fr", "en"), Outil: diag.Neutralize(outil), Titre: r.titre(), Classe: "ok", Phrase: r.phrase(),
		Bilan: r.bilan(), Conseils: r.conseils(), Essai: c.Essai,
	}
	if c.Bloque {
		v.Classe = "erreur"
	}
	for _, bloquantes := range []bool{true, false} {
		if b := r.bloc(bloquantes); len(b.Commandes) > 0 {
			v.Blocs = append(v.Blocs, b)
		}
	}
	if !c.Bloque {
		v.Fichiers = r.fichiers()
		v.FichiersTus = r.tus(len(c.Fichiers)-maxFichiers, diag.NounFichier)
	}
	v.Reparations = r.reparations()
	v.ReparationsTues = r.tus(len(c.Reparations)+c.ReparationsOmises-len(v.Reparations), nomReparation)
	for _, a := range c.Laissees[:min(len(c.Laissees), maxLaissees)] {
		v.Laissees = append(v.Laissees, Laissee{net(a.Reference), net(a.Numero), net(a.Etat), net(a.Fichier)})
	}
	v.LaisseesTues = r.tus(len(c.Laissees)-maxLaissees, nomCommande)
	for _, i := range c.Ignorees {
		v.Ignorees = append(v.Ignorees, net(i.In(l)))
	}
	return page.Render(w, source, l, v)
}

func net(s string) string { return diag.Neutralize(s) }

func (r redacteur) t(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(r.l) }

var (
	nomCommande   = diag.Noun{One: modele.Texte{Fr: "commande", En: "order"}, Several: modele.Texte{Fr: "commandes", En: "orders"}}
	nomReparation = diag.Noun{One: modele.Texte{Fr: "réparation", En: "repair"}, Several: modele.Texte{Fr: "réparations", En: "repairs"}}
	nomFaute      = diag.Noun{One: modele.Texte{Fr: "point à corriger", En: "thing to mend"}, Several: modele.Texte{Fr: "points à corriger", En: "things to mend"}}
	nomRemarque   = diag.Noun{One: modele.Texte{Fr: "point à vérifier", En: "thing to look at"}, Several: modele.Texte{Fr: "points à vérifier", En: "things to look at"}}
)

// tus counts what a limit left out; it is empty for nothing.
func (r redacteur) tus(n int, nom diag.Noun) string {
	if n <= 0 {
		return ""
	}
	return nom.Count(n, r.l)
}

func (r redacteur) titre() string {
	switch {
	case r.Bloque:
		return nomFaute.Count(r.nombre(true)+r.FautesOmises, r.l) + r.t(" dans le tableau", " in the table")
	case len(r.Fichiers) == 0:
		return r.t("Rien de nouveau à préparer", "Nothing new to prepare")
	case r.Essai:
		return r.t("Prêt à préparer : ", "Ready to be prepared: ") + nomCommande.Count(r.Preparees, r.l)
	}
	return r.t("Préparé : ", "Prepared: ") + nomCommande.Count(r.Preparees, r.l)
}

func (r redacteur) phrase() string {
	switch {
	case r.Bloque:
		return r.t("Rien n'est écrit, aucun numéro n'est donné tant qu'il en reste un.", "Nothing is written and no number is given as long as one is left.")
	case len(r.Fichiers) == 0:
		return r.t("Toutes les commandes du tableau sont déjà préparées.", "All orders of the table are prepared already.")
	case r.Essai:
		return r.t("C'était un essai : rien n'est écrit.", "This was a rehearsal: nothing is written.")
	}
	return r.t("Les fichiers à déposer sont dans ", "The files to deposit are in ") + net(r.Sortie) + "."
}

func (r redacteur) bilan() []string {
	lignes := []string{
		r.t("Source : ", "Source: ") + strings.Join(nets(r.Sources), ", "),
		r.t("Dans le tableau : ", "In the table: ") + nomCommande.Count(r.Commandes, r.l),
	}
	ajouter := func(n int, nom diag.Noun, fr, en string) {
		if n > 0 {
			lignes = append(lignes, nom.Count(n, r.l)+r.t(fr, en))
		}
	}
	ajouter(len(r.Laissees), nomCommande, " laissées de côté, déjà préparées", " left aside, prepared already")
	ajouter(r.nombre(true)+r.FautesOmises, nomFaute, "", "")
	ajouter(r.nombre(false), nomRemarque, "", "")
	ajouter(len(r.Reparations)+r.ReparationsOmises, nomReparation, "", "")
	return lignes
}

func nets(l []string) []string {
	out := make([]string, len(l))
	for i, s := range l {
		out[i] = net(s)
	}
	return out
}

// conseils say what to do next, in order.
func (r redacteur) conseils() []string {
	encore := r.t("Relancez : ", "Run again: ") + net(r.Commande)
	switch {
	case r.Bloque:
		return []string{
			r.t("Corrigez dans votre tableau les cellules nommées ci-dessous, et enregistrez-le.", "Mend the cells that are named below in your table, and save it."),
			encore,
		}
	case len(r.Fichiers) == 0:
		return nil
	}
	var c []string
	if len(r.Reparations) > 0 {
		c = append(c, r.t("Relisez les réparations : elles partent telles quelles.", "Read the repairs: they leave as they are."))
	}
	if r.nombre(false) > 0 {
		c = append(c, r.t("Vérifiez les points signalés : un agent les relèvera sans doute.", "Look at the things that are pointed out: an agent will probably see them."))
	}
	if r.Essai {
		return append(c, r.t("Relancez sans --dry-run pour écrire les fichiers.", "Run again without --dry-run to write the files."))
	}
	return append(c,
		r.t("Déposez sur le portail les fichiers JSON, puis leurs archives de pièces.", "Deposit the JSON files at the portal, then their archives of documents."),
		r.t("Rangez les fichiers retournés dans un dossier et lancez : guichet retour DOSSIER", "Put the returned files in a folder and run: guichet retour FOLDER"),
	)
}

// bloc gathers the faults by order, in the order of the table.
func (r redacteur) bloc(bloquantes bool) bloc {
	b := bloc{Ancre: "verifier", Titre: r.t("À vérifier", "To look at")}
	total, nom := r.nombre(bloquantes), nomRemarque
	if bloquantes {
		b = bloc{Ancre: "corriger", Titre: r.t("À corriger", "To mend")}
		total, nom = total+r.FautesOmises, nomFaute
	}
	rangs, vues := map[string]int{}, 0
	fautes := r.enOrdre()
	for i := range fautes {
		f := &fautes[i]
		if f.Bloquante() != bloquantes || vues == maxFautes {
			continue
		}
		vues++
		reference := r.Reference(f.Lieu)
		rang, connu := rangs[reference]
		if !connu {
			rang = len(b.Commandes)
			rangs[reference] = rang
			b.Commandes = append(b.Commandes, commande{Nom: r.nommer(reference)})
		}
		b.Commandes[rang].Fautes = append(b.Commandes[rang].Fautes, r.faute(f, fmt.Sprintf("%s-%d", b.Ancre, vues)))
	}
	b.Tues = r.tus(total-vues, nom)
	return b
}

func (r redacteur) nommer(reference string) string {
	if reference == "" {
		return r.t("Tableau", "Table")
	}
	return r.t("Commande ", "Order ") + net(reference)
}

func (r redacteur) faute(f *preparation.Faute, ancre string) fauteVue {
	return fauteVue{
		Ancre: ancre, Gravite: diag.WordGravite(f.Gravite, r.l), Classe: f.Gravite.String(), Code: net(f.Code),
		Message: net(f.Message.In(r.l)), Lieu: r.lieu(f.Lieu), Aide: net(f.Aide.In(r.l)),
	}
}

// lieu names a cell as a spreadsheet does: `Commandes, cellule F14 (telephoneResponsableOG)`.
func (r redacteur) lieu(l preparation.Lieu) string {
	var parts []string
	if len(r.Sources) > 1 {
		parts = append(parts, l.Fichier)
	}
	if l.Feuille != "" {
		parts = append(parts, l.Feuille)
	}
	switch {
	case l.Ligne > 0 && l.Colonne != "":
		parts = append(parts, r.t("cellule ", "cell ")+l.Colonne+strconv.Itoa(l.Ligne))
	case l.Ligne > 0:
		parts = append(parts, r.t("ligne ", "row ")+strconv.Itoa(l.Ligne))
	case l.Colonne != "":
		parts = append(parts, r.t("colonne ", "column ")+l.Colonne)
	}
	if len(parts) == 0 {
		parts = append(parts, l.Fichier)
	}
	s := strings.Join(parts, ", ")
	if l.Balise != "" {
		s += " (" + l.Balise + ")"
	}
	return net(s)
}

func (r redacteur) fichiers() (vus []fichierVu) {
	for _, f := range r.Fichiers[:min(len(r.Fichiers), maxFichiers)] {
		v := fichierVu{Nom: net(f.Nom), Demandes: diag.Number(f.Demandes, r.l), Numeros: "—", Archives: net(strings.Join(f.Archives, ", "))}
		switch {
		case r.Essai: // the numbers are given later
		case f.Premier == f.Dernier:
			v.Numeros = net(f.Premier)
		default:
			v.Numeros = net(f.Premier) + r.t(" à ", " to ") + net(f.Dernier)
		}
		if v.Archives == "" {
			v.Archives = "—"
		}
		vus = append(vus, v)
	}
	return vus
}

func (r redacteur) reparations() (vues []reparationVue) {
	for _, f := range r.Reparations[:min(len(r.Reparations), maxReparations)] {
		vues = append(vues, reparationVue{r.lieu(f.Lieu), net(f.Trouve(r.l)), net(f.Ecrit(r.l)), net(f.Motif.In(r.l))})
	}
	return vues
}
