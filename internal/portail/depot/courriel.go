package depot

import (
	"context"
	"fmt"
	"strings"

	"guichet/diag"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Annonce is the job that follows from a deposit: it writes the mails to those who want to know.
type Annonce struct {
	Fournisseur int64 `json:"fournisseur"`
	Depot       int64 `json:"depot"`
}

// Kind names the job.
func (Annonce) Kind() string { return "depot.annonce" }

// Courrier is what there is to write of a deposit, in either language.
type Courrier struct {
	depot       *Depot
	accuse      *accuse.Accuse
	motifs      map[modele.Langue][]string // why the file was rejected as a whole
	incompletes int                        // demandes of the supplier that lack documents
	adresse     string
}

// Jointe is what is attached to the mails: the receipt.
func (c *Courrier) Jointe() string { return c.depot.ImpID() }

// Deposant is the account that sent the file: by mandate, it is none of the supplier's people.
func (c *Courrier) Deposant() int64 { return c.depot.Compte }

// Courrier reads what the mails of a deposit say.
func (s *Service) Courrier(ctx context.Context, a Annonce) (*Courrier, error) {
	d, err := s.Depot(ctx, a.Fournisseur, a.Depot)
	if err != nil {
		return nil, err
	}
	c := &Courrier{depot: d, adresse: s.adresse, motifs: map[modele.Langue][]string{}}
	if c.accuse, err = s.AccuseEntier(ctx, d); err != nil {
		return nil, err
	}
	if s.incompletes != nil {
		if c.incompletes, err = s.incompletes(ctx, d.Fournisseur); err != nil {
			return nil, fmt.Errorf("count the incomplete demandes: %w", err)
		}
	}
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		if d.Traitee() {
			break
		}
		f, err := s.Rapport(ctx, d, l)
		if err != nil {
			return nil, fmt.Errorf("tell why %s was rejected: %w", d.ImpID(), err)
		}
		c.motifs[l] = motifs(f, l)
	}
	return c, nil
}

// motifs tells what is wrong with a file as a whole, and where.
func motifs(f diag.Fichier, l modele.Langue) (lignes []string) {
	for _, x := range f.Structure {
		lieu := ""
		if x.Ligne > 0 {
			lieu = fmt.Sprintf(modele.Texte{Fr: "ligne %d, colonne %d : ", En: "line %d, column %d: "}.In(l), x.Ligne, x.Colonne)
		}
		lignes = append(lignes, diag.Neutralize(lieu+x.Code+" "+x.Message))
	}
	return lignes
}

// Sujet is the subject of the mail: the outcome.
func (c *Courrier) Sujet(l modele.Langue) string {
	d := c.depot
	if !d.Traitee() {
		return fmt.Sprintf(modele.Texte{Fr: "Dépôt %s : fichier rejeté", En: "Deposit %s: file rejected"}.In(l), d.ImpID())
	}
	return fmt.Sprintf(modele.Texte{Fr: "Dépôt %s : %d acceptées, %d refusées", En: "Deposit %s: %d accepted, %d refused"}.In(l), d.ImpID(), d.Acceptees, d.Demandes-d.Acceptees)
}

// maxLignes is how much a mail lists of a kind; the receipt attached has the others.
const maxLignes = 20

// Texte is the mail: the outcome, what to do, then the receipt.
func (c *Courrier) Texte(l modele.Langue) string {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", t("Bonjour,", "Hello,"))
	fmt.Fprintf(&b, t("Le fichier %s est arrivé : %s.\n", "The file %s has come: %s.\n"), diag.Neutralize(c.depot.Nom), c.resultat(l))
	c.motiver(&b, l)
	fmt.Fprintf(&b, "\n%s\n", t("À FAIRE", "TO DO"))
	c.aFaire(&b, l)
	b.WriteString(accuse.Ecrire(c.accuse.Details(l), maxLignes, l))
	fmt.Fprintf(&b, "\n%s\n", t("L'accusé de réception suit ; il est joint en PDF. La même page web :", "The receipt follows; it is attached as PDF. The same as a web page:"))
	fmt.Fprintf(&b, "%s/accuse\n%s", c.page(), c.accuse.Texte(l))
	fmt.Fprintf(&b, "\n%s%s/compte\n", t("Vous choisissez les courriels que vous recevez : ", "You choose the mails that you get: "), c.adresse)
	return b.String()
}

func (c *Courrier) page() string { return c.adresse + "/depots/" + c.depot.ImpID() }

func (c *Courrier) resultat(l modele.Langue) string {
	d := c.depot
	if !d.Traitee() {
		return modele.Texte{Fr: "le premier contrôle le rejette en entier", En: "the first control rejects it as a whole"}.In(l)
	}
	return fmt.Sprintf(modele.Texte{Fr: "demandes acceptées : %d sur %d", En: "requests accepted: %d of %d"}.In(l), d.Acceptees, d.Demandes)
}

// motiver lists the first reasons of a file that was rejected as a whole.
func (c *Courrier) motiver(b *strings.Builder, l modele.Langue) {
	for i, m := range c.motifs[l] {
		if i == maxLignes {
			fmt.Fprintf(b, modele.Texte{Fr: "… et %d autres, sur la page du dépôt\n", En: "… and %d more, on the page of the deposit\n"}.In(l), len(c.motifs[l])-maxLignes)
			return
		}
		b.WriteString("- " + m + "\n")
	}
}

// aFaire says what is to be done, and where.
func (c *Courrier) aFaire(b *strings.Builder, l modele.Langue) {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	d := c.depot
	if d.Acceptees > 0 {
		fmt.Fprintf(b, t("- Envoyer les pièces des demandes acceptées (%d), avant le %s : %s/pieces\n", "- Send the documents of the accepted requests (%d), by %s: %s/pieces\n"),
			d.Acceptees, web.Jour(c.accuse.LimitePieces()), c.page())
	}
	switch {
	case !d.Traitee():
		fmt.Fprintf(b, t("- Corriger le fichier, puis le déposer à nouveau. Tout ce qui est à corriger : %s\n", "- Mend the file, then deposit it again. All that is to be mended: %s\n"), c.page())
	case d.Acceptees < d.Demandes:
		fmt.Fprintf(b, t("- Corriger les demandes refusées (%d), puis les déposer dans un autre fichier, avec un nouveau numeroEditeur : %s\n", "- Mend the refused requests (%d), then deposit them in another file, with a new numeroEditeur: %s\n"),
			d.Demandes-d.Acceptees, c.page())
	}
	if c.incompletes > 0 {
		fmt.Fprintf(b, t("- Demandes incomplètes, tous dépôts compris (%d) : %s/incompletes\n", "- Incomplete requests, all deposits included (%d): %s/incompletes\n"), c.incompletes, c.adresse)
	}
}

// Joindre makes what a mail has attached: the receipt of a deposit, as PDF.
func (s *Service) Joindre(ctx context.Context, impID string, l modele.Langue) (nom string, octets []byte, err error) {
	id, ok := LireImpID(impID)
	if !ok {
		return "", nil, ErrInconnu
	}
	d, err := s.parID(ctx, id)
	if err != nil {
		return "", nil, err
	}
	doc, err := s.enPDF(ctx, d, l)
	return doc.nom, doc.octets, err
}
