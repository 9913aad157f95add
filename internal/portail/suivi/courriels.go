package suivi

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// maxNumeros is how many demandes a mail names.
const maxNumeros = 20

// ecrireEtats tells the supplier's people of a change, but for who made it.
func (s *Service) ecrireEtats(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue) error {
	if c.Dit || !slices.ContainsFunc(lues, func(d demandeLue) bool { return !d.pas.Muet() }) {
		return nil
	}
	genre := compte.CourrielEtats
	if c.A == etat.AModifier && s.Courrier != nil { // a letter, which nobody can refuse
		genre = compte.CourrielLettres
	}
	gens, err := s.aDire(ctx, tx, c.Fournisseur, genre)
	if err != nil {
		return err
	}
	dit, sur, err := s.courrier(ctx, tx, c, lues)
	if err != nil {
		return err
	}
	avertis, err := s.avertis(ctx, tx, c)
	if err != nil {
		return err
	}
	d, _ := etat.Decrire(c.A.Montre())
	if c.A.Montre() != c.A { // what is not told yet is being examined, for no reason that is told
		c.Motif = ""
	}
	for _, g := range gens {
		if g.Compte == c.Compte || slices.ContainsFunc(avertis, func(a compte.Destinataire) bool { return a.Compte == g.Compte }) {
			continue
		}
		m := s.courrielEtat(g, c, d, lues, genre)
		m.Texte, m.Sur = m.Texte+dit.In(g.Langue), sur
		if genre != compte.CourrielLettres {
			m.Texte += s.reglage(g.Langue)
		}
		if err := s.Envoyer(ctx, tx, m); err != nil {
			return fmt.Errorf("write a mail: %w", err)
		}
	}
	if c.Par == etat.Fournisseur && c.A == etat.Instruction {
		return s.ecrireReponse(ctx, tx, c, lues[0])
	}
	return nil
}

// aDire are the people of a supplier who are told of its demandes: the same for all that change in one transaction.
func (s *Service) aDire(ctx context.Context, tx *sql.Tx, fournisseur int64, genre compte.GenreCourriel) ([]compte.Destinataire, error) {
	type cle struct {
		fournisseur int64
		genre       compte.GenreCourriel
	}
	return db.UneFois(ctx, cle{fournisseur, genre}, func() ([]compte.Destinataire, error) { return s.Destinataires(ctx, tx, fournisseur, genre) })
}

// courrier is the letter that the mail on a change carries, with what it says of it: one for a demande that something is asked of.
func (s *Service) courrier(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue) (dit modele.Texte, sur string, err error) {
	if s.Courrier == nil || c.A != etat.AModifier || len(lues) > 1 {
		return dit, "", nil
	}
	return s.Courrier(ctx, tx, Cle{Depot: c.Depot, Rang: lues[0].rang})
}

// avertis are those who are told of a change by another mail: that on documents says which complete a demande.
func (s *Service) avertis(ctx context.Context, tx *sql.Tx, c Changement) ([]compte.Destinataire, error) {
	if c.Par != etat.Programme || c.A != etat.Complete {
		return nil, nil
	}
	return s.aDire(ctx, tx, c.Fournisseur, compte.CourrielIncompletes)
}

// ecrireReponse tells who is in charge at the agency that a supplier has answered.
func (s *Service) ecrireReponse(ctx context.Context, tx *sql.Tx, c Changement, d demandeLue) error {
	gens, err := s.enCharge(ctx, tx, Cle{Depot: c.Depot, Rang: d.rang})
	if err != nil {
		return err
	}
	n := s.NumeroASP(c.Depot, d.rang)
	for _, g := range gens {
		t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(g.Langue) }
		sujet := t("Réponse du fournisseur : demande ", "Answer of the supplier: request ") + n
		err := s.Envoyer(ctx, tx, g.Annoncer(compte.Agence, compte.CourrielMessages, compte.Courriel{
			Sujet: sujet,
			Texte: t("Le fournisseur a répondu : la demande est à nouveau en instruction.\n\n", "The supplier has answered: the request is being examined again.\n\n") +
				ecrit.Citer(c.Motif) + t("\n\nVoir la demande : ", "\n\nSee the request: ") + s.Adresse + adresseTravail(n) + "\n" + s.reglage(g.Langue),
		}, compte.Ligne{Texte: sujet, Adresse: adresseTravail(n)}))
		if err != nil {
			return fmt.Errorf("write a mail: %w", err)
		}
	}
	return nil
}

