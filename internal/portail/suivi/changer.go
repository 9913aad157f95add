package suivi

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/delai"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// Changement leads demandes of one deposit to a state. Its Motif has at most MaxMotif characters.
type Changement = etat.Changement

// MaxMotif is how long a supplier's reason may be, maxMotifAgence the agency's, in characters.
const (
	MaxMotif       = 1000
	maxMotifAgence = 20_000 // reasons of the catalogue in both languages, and what is added
)

func maxMotif(par etat.Acteur) int {
	if par == etat.Fournisseur {
		return MaxMotif
	}
	return maxMotifAgence
}

// Refus says that a demande cannot take a step from where it stands.
type Refus struct {
	De, A etat.Etat
	Motif bool      // the reason is missing, or too long
	Sauf  etat.Acte // who asks has done this, and may not do the other
}

// Error tells it to developers.
func (r *Refus) Error() string { return fmt.Sprintf("a request cannot go from %q to %q", r.De, r.A) }

// Texte tells it to people of the agency.
func (r *Refus) Texte() modele.Texte {
	nom, acte := r.De.Nom(), etat.Noms[r.Sauf]
	switch {
	case r.Sauf != "":
		return modele.Texte{
			Fr: "Vous avez vous-même fait « " + acte.Fr + " » pour cette demande : une autre personne doit faire ce pas. Rien n'a changé.",
			En: "You have yourself done “" + acte.En + "” for this request: somebody else must take this step. Nothing has changed.",
		}
	case r.Motif:
		return modele.Texte{Fr: "Le motif manque, ou est trop long. Rien n'a changé.", En: "The reason is missing, or too long. Nothing has changed."}
	}
	return modele.Texte{
		Fr: "La demande est maintenant dans l'état « " + nom.Fr + " » : ce pas n'y est pas possible. Rien n'a changé ; relisez-la.",
		En: "The request is now in the state “" + nom.En + "”: this step is not possible there. Nothing has changed; read it again.",
	}
}

// demandeLue is what a change needs of a demande.
type demandeLue struct {
	rang      int
	pas       etat.Transition
	numero    string
	montant   int64
	avant     int64 // granted before the step, cents
	accorde   int64 // and after it
	numeroAns string
	recu      int64
	// echeance is when the agency's silence is a decision from now on; zero where the step does not change it.
	echeance time.Time
}

// Changer changes states, in the transaction of what the change follows from: all or none of the demandes. It is
// the only way a state changes: history, counters, journal and mails go with it. A *Refus says which step is not
// allowed; ErrInconnue that a demande is not that supplier's.
func (s *Service) Changer(ctx context.Context, tx *sql.Tx, c Changement) error {
	if len(c.Rangs) == 0 {
		return nil
	}
	maintenant := s.Maintenant()
	var lues []demandeLue
	for _, rang := range c.Rangs {
		d, err := s.avancer(ctx, tx, c, rang, maintenant)
		if err != nil {
			return err
		}
		lues = append(lues, d)
	}
	if err := errors.Join(recompter(ctx, tx, c, lues), payer(ctx, tx, c, lues), s.comptabiliser(ctx, tx, c, lues, maintenant)); err != nil {
		return fmt.Errorf("count the demandes: %w", err)
	}
	if err := s.consigner(ctx, tx, c, lues, maintenant); err != nil {
		return err
	}
	if err := s.suivre(ctx, tx, c, lues, maintenant); err != nil {
		return err
	}
	return s.ecrireEtats(ctx, tx, c, lues)
}

// suivre passes the steps on to who follows them.
func (s *Service) suivre(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue, maintenant time.Time) error {
	if s.Suivre == nil {
		return nil
	}
	pas := make([]etat.Passage, len(lues))
	for i, d := range lues {
		pas[i] = etat.Passage{Cle: Cle{Depot: c.Depot, Rang: d.rang}, Transition: d.pas, Fournisseur: c.Fournisseur, Compte: c.Compte, Motif: c.Motif, Instant: maintenant, Echeance: d.echeance}
		if d.pas.Reponse {
			pas[i].Limite = s.Delais.LimiteReponse(maintenant)
		}
	}
	return s.Suivre(ctx, tx, pas)
}

