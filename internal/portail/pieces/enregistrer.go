package pieces

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"guichet/internal/portail/db"
	"guichet/internal/portail/examen"
	"guichet/internal/portail/quota"
	"guichet/modele"
)

// inscription writes down what an examination gave.
type inscription struct {
	*Service
	tx        *sql.Tx
	a         *Archive
	c         *constat
	instant   int64
	etats     map[int]demande // by rank
	courantes map[cle]courante
	nouvelles map[int]bool // ranks of the demandes that a good document came for
	pese      int64        // bytes that the deposit keeps
	reste     int64        // bytes that its supplier may still have kept today
	garde     int64        // bytes of it that this archive's documents take, unpacked
}

// enregistrer stores an examination, once: documents, demandes that are complete now, journal, mail. Others that
// examine an archive of the same deposit wait here.
func (s *Service) enregistrer(ctx context.Context, tx *sql.Tx, id int64, d *leDepot, c *constat) error {
	if _, err := depot(ctx, tx, d.fournisseur, d.id, s.Base.Dialecte.Verrou); err != nil {
		return err
	}
	toutes, err := archives(ctx, tx, `id = $1`, id)
	if err != nil || len(toutes) == 0 || toutes[0].Etat != Recue {
		return err // done meanwhile
	}
	i := &inscription{Service: s, tx: tx, a: &toutes[0], c: c, instant: db.Instant(s.Maintenant()), etats: map[int]demande{}, nouvelles: map[int]bool{}}
	presentes, err := demandes(ctx, tx, d, s.Base.Dialecte.Verrou)
	if err != nil {
		return err
	}
	for _, u := range presentes {
		i.etats[u.rang] = u
	}
	c.perdues = nil // a transaction may run again
	if i.pese, err = poids(ctx, tx, d.id); err != nil {
		return err
	}
	if i.reste, err = quota.Reste(ctx, tx, d.fournisseur, db.Temps(i.instant)); err != nil {
		return err
	}
	if i.courantes, err = courantes(ctx, tx, d.id, -1); err != nil {
		return err
	}
	for n := range c.jugees {
		if err := i.juger(ctx, &c.jugees[n]); err != nil {
			return err
		}
	}
	return i.conclure(ctx, d)
}

// juger gives one document its place.
func (i *inscription) juger(ctx context.Context, j *jugee) error {
	if j.Genre == examen.Ecartee {
		return i.ecarter(ctx, j, j.Code, phrase(j))
	}
	rang := i.c.demandes[i.c.attendues.pieces[j.Piece].Demande].rang
	la, ok := i.courantes[cle{rang, i.c.attendues.pieces[j.Piece].Type}]
	bonne := j.Genre == examen.Bonne
	rendu, err := i.rendrait(ctx, la)
	if err != nil {
		return err
	}
	switch {
	case ok && la.Etat == Recue && bonne && la.SHA256 == j.sha256:
		return i.noterDeja(ctx, j, la)
	case !i.prend(i.etats[rang]):
		return i.ecarter(ctx, j, codeClose, modele.Texte{
			Fr: j.Nom + " : la demande " + i.NumeroASP(i.a.Depot, rang) + " n'attend plus de pièce",
			En: j.Nom + ": the request " + i.NumeroASP(i.a.Depot, rang) + " expects no document any more",
		})
	case la.ordre >= i.Versions:
		return i.ecarter(ctx, j, codeVersions, modele.Texte{Fr: j.Nom + " : " + tropDeVersions.Fr, En: j.Nom + ": " + tropDeVersions.En})
	case bonne && j.sha256 != i.a.SHA256 && i.pese+j.Taille-rendu.octets() > i.Octets:
		return i.ecarter(ctx, j, codePoids, modele.Texte{Fr: j.Nom + " : " + tropLourdes.Fr, En: j.Nom + ": " + tropLourdes.En})
	case bonne && j.sha256 != i.a.SHA256 && i.garde+j.Taille-rendu.duJour(db.Temps(i.instant)) > i.reste:
		return i.ecarter(ctx, j, codePoids, modele.Texte{Fr: j.Nom + " : " + quota.Texte.Fr, En: j.Nom + ": " + quota.Texte.En})
	case ok && la.Etat == Recue && !bonne:
		return i.ecarter(ctx, j, j.Code, phrase(j)) // the good one stays
	}
	return i.placer(ctx, j, rang, la.ordre, rendu)
}

// prend tells whether a demande takes what this archive brings: it is open, or was until an agent took it up while the
// archive, sent before, waited to be examined.
func (i *inscription) prend(u demande) bool {
	return i.Ouverte(u.etat) || u.etat == instruction && db.Instant(i.a.Recu) < u.maj
}

// phrase is a message with what to do. What has no place is to be renamed at the desk, but not here, where a person says
// what it is.
func phrase(j *jugee) modele.Texte {
	t := j.Message
	if j.Aide.Fr != "" && !slices.Contains(horsPlace, j.Code) {
		t.Fr, t.En = t.Fr+" ; "+j.Aide.Fr, t.En+"; "+j.Aide.En
	}
	return t
}

