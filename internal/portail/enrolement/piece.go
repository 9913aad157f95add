package enrolement

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/modele"
	"guichet/piece"
)

// Piece is a document of a request.
type Piece struct {
	ID     int64
	Genre  string
	Nom    string // as its sender named it, made harmless
	Format string // PDF, PNG, JPG
	SHA256 string
	Taille int64
	Recu   time.Time
}

// Type is the media type that the document's content was found to have.
func (p Piece) Type() string {
	return map[string]string{"PDF": "application/pdf", "PNG": "image/png", "JPG": "image/jpeg"}[p.Format]
}

// Image tells whether it is a picture.
func (p Piece) Image() bool { return p.Format != "PDF" }

// GenrePiece is one kind of document.
type GenrePiece struct {
	Code      string
	Nom, Aide modele.Texte
}

var genresPieces = []GenrePiece{
	{"certificat", modele.Texte{Fr: "Certificat de référencement de l'ANS", En: "Référencement certificate of the ANS"},
		modele.Texte{Fr: "Pour chaque logiciel ; s'il y en a plusieurs, dans un seul PDF.", En: "For each software; several ones in one PDF."}},
	{"identite", modele.Texte{Fr: "Pièce d'identité du représentant légal", En: "Legal representative's identity document"}, modele.Texte{}},
	{"mandat", modele.Texte{Fr: "Mandat de la personne qui dépose", En: "Mandate of the person who deposits"},
		modele.Texte{Fr: "Signé par le représentant légal.", En: "Signed by the legal representative."}},
	{"rib", modele.Texte{Fr: "Relevé d'identité bancaire", En: "Bank details document (RIB)"},
		modele.Texte{Fr: "Celui du compte que vous avez indiqué.", En: "That of the account that you gave."}},
	{"tva", modele.Texte{Fr: "Preuve du non-assujettissement à la TVA", En: "Proof of not being liable to VAT"}, modele.Texte{}},
}

// NomPiece names a kind of document.
func NomPiece(code string) modele.Texte {
	for _, g := range genresPieces {
		if g.Code == code {
			return g.Nom
		}
	}
	return modele.Texte{Fr: code, En: code}
}

// Attendues lists the documents that a request needs.
func (e Enrolement) Attendues() (genres []GenrePiece) {
	for _, g := range genresPieces {
		besoin := true
		switch {
		case e.Genre == Ajout:
			besoin = g.Code == "certificat"
		case e.Genre == Virement:
			besoin = g.Code == "rib"
		case g.Code == "mandat":
			besoin = e.Dossier.Mandate
		case g.Code == "tva":
			besoin = e.Dossier.HorsTVA
		}
		if besoin {
			genres = append(genres, g)
		}
	}
	return genres
}

// Piece finds the document of a kind; nil when there is none.
func (e Enrolement) Piece(genre string) *Piece {
	for i := range e.Pieces {
		if e.Pieces[i].Genre == genre {
			return &e.Pieces[i]
		}
	}
	return nil
}

// Fichier is a document as it was sent. Nothing more than one byte over the limit needs to have been read.
type Fichier struct {
	Nom    string
	Octets []byte
}

// garder examines a document and keeps its bytes; champ is where a fault is told.
func (s *Service) garder(ctx context.Context, champ, genre string, f Fichier) (Piece, error) {
	format, defaut := piece.Examiner(f.Octets, piece.Accepter)
	if defaut != nil {
		t := texteDefaut(defaut)
		return Piece{}, faute(champ, t.Fr, t.En)
	}
	if err := s.Analyser.Document(ctx, f.Octets); err != nil {
		return Piece{}, err
	}
	g, err := s.Fichiers.Garder(ctx, bytes.NewReader(f.Octets), piece.Accepter.MaxOctets)
	if err != nil {
		return Piece{}, err
	}
	return Piece{Genre: genre, Nom: format.Nommer(nomFichier(f.Nom)), Format: format.String(), SHA256: g.SHA256, Taille: g.Taille}, nil
}

// nomFichier keeps a name, harmless, in at most 100 characters.
func nomFichier(nom string) string {
	nom = diag.Neutralize(nom)
	if r := []rune(nom); len(r) > 100 {
		nom = string(r[:100])
	}
	return nom
}