// avancer takes the step of one demande.
func (s *Service) avancer(ctx context.Context, tx *sql.Tx, c Changement, rang int, maintenant time.Time) (d demandeLue, err error) {
	d.rang = rang
	var de etat.Etat
	err = tx.QueryRowContext(ctx, `SELECT `+reel+`, d.numero, d.montant, d.accorde, p.numero_ans, p.recu FROM demande d JOIN depot p ON p.id = d.depot_id
		WHERE d.fournisseur_id = $1 AND d.depot_id = $2 AND d.rang = $3 `+s.Base.Dialecte.VerrouDe("d"), c.Fournisseur, c.Depot, rang).
		Scan(&de, &d.numero, &d.montant, &d.accorde, &d.numeroAns, &d.recu)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, ErrInconnue
	case err != nil:
		return d, fmt.Errorf("read a demande: %w", err)
	}
	pas, ok := etat.Pas(de, c.A, c.Par)
	if !ok || c.Acte != "" && (pas.Acte != c.Acte || c.Par == etat.Agence && !pas.Peut(c.Roles)) {
		return d, &Refus{De: de, A: c.A}
	}
	if n := utf8.RuneCountInString(c.Motif); n > maxMotif(c.Par) || pas.Motif && ecrit.Vide(c.Motif) {
		return d, &Refus{De: de, A: c.A, Motif: true}
	}
	if err := distinct(ctx, tx, c, rang, pas); err != nil {
		return d, err
	}
	d.pas, d.avant = pas, d.accorde
	if c.A == etat.Validee {
		d.accorde = cmp.Or(c.Accorde, d.accorde, d.montant)
	}
	if err := poser(ctx, tx, c, d, maintenant); err != nil {
		return d, fmt.Errorf("change a demande: %w", err)
	}
	err = db.Poser(ctx, tx, `INSERT INTO evenement (depot_id, rang, ordre, instant, acteur, compte_id, de, a, motif, echeance)
		SELECT $1, $2, COALESCE(MAX(ordre), 0) + 1, $3, $4, $5, $6, $7, $8, $9 FROM evenement WHERE depot_id = $1 AND rang = $2`,
		c.Depot, rang, db.Instant(maintenant), int64(c.Par), c.Compte, string(de), string(c.A), c.Motif, s.echeance(pas, maintenant))
	if err != nil {
		return d, fmt.Errorf("write the history: %w", err)
	}
	return d, s.reporter(ctx, tx, c, &d)
}

// reporter moves the deadline of a demande whose supplier is asked for something, or no longer: time does not run meanwhile.
func (s *Service) reporter(ctx context.Context, tx *sql.Tx, c Changement, d *demandeLue) (err error) {
	if d.pas.De != etat.AModifier && d.pas.A != etat.AModifier {
		return nil
	}
	if d.echeance, _, err = delai.Lire(ctx, tx, Cle{Depot: c.Depot, Rang: d.rang}, s.Delais); err != nil {
		return err
	}
	err = db.Poser(ctx, tx, `UPDATE demande SET echeance = $1 WHERE fournisseur_id = $2 AND depot_id = $3 AND rang = $4`, db.Instant(d.echeance), c.Fournisseur, c.Depot, d.rang)
	if err != nil {
		return fmt.Errorf("move the deadline of a demande: %w", err)
	}
	return nil
}

// distinct refuses a step to who last took the one that the table keeps apart from it.
func distinct(ctx context.Context, tx *sql.Tx, c Changement, rang int, pas etat.Transition) error {
	if pas.Sauf == "" {
		return nil
	}
	var dernier int64
	args := []any{c.Depot, rang}
	var paires []string
	for _, t := range etat.Pour(pas.Sauf) {
		args = append(args, string(t.De), string(t.A))
		paires = append(paires, fmt.Sprintf("de = $%d AND a = $%d", len(args)-1, len(args)))
	}
	err := tx.QueryRowContext(ctx, `SELECT compte_id FROM evenement WHERE depot_id = $1 AND rang = $2 AND (`+strings.Join(paires, " OR ")+`) ORDER BY ordre DESC LIMIT 1`,
		args...).Scan(&dernier)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("read who took the step before: %w", err)
	case dernier == c.Compte:
		return &Refus{De: pas.De, A: pas.A, Sauf: pas.Sauf}
	}
	return nil
}

