package enrolement

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Fournisseur is an enrolled supplier.
type Fournisseur struct {
	ID       int64
	Dossier  Dossier
	Suspendu bool
	Motif    string        // why it is suspended
	Langue   modele.Langue // that of its last request
}

// LireFournisseur returns a supplier with its software; ErrInconnu when there is none.
func (s *Service) LireFournisseur(ctx context.Context, id int64) (Fournisseur, error) {
	f, err := lireFournisseur(ctx, s.Base.Lire(), id, "")
	if err != nil {
		return f, err
	}
	f.Dossier.Logiciels, err = logicielsDe(ctx, s.Base.Lire(), id)
	return f, err
}

func lireFournisseur(ctx context.Context, q lecteur, id int64, verrou string) (f Fournisseur, err error) {
	var etat, langue string
	var hors int
	d := &f.Dossier
	err = q.QueryRowContext(ctx, `SELECT id, siret, raison_sociale, etat, motif, contact, courriel, telephone, adresse, iban, bic, titulaire, hors_tva,
		COALESCE((SELECT e.langue FROM enrolement e WHERE e.fournisseur_id = fournisseur.id ORDER BY e.id DESC LIMIT 1), 'fr')
		FROM fournisseur WHERE id = $1 `+verrou, id).Scan(&f.ID, &d.SIRET, &d.RaisonSociale, &etat, &f.Motif, &d.Contact, &d.Courriel, &d.Telephone,
		&d.Adresse, &d.IBAN, &d.BIC, &d.Titulaire, &hors, &langue)
	if errors.Is(err, sql.ErrNoRows) {
		return f, ErrInconnu
	}
	if err != nil {
		return f, fmt.Errorf("read a supplier: %w", err)
	}
	d.HorsTVA, f.Suspendu, f.Langue = hors == 1, etat == "suspendu", lireLangue(langue)
	return f, nil
}

func logicielsDe(ctx context.Context, q lecteur, id int64) (logiciels []Logiciel, err error) {
	lignes, err := q.QueryContext(ctx, `SELECT numero_ans, nom, version, profils FROM logiciel WHERE fournisseur_id = $1 ORDER BY numero_ans LIMIT 1000`, id)
	if err != nil {
		return nil, fmt.Errorf("list a supplier's software: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var l Logiciel
		var profils string
		if err := lignes.Scan(&l.NumeroAns, &l.Nom, &l.Version, &profils); err != nil {
			return nil, fmt.Errorf("list a supplier's software: %w", err)
		}
		l.Profils = strings.FieldsFunc(profils, func(c rune) bool { return c == '\n' })
		logiciels = append(logiciels, l)
	}
	return logiciels, lignes.Err()
}

// Suspendre keeps a supplier from depositing, and says why; Reactiver lets it again.
func (s *Service) Suspendre(ctx context.Context, par, id int64, motif string) error {
	d := Decision{Motif: motif}
	if err := d.verifier(); err != nil {
		return err
	}
	return s.changerEtat(ctx, par, id, "suspendu", d.Motif)
}

// Reactiver ends a suspension; the reason is for the supplier too.
func (s *Service) Reactiver(ctx context.Context, par, id int64, motif string) error {
	d := Decision{Motif: motif}
	if err := d.verifier(); err != nil {
		return err
	}
	return s.changerEtat(ctx, par, id, "actif", d.Motif)
}

func (s *Service) changerEtat(ctx context.Context, par, id int64, etat, motif string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		f, err := lireFournisseur(ctx, tx, id, s.Base.Dialecte.Verrou)
		if err != nil {
			return err
		}
		if f.Suspendu == (etat == "suspendu") {
			return faute("", "C'est déjà fait : relisez la page.", "That is done already: read the page again.")
		}
		if err := s.noter(ctx, tx, id, par, "fournisseur."+etat, nombre(int(id)), nil); err != nil {
			return err
		}
		garde := motif
		if etat == "actif" {
			garde = ""
		}
		if _, err := tx.ExecContext(ctx, `UPDATE fournisseur SET etat = $1, motif = $2 WHERE id = $3`, etat, garde, id); err != nil {
			return fmt.Errorf("suspend or reactivate a supplier: %w", err)
		}
		return s.Envoyer(ctx, tx, f.etatChange(etat, motif, s.Adresse))
	})
}

func (f Fournisseur) etatChange(etat, motif, adresse string) compte.Courriel {
	sujet := modele.Texte{Fr: "Vos dépôts sont suspendus", En: "Your deposits are suspended"}
	quoi := modele.Texte{Fr: "L'agence suspend les dépôts de votre entreprise ; vous pouvez toujours suivre vos demandes. Son motif :", En: "The agency suspends your company's deposits; you can still follow your requests. Its reason:"}
	if etat == "actif" {
		sujet = modele.Texte{Fr: "Vous pouvez de nouveau déposer", En: "You can deposit again"}
		quoi = modele.Texte{Fr: "L'agence lève la suspension de votre entreprise. Son motif :", En: "The agency ends your company's suspension. Its reason:"}
	}
	return ecrire(f.Dossier.Courriel, f.Dossier.Contact, f.Langue, sujet, quoi, modele.Texte{Fr: ecrit.Citer(motif), En: ecrit.Citer(motif)},
		modele.Texte{Fr: "Votre entreprise au guichet :\n" + adresse + "/entreprise", En: "Your company at the counter:\n" + adresse + "/entreprise"})
}