func (s *Service) courrielEtat(g compte.Destinataire, c Changement, d etat.Description, lues []demandeLue, genre compte.GenreCourriel) compte.Courriel {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(g.Langue) }
	numero := s.NumeroASP(c.Depot, lues[0].rang)
	sujet := t("Demande ", "Request ") + numero
	if len(lues) > 1 {
		sujet = strconv.Itoa(len(lues)) + t(" demandes", " requests")
	}
	var b strings.Builder
	fmt.Fprintf(&b, t("État désormais : %s.\n%s\n", "State from now on: %s.\n%s\n"), d.Nom.In(g.Langue), d.Suite.In(g.Langue))
	if r := reprise(lues[0].pas).In(g.Langue); r != "" {
		fmt.Fprintf(&b, "\n%s\n", r)
	}
	if c.Motif != "" {
		fmt.Fprintf(&b, "\n%s\n%s\n", t("Motif :", "Reason:"), ecrit.Citer(ecrit.EnLangue(c.Motif, g.Langue)))
	}
	if c.A == etat.AModifier {
		fmt.Fprintf(&b, t("\nRéponse attendue au plus tard le %s.\n", "\nAnswer expected no later than %s.\n"), web.Date(s.Delais.LimiteReponse(s.Maintenant())).In(g.Langue))
		b.WriteString(s.AuTerme().In(g.Langue) + "\n")
	}
	b.WriteString("\n")
	for _, l := range lues[:min(len(lues), maxNumeros)] {
		n := s.NumeroASP(c.Depot, l.rang)
		fmt.Fprintf(&b, "%s (%s)%s%s%s\n", n, ecrit.Nom(l.numero), t(" : ", ": "), s.Adresse, adresseDemande(n))
	}
	if n := len(lues) - maxNumeros; n > 0 {
		fmt.Fprintf(&b, t("et %s : %s/demandes\n", "and %s: %s/demandes\n"), ecrit.Autres(n).In(g.Langue), s.Adresse)
	}
	return g.Annoncer(c.Fournisseur, genre, compte.Courriel{Sujet: sujet + t(" : ", ": ") + d.Nom.In(g.Langue), Texte: b.String()}, s.lignes(c, d, lues, g.Langue)...)
}

// lignes are what stands for the mail on a change among others: each demande, and by when an answer is expected.
func (s *Service) lignes(c Changement, d etat.Description, lues []demandeLue, l modele.Langue) (lignes []compte.Ligne) {
	suite := modele.Texte{Fr: " : ", En: ": "}.In(l) + d.Nom.In(l)
	if c.A == etat.AModifier {
		j := web.Date(s.Delais.LimiteReponse(s.Maintenant()))
		suite += modele.Texte{Fr: ", réponse au plus tard le " + j.Fr, En: ", answer no later than " + j.En}.In(l)
	}
	for _, x := range lues {
		n := s.NumeroASP(c.Depot, x.rang)
		lignes = append(lignes, compte.Ligne{Texte: modele.Texte{Fr: "Demande ", En: "Request "}.In(l) + n + suite, Adresse: adresseDemande(n)})
	}
	return lignes
}

// reglage ends each mail that a person may refuse.
func (s *Service) reglage(l modele.Langue) string {
	return "\n" + modele.Texte{
		Fr: "Vous choisissez les courriels que vous recevez : ", En: "You choose the mails that you get: ",
	}.In(l) + s.Adresse + "/compte\n"
}

// courrielMessage tells one person of a new message.
func (s *Service) courrielMessage(g compte.Destinataire, f *Fil, agence bool, texte string) compte.Courriel {
	t := func(fr, en string) string { return modele.Texte{Fr: fr, En: en}.In(g.Langue) }
	fournisseur := compte.Agence
	if agence { // it writes
		fournisseur = f.Fournisseur
	}
	sujet := t("Nouveau message : ", "New message: ") + ecrit.Nom(f.Sujet)
	return g.Annoncer(fournisseur, compte.CourrielMessages, compte.Courriel{
		Sujet: sujet,
		Texte: t("Un message vous attend au guichet.\n\n", "A message awaits you at the counter.\n\n") + ecrit.Citer(texte) +
			t("\n\nLire et répondre : ", "\n\nRead and answer: ") + s.Adresse + AdresseFil(f.ID) + "\n" + s.reglage(g.Langue),
	}, compte.Ligne{Texte: sujet, Adresse: AdresseFil(f.ID)})
}

// adresseTravail is where the agency works on a demande.
func adresseTravail(numero string) string { return "/travail/" + numero }

func adresseDemande(numero string) string { return "/demandes/" + numero }

// AdresseFil is where a thread is read.
func AdresseFil(id int64) string { return "/messages/" + strconv.FormatInt(id, 10) }