// reel is the state of a demande at the agency: etat is the one that its supplier sees.
const reel = `CASE WHEN etape = '' THEN etat ELSE etape END`

// poser writes the state that a step leads to. A step that the supplier does not see changes nothing of what it sees, the time of the
// last change neither.
func poser(ctx context.Context, tx *sql.Tx, c Changement, d demandeLue, maintenant time.Time) error {
	etape := ""
	if c.A.Montre() != c.A {
		etape = string(c.A)
	}
	maj := db.Instant(maintenant)
	if d.pas.Muet() {
		maj = 0
	}
	err := db.Poser(ctx, tx, `UPDATE demande SET etat = $1, etape = $2, maj = CASE WHEN CAST($3 AS BIGINT) = 0 THEN maj ELSE $3 END, accorde = $4
		WHERE fournisseur_id = $5 AND depot_id = $6 AND rang = $7`, string(c.A.Montre()), etape, maj, d.accorde, c.Fournisseur, c.Depot, d.rang)
	return err
}

// echeance is by when what a step asks for is expected, as the database keeps it: 0 for one that asks for nothing.
func (s *Service) echeance(pas etat.Transition, maintenant time.Time) int64 {
	if !pas.Reponse {
		return 0
	}
	return db.Instant(s.Delais.LimiteReponse(maintenant))
}

// recompter moves demandes from the counters of their old states to that of the new one.
func recompter(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue) error {
	incompletes := 0
	for _, d := range lues {
		de, a := d.pas.De.Montre(), c.A.Montre()
		err := errors.Join(
			compteur.Ajouter(ctx, tx, c.Fournisseur, de, compteur.De(de, d.montant, d.avant).Moins()),
			compteur.Ajouter(ctx, tx, c.Fournisseur, a, compteur.De(a, d.montant, d.accorde)),
		)
		if err != nil {
			return err
		}
		incompletes += int(db.Chiffre(a == etat.Incomplete) - db.Chiffre(de == etat.Incomplete))
	}
	if incompletes == 0 {
		return nil
	}
	return db.Poser(ctx, tx, `UPDATE depot SET incompletes = incompletes + $1 WHERE id = $2`, incompletes, c.Depot)
}

// comptabiliser writes what the steps change in the accounts.
func (s *Service) comptabiliser(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue, maintenant time.Time) error {
	e := comptabilite.Ecriture{
		Instant: maintenant, Acte: "demande." + string(c.A), Compte: c.Compte, Depot: c.Depot, Fournisseur: c.Fournisseur,
		NumeroAns: lues[0].numeroAns, Recu: db.Temps(lues[0].recu),
	}
	for _, d := range lues {
		e.Pas = append(e.Pas, comptabilite.Pas{Rang: d.rang, De: comptabilite.Demande{Etat: d.pas.De, Montant: d.montant, Accorde: d.avant}, A: comptabilite.Demande{Etat: c.A, Montant: d.montant, Accorde: d.accorde}})
	}
	return comptabilite.Passer(ctx, tx, s.Base.Dialecte, e)
}

// payer adds to what was paid. Nothing leads out of that state: it is never taken back.
func payer(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue) error {
	if c.A != etat.Payee {
		return nil
	}
	var avances int64
	for _, d := range lues {
		avances += Avance(d.accorde)
	}
	return db.Poser(ctx, tx, `INSERT INTO avance_payee (fournisseur_id, montant) VALUES ($1, $2)
		ON CONFLICT (fournisseur_id) DO UPDATE SET montant = avance_payee.montant + excluded.montant`, c.Fournisseur, avances)
}

// consigner adds one row to the journal for all the demandes.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, c Changement, lues []demandeLue, maintenant time.Time) error {
	details := map[string]string{"de": string(lues[0].pas.De), "demandes": strconv.Itoa(len(lues))}
	if len(lues) > 1 {
		var rangs []string
		for _, d := range lues {
			rangs = append(rangs, strconv.Itoa(d.rang+1))
		}
		details["rangs"] = strings.Join(rangs, " ")
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: c.Fournisseur, Instant: maintenant, Acteur: c.Compte, Action: "demande." + string(c.A),
		Objet: s.NumeroASP(c.Depot, lues[0].rang), Details: details,
	})
}
