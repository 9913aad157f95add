package depot

import (
	"context"
	"fmt"
	"strings"

	"guichet/diag"
	"guichet/internal/portail/accuse"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// Rediger writes the mail on the deposit of a reference: the outcome, what to do, then the receipt, which it carries as
// PDF too. ErrInconnu when there is no such deposit.
func (s *Service) Rediger(ctx context.Context, impID string, l modele.Langue) (r courriel.Redaction, err error) {
	id, ok := LireImpID(impID)
	if !ok {
		return r, ErrInconnu
	}
	c, err := s.courrier(ctx, id, l)
	if err != nil {
		return r, err
	}
	r = courriel.Redaction{Sujet: c.sujet(), Texte: c.texte(), Jointe: nomPDF(c.depot, l)}
	r.Octets, err = c.accuse.PDF(l)
	return r, err
}

// courrier is what there is to write of a deposit.
type courrier struct {
	langue      modele.Langue
	depot       *Depot
	accuse      *accuse.Accuse
	motifs      []string // why the file was rejected as a whole
	incompletes int      // demandes of the supplier that lack documents
	adresse     string
}

func (s *Service) courrier(ctx context.Context, id int64, l modele.Langue) (*courrier, error) {
	d, err := s.parID(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &courrier{langue: l, depot: d, adresse: s.adresse}
	if c.accuse, err = s.AccuseEntier(ctx, d); err != nil {
		return nil, err
	}
	if s.incompletes != nil {
		if c.incompletes, err = s.incompletes(ctx, d.Fournisseur); err != nil {
			return nil, fmt.Errorf("count the incomplete demandes: %w", err)
		}
	}
	if !d.Traitee() {
		f, err := s.Rapport(ctx, d, l)
		if err != nil {
			return nil, fmt.Errorf("tell why %s was rejected: %w", d.ImpID(), err)
		}
		c.motifs = motifs(f, l)
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
		ligne := lieu + x.Code + " " + x.Message
		if x.Doute != "" {
			ligne += modele.Texte{Fr: " (doute : ", En: " (doubt: "}.In(l) + x.Doute + ")"
		}
		lignes = append(lignes, diag.Neutralize(ligne))
	}
	return lignes
}

// sujet is the subject of the mail: the outcome.
func (c *courrier) sujet() string {
	d := c.depot
	if !d.Traitee() {
		return fmt.Sprintf(modele.Texte{Fr: "Dépôt %s : fichier rejeté", En: "Deposit %s: file rejected"}.In(c.langue), d.ImpID())
	}
	return modele.Texte{Fr: "Dépôt ", En: "Deposit "}.In(c.langue) + d.ImpID() + modele.Texte{Fr: " : ", En: ": "}.In(c.langue) +
		acceptees(d.Acceptees).In(c.langue) + ", " + refusees(d.Demandes-d.Acceptees).In(c.langue)
}

func acceptees(n int) modele.Texte {
	return ecrit.Compter(int64(n), modele.Texte{Fr: "acceptée", En: "accepted"}, modele.Texte{Fr: "acceptées", En: "accepted"})
}

func refusees(n int) modele.Texte {
	return ecrit.Compter(int64(n), modele.Texte{Fr: "refusée", En: "refused"}, modele.Texte{Fr: "refusées", En: "refused"})
}

// maxLignes is how much a mail lists of a kind; the receipt attached has the others.
const maxLignes = 20

// texte is the mail: the outcome, what to do, then the receipt.
func (c *courrier) texte() string {
	l := c.langue
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(l) }
	var b strings.Builder
	fmt.Fprintf(&b, t("Le fichier %s est arrivé : %s.\n", "The file %s has come: %s.\n"), ecrit.Nom(c.depot.Nom), c.resultat())
	c.motiver(&b)
	fmt.Fprintf(&b, "\n%s\n", t("À FAIRE", "TO DO"))
	c.aFaire(&b)
	b.WriteString(accuse.Ecrire(c.accuse.Details(l), maxLignes, l))
	fmt.Fprintf(&b, "\n%s\n", t("L'accusé de réception suit ; il est joint en PDF. La même page web :", "The receipt follows; it is attached as PDF. The same as a web page:"))
	fmt.Fprintf(&b, "%s/accuse\n%s", c.page(), c.accuse.Texte(l))
	fmt.Fprintf(&b, "\n%s%s/compte\n", t("Vous choisissez les courriels que vous recevez : ", "You choose the mails that you get: "), c.adresse)
	return b.String()
}

func (c *courrier) page() string { return c.adresse + "/depots/" + c.depot.ImpID() }

func (c *courrier) resultat() string {
	d := c.depot
	if !d.Traitee() {
		return modele.Texte{Fr: "le premier contrôle le rejette en entier", En: "the first control rejects it as a whole"}.In(c.langue)
	}
	return fmt.Sprintf(modele.Texte{Fr: "demandes acceptées : %d sur %d", En: "requests accepted: %d of %d"}.In(c.langue), d.Acceptees, d.Demandes)
}

// motiver lists the first reasons of a file that was rejected as a whole.
func (c *courrier) motiver(b *strings.Builder) {
	for i, m := range c.motifs {
		if i == maxLignes {
			fmt.Fprintf(b, modele.Texte{Fr: "… et %s, sur la page du dépôt\n", En: "… and %s, on the page of the deposit\n"}.In(c.langue), ecrit.Autres(len(c.motifs)-maxLignes).In(c.langue))
			return
		}
		b.WriteString("- " + m + "\n")
	}
}

// aFaire says what is to be done, and where.
func (c *courrier) aFaire(b *strings.Builder) {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(c.langue) }
	d := c.depot
	if d.Acceptees > 0 {
		fmt.Fprintf(b, t("- Envoyer les pièces des demandes acceptées (%d), au plus tard le %s : %s/pieces\n", "- Send the documents of the accepted requests (%d), no later than %s: %s/pieces\n"),
			d.Acceptees, web.Date(c.accuse.LimitePieces()).In(c.langue), c.page())
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