// placer writes a document, which takes the place of the one before it.
func (i *inscription) placer(ctx context.Context, j *jugee, rang, avant int, r rendu) error {
	p := &i.c.attendues.pieces[j.Piece]
	if avant > 0 {
		if err := i.remplacer(ctx, i.courantes[cle{rang, p.Type}], r); err != nil {
			return fmt.Errorf("replace a document: %w", err)
		}
	}
	etat, code, motif := Refusee, j.Code, phrase(j)
	if j.Genre == examen.Bonne {
		etat, code, motif = Recue, "", modele.Texte{}
		i.nouvelles[rang] = true
		if j.sha256 != i.a.SHA256 {
			i.pese += j.Taille
			i.garde += j.Taille
		}
		i.a.Bonnes++
	} else {
		i.a.Mauvaises++
	}
	lu, err := ecrireLu(j.Lu)
	if err != nil {
		return err
	}
	_, err = i.tx.ExecContext(ctx, `INSERT INTO piece (depot_id, rang, type, ordre, etat, code, motif_fr, motif_en, archive_id, nom, format, sha256, taille, recu, lu)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		i.a.Depot, rang, p.Type, avant+1, etat, code, motif.Fr, motif.En, i.a.ID, j.Nom, j.Format, j.sha256, j.Taille, i.instant, lu)
	if err != nil {
		return fmt.Errorf("record a document: %w", err)
	}
	if i.Toucher != nil {
		if err := i.Toucher(ctx, i.tx, i.a.Depot, rang); err != nil {
			return err
		}
	}
	i.courantes[cle{rang, p.Type}] = courante{ordre: avant + 1, archive: i.a.ID, Piece: Piece{Rang: rang, Type: p.Type, Etat: etat, SHA256: j.sha256, Taille: j.Taille, Recu: db.Temps(i.instant), Code: code, Motif: motif}}
	return nil
}

func (i *inscription) ecarter(ctx context.Context, j *jugee, code string, motif modele.Texte) error {
	if i.a.Ecartees++; i.a.Ecartees > MaxEcarts {
		return nil
	}
	_, err := i.tx.ExecContext(ctx, `INSERT INTO piece_ecartee (archive_id, ordre, nom, code, motif_fr, motif_en, proche) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		i.a.ID, i.a.Ecartees, j.Nom, code, motif.Fr, motif.En, j.Proche)
	if err != nil {
		return fmt.Errorf("record a document set aside: %w", err)
	}
	return nil
}

// conclure writes the outcome, and leads the demandes whose documents are all there to their next state.
func (i *inscription) conclure(ctx context.Context, d *leDepot) error {
	i.a.Etat = Examinee
	i.a.Ecartees += i.c.omises
	if f := i.c.fermee; f != nil {
		i.a.Etat, i.a.Code, i.a.Motif = Refusee, f.Code, phrase(&jugee{Reponse: *f})
	}
	libere := int64(0)
	if i.a.Etat == Refusee && i.a.Ecartees == 0 { // what was set aside may be offered
		libere = i.instant
		i.c.perdues = append(i.c.perdues, i.a.SHA256)
		if err := quota.Noter(ctx, i.tx, i.a.Fournisseur, i.a.Recu, -i.a.Taille); err != nil {
			return err
		}
	}
	if err := quota.Noter(ctx, i.tx, i.a.Fournisseur, db.Temps(i.instant), i.garde); err != nil {
		return err
	}
	_, err := i.tx.ExecContext(ctx, `UPDATE archive SET etat = $1, code = $2, motif_fr = $3, motif_en = $4, bonnes = $5, mauvaises = $6, ecartees = $7, deja = $8, libere = $9 WHERE id = $10`,
		i.a.Etat, i.a.Code, i.a.Motif.Fr, i.a.Motif.En, i.a.Bonnes, i.a.Mauvaises, i.a.Ecartees, i.a.Deja, libere, i.a.ID)
	if err != nil {
		return fmt.Errorf("record the examination: %w", err)
	}
	if rangs := i.completes(); len(rangs) > 0 {
		if err := i.Completer(ctx, i.tx, d.fournisseur, d.id, rangs); err != nil {
			return fmt.Errorf("complete demandes: %w", err)
		}
	}
	if err := i.consigner(ctx, i.tx, i.a, "pieces.examinees", 0); err != nil {
		return err
	}
	return i.prevenir(ctx, d)
}

// completes lists the demandes that this archive has completed.
func (i *inscription) completes() (rangs []int) {
	manque := map[int]bool{}
	for _, p := range i.c.attendues.pieces {
		rang := i.c.demandes[p.Demande].rang
		if i.courantes[cle{rang, p.Type}].Etat != Recue {
			manque[rang] = true
		}
	}
	for _, u := range i.c.demandes {
		if i.nouvelles[u.rang] && !manque[u.rang] && i.etats[u.rang].etat == incomplete {
			rangs = append(rangs, u.rang)
		}
	}
	return rangs
}

// incomplete is the state that a deposit gives its demandes, instruction that in which an agent examines them.
const (
	incomplete  = "incomplete"
	instruction = "instruction"
)