// maxEnCours bounds the requests of one supplier that wait.
const maxEnCours = 10

// DemanderLogiciel asks for one more software, with its certificate.
func (s *Service) DemanderLogiciel(ctx context.Context, qui compte.Identite, l Logiciel, certificat Fichier) (string, error) {
	var d Dossier
	err := d.Ajouter(l)
	return s.demander(ctx, qui, Ajout, d, err, "certificat", certificat)
}

// DemanderVirement asks for another bank account, with its bank details document.
func (s *Service) DemanderVirement(ctx context.Context, qui compte.Identite, titulaire, iban, bic string, rib Fichier) (string, error) {
	var d Dossier
	err := d.Banque(titulaire, iban, bic)
	return s.demander(ctx, qui, Virement, d, err, "rib", rib)
}

func (s *Service) demander(ctx context.Context, qui compte.Identite, g Genre, d Dossier, errDossier error, genre string, f Fichier) (string, error) {
	p, err := s.garder(ctx, "fichier-"+genre, genre, f)
	if err := errors.Join(errDossier, err); err != nil {
		return "", err
	}
	var reference string
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fo, err := lireFournisseur(ctx, tx, qui.Fournisseur, s.Base.Dialecte.Verrou)
		if err != nil {
			return err
		}
		if err := placeLibre(ctx, tx, qui.Fournisseur, g); err != nil {
			return err
		}
		d.SIRET, d.RaisonSociale, d.Contact, d.Courriel = fo.Dossier.SIRET, fo.Dossier.RaisonSociale, qui.Nom, qui.Courriel
		e := Enrolement{Genre: g, Etat: Demande, Fournisseur: fo.ID, Dossier: d, Langue: qui.Langue, Envoye: s.Maintenant()}
		if err := s.creer(ctx, tx, &e, rand.Text()); err != nil {
			return err
		}
		reference = e.Reference
		if err := s.ajouterPiece(ctx, tx, e.ID, p); err != nil {
			return err
		}
		if err := s.noter(ctx, tx, fo.ID, qui.Compte, string(g)+".demande", e.Reference, nil); err != nil {
			return err
		}
		return s.Envoyer(ctx, tx, ecrire(fo.Dossier.Courriel, fo.Dossier.Contact, qui.Langue,
			modele.Texte{Fr: "Changement demandé – " + e.Reference, En: "Change asked for – " + e.Reference}, demande(g),
			modele.Texte{Fr: "L'agence l'examine. Si personne chez vous ne l'a demandé, prévenez-la aussitôt.", En: "The agency looks at it. If nobody of yours asked for it, tell the agency at once."}))
	})
	return reference, err
}

func demande(g Genre) modele.Texte {
	if g == Virement {
		return modele.Texte{Fr: "Une autre coordonnée bancaire est demandée pour votre entreprise.", En: "Another bank account is asked for your company."}
	}
	return modele.Texte{Fr: "Un logiciel de plus est demandé pour votre entreprise.", En: "One more software is asked for your company."}
}

func placeLibre(ctx context.Context, tx *sql.Tx, fournisseur int64, g Genre) error {
	var n, genre int
	err := tx.QueryRowContext(ctx, `SELECT count(*), COALESCE(SUM(CASE WHEN genre = $1 THEN 1 ELSE 0 END), 0) FROM enrolement
		WHERE fournisseur_id = $2 AND etat = 'demande'`, string(g), fournisseur).Scan(&n, &genre)
	switch {
	case err != nil:
		return err
	case n >= maxEnCours || g == Virement && genre > 0:
		return faute("", "Une demande attend déjà l'agence : elle y répondra d'abord.", "A request waits for the agency already: it will answer that one first.")
	}
	return nil
}

// DemandesDe lists a supplier's own requests, the last first.
func (s *Service) DemandesDe(ctx context.Context, fournisseur int64) (liste []Enrolement, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, colonnes+`WHERE fournisseur_id = $1 ORDER BY envoye DESC, id DESC LIMIT 100`, fournisseur)
	if err != nil {
		return nil, fmt.Errorf("list a supplier's requests: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		e, err := scruter(lignes)
		if err != nil {
			return nil, err
		}
		liste = append(liste, e)
	}
	return liste, lignes.Err()
}

// avecPieces adds the documents of requests.
func (s *Service) avecPieces(ctx context.Context, liste []Enrolement) (err error) {
	for i := range liste {
		if liste[i].Pieces, err = lirePieces(ctx, s.Base.Lire(), liste[i].ID); err != nil {
			return err
		}
	}
	return nil
}
