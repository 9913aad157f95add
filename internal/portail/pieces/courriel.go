package pieces

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/examen"
	"guichet/modele"
)

// maxLignes is how many lines of a kind a mail has; the page has them all.
const maxLignes = 30

// prevenir writes the mail that follows an examination: what was refused and why, what nobody knows, what is
// missing.
func (i *inscription) prevenir(ctx context.Context, d *leDepot) error {
	if i.Envoyer == nil {
		return nil
	}
	if restent, err := enAttente(ctx, i.tx, d.id); err != nil || restent > 0 && i.sansReproche() {
		return err // the mail of the last one tells what is missing
	}
	manquantes := i.manquantes()
	restent, err := incompletes(ctx, i.tx, d.fournisseur)
	if err != nil {
		return err
	}
	texte := func(l modele.Langue) string {
		t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
		var b strings.Builder
		quoi := t("L'archive %s, envoyée avec le dépôt %s, a été examinée.\n", "The archive %s, sent with the deposit %s, was examined.\n")
		refus := t("\nElle est refusée : %s\nLe dépôt reste ce qu'il est.\n", "\nIt is refused: %s\nThe deposit stays what it is.\n")
		if i.a.document() {
			refus = t("\nIl est refusé : %s\nLe dépôt reste ce qu'il est.\n", "\nIt is refused: %s\nThe deposit stays what it is.\n")
			quoi = t("Le document %s, envoyé avec le dépôt %s, a été examiné.\n", "The document %s, sent with the deposit %s, was examined.\n")
		}
		fmt.Fprintf(&b, quoi, ecrit.Nom(i.a.Titre()), i.ImpID(d.id))
		if i.a.Etat == Refusee {
			fmt.Fprintf(&b, refus, unLigne(i.a.Motif.In(l)))
		}
		fmt.Fprintf(&b, t("\nPièces acceptées : %d\n", "\nDocuments accepted: %d\n"), i.a.Bonnes)
		if i.a.Deja > 0 {
			fmt.Fprintf(&b, t("Pièces déjà là, qui ne sont pas à renvoyer : %d\n", "Documents had before, which are not to be sent again: %d\n"), i.a.Deja)
		}
		ecrire(&b, t("Pièces refusées :", "Documents refused:"), t("… la suite est sur la page du dépôt", "… the page of the deposit has the others"), i.motifs(l, false))
		ecrire(&b, t("Documents écartés :", "Documents set aside:"), t("… la suite est sur la page du dépôt", "… the page of the deposit has the others"), i.motifs(l, true))
		if i.sansPlace() && len(manquantes) > 0 {
			b.WriteString(t("Si l'un d'eux est une pièce attendue, dites-le sur la page des pièces : ni à renommer, ni à renvoyer.\n",
				"If one of them is an expected document, say so on the page of the documents: neither rename it nor send it again.\n"))
		}
		ecrire(&b, t("Pièces encore attendues :", "Documents still expected:"), t("… la suite est sur la page du dépôt", "… the page of the deposit has the others"), manquantes)
		if len(manquantes) == 0 {
			b.WriteString(t("\nToutes les pièces de ce dépôt sont là.\n", "\nAll documents of this deposit are there.\n"))
		} else {
			fmt.Fprintf(&b, t("\nEnvoyer ces pièces : %s\n", "\nSend these documents: %s\n"), i.Adresse+i.AdressePieces(d.id))
		}
		if restent > 0 {
			fmt.Fprintf(&b, t("\nDemandes incomplètes, tous dépôts compris : %d\n%s/incompletes\n", "\nIncomplete requests, all deposits included: %d\n%s/incompletes\n"), restent, i.Adresse)
		}
		fmt.Fprintf(&b, t("\nVous choisissez les courriels que vous recevez : %s/compte\n", "\nYou choose the mails that you get: %s/compte\n"), i.Adresse)
		return b.String()
	}
	restantes := ecrit.Compter(int64(len(manquantes)), modele.Texte{Fr: "encore attendue", En: "still expected"}, modele.Texte{Fr: "encore attendues", En: "still expected"})
	sujet := modele.Texte{
		Fr: fmt.Sprintf("Dépôt %s : pièces examinées, %s", i.ImpID(d.id), restantes.Fr),
		En: fmt.Sprintf("Deposit %s: documents examined, %s", i.ImpID(d.id), restantes.En),
	}
	return i.Envoyer(ctx, i.tx, d.fournisseur, sujet, modele.Texte{Fr: texte(modele.Francais), En: texte(modele.Anglais)}, i.AdressePieces(d.id))
}

// sansPlace tells whether a document was set aside for want of a place.
func (i *inscription) sansPlace() bool {
	return slices.ContainsFunc(i.c.jugees, func(j jugee) bool { return j.Genre == examen.Ecartee && slices.Contains(horsPlace, j.Code) })
}

// sansReproche tells whether there is nothing to say of an archive but that it came.
func (i *inscription) sansReproche() bool {
	return i.a.Etat != Refusee && i.a.Mauvaises == 0 && i.a.Ecartees == 0
}

// document tells whether what was sent is a document by itself.
func (a *Archive) document() bool { return a.Place != SansPlace || !enZIP(a.Nom, nil) }

func ecrire(b *strings.Builder, titre, suite string, lignes []string) {
	if len(lignes) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s %d\n", titre, len(lignes))
	for n, l := range lignes {
		if n == maxLignes {
			b.WriteString(suite + "\n")
			return
		}
		b.WriteString("- " + unLigne(l) + "\n")
	}
}

// unLigne keeps a name that somebody chose from making lines of its own.
func unLigne(t string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, t)
}

func (i *inscription) motifs(l modele.Langue, ecartees bool) (lignes []string) {
	for n := range i.c.jugees {
		j := &i.c.jugees[n]
		if j.Code != "" && (j.Genre == "ecartee") == ecartees {
			lignes = append(lignes, phrase(j).In(l))
		}
	}
	return lignes
}

// manquantes names the documents that are still expected.
func (i *inscription) manquantes() (noms []string) {
	for _, p := range i.c.attendues.pieces {
		rang := i.c.demandes[p.Demande].rang
		if i.manque(Piece{Etat: i.courantes[cle{rang, p.Type}].Etat, EtatDepot: i.etats[rang].etat}) {
			noms = append(noms, p.Nom)
		}
	}
	return noms
}