// Joindre adds a document to the request of a secret, in place of one of the same kind.
func (s *Service) Joindre(ctx context.Context, secret, genre string, f Fichier) error {
	if !slices.ContainsFunc(genresPieces, func(g GenrePiece) bool { return g.Code == genre }) {
		return ErrInconnu
	}
	switch e, err := s.Lire(ctx, secret); { // before anything is kept
	case err != nil || !e.Modifiable():
		return errors.Join(err, ErrFige)
	case e.Recues >= maxRecues:
		return tropDeDocuments(genre)
	}
	tenu, rendre := s.Fichiers.Tenir(ctx)
	defer rendre()
	p, err := s.garder(tenu, "fichier-"+genre, genre, f)
	if err != nil {
		return err
	}
	var avant []Piece
	err = s.surBrouillon(ctx, secret, func(ctx context.Context, tx *sql.Tx, e *Enrolement) error {
		avant = e.Pieces
		if e.Recues >= maxRecues {
			return tropDeDocuments(genre)
		}
		if err := s.ajouterPiece(ctx, tx, e.ID, p); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE enrolement SET recues = recues + 1 WHERE id = $1`, e.ID)
		return errors.Join(err, s.ecrireDossier(ctx, tx, *e))
	})
	if err == nil {
		s.liberer(ctx, slices.DeleteFunc(avant, func(x Piece) bool { return x.Genre != genre || x.SHA256 == p.SHA256 }))
	}
	return err
}

func (s *Service) ajouterPiece(ctx context.Context, tx *sql.Tx, enrolement int64, p Piece) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM piece_enrolement WHERE enrolement_id = $1 AND genre = $2`, enrolement, p.Genre); err != nil {
		return fmt.Errorf("replace a document: %w", err)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO piece_enrolement (enrolement_id, genre, nom, format, sha256, taille, recu)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, enrolement, p.Genre, p.Nom, p.Format, p.SHA256, p.Taille, s.instant())
	if err != nil {
		return fmt.Errorf("keep a document: %w", err)
	}
	return nil
}

func lirePieces(ctx context.Context, q lecteur, enrolement int64) (pieces []Piece, err error) {
	lignes, err := q.QueryContext(ctx, `SELECT id, genre, nom, format, sha256, taille, recu FROM piece_enrolement WHERE enrolement_id = $1 ORDER BY id`, enrolement)
	if err != nil {
		return nil, fmt.Errorf("list the documents: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var p Piece
		var recu int64
		if err := lignes.Scan(&p.ID, &p.Genre, &p.Nom, &p.Format, &p.SHA256, &p.Taille, &recu); err != nil {
			return nil, fmt.Errorf("list the documents: %w", err)
		}
		p.Recu = db.Temps(recu)
		pieces = append(pieces, p)
	}
	return pieces, lignes.Err()
}

// OuvrirPiece opens a document of a request; whoever calls it has found that the person may see the request.
func (s *Service) OuvrirPiece(e Enrolement, id int64) (Piece, *os.File, error) {
	for _, p := range e.Pieces {
		if p.ID == id {
			f, err := s.Fichiers.Lire(p.SHA256)
			return p, f, err
		}
	}
	return Piece{}, nil, ErrInconnu
}

// Reference tells whether a kept file is a document of some request: a sweep of files asks.
func (s *Service) Reference(ctx context.Context, sha string) (bool, error) {
	var n int
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM piece_enrolement WHERE sha256 = $1`, sha).Scan(&n)
	return n > 0, err
}

// texteDefaut says what is wrong with a document and what to do.
func texteDefaut(f *piece.Faute) modele.Texte {
	switch f.Defaut {
	case piece.TropLourd:
		return modele.Texte{Fr: "Le fichier dépasse 3 Mo : numérisez-le en noir et blanc ou avec moins de points, puis renvoyez-le.", En: "The file is over 3 MB: scan it in black and white or with fewer dots, then send it again."}
	case piece.Vide:
		return modele.Texte{Fr: "Choisissez un fichier qui n'est pas vide.", En: "Choose a file that is not empty."}
	case piece.Inconnu:
		return modele.Texte{Fr: "Le contenu n'est ni un PDF, ni un PNG, ni un JPG : changer l'extension ne suffit pas, enregistrez le document dans l'un de ces formats.", En: "The content is neither PDF, nor PNG, nor JPG: another extension is not enough, save the document in one of these formats."}
	case piece.Chiffre:
		return modele.Texte{Fr: "Le fichier est protégé par un mot de passe : enregistrez-le sans protection.", En: "The file is protected by a password: save it without protection."}
	case piece.TropGrand:
		return modele.Texte{Fr: "L'image a trop de points : réduisez-la.", En: "The picture has too many dots: make it smaller."}
	default:
		return modele.Texte{Fr: "Le fichier est tronqué ou abîmé : ouvrez-le, enregistrez-le à nouveau, puis renvoyez-le.", En: "The file is cut short or damaged: open it, save it again, then send it."}
	}
}
