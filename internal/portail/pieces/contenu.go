package pieces

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// version is a document that came for a place. The last one counts; the others tell what became of them.
type version struct {
	Place
	Archive int64
	Nom     string
	Code    string // why it was refused, "" for one that was accepted
	Motif   modele.Texte
	Recu    time.Time
	Suivie  time.Time // when another took its place, zero for the last one
}

// versions reads all documents that came for the places of a deposit, in the order in which they came for each.
func (s *Service) versions(ctx context.Context, depot int64) (toutes []version, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT rang, type, archive_id, nom, code, motif_fr, motif_en, recu
		FROM piece WHERE depot_id = $1 ORDER BY rang, type, ordre`, depot)
	if err != nil {
		return nil, fmt.Errorf("read what came for each place: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var v version
		var recu int64
		if err := lignes.Scan(&v.Rang, &v.Type, &v.Archive, &v.Nom, &v.Code, &v.Motif.Fr, &v.Motif.En, &recu); err != nil {
			return nil, fmt.Errorf("read what came for each place: %w", err)
		}
		v.Recu = db.Temps(recu)
		if n := len(toutes); n > 0 && toutes[n-1].Place == v.Place {
			toutes[n-1].Suivie = v.Recu
		}
		toutes = append(toutes, v)
	}
	return toutes, lignes.Err()
}

// dejaLa is a document of an archive that had come before, in the archive De.
type dejaLa struct {
	Archive, De int64
	Nom         string
}

func (s *Service) dejaLa(ctx context.Context, depot int64) (toutes []dejaLa, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT p.archive_id, p.de, p.nom FROM piece_deja p JOIN archive a ON a.id = p.archive_id
		WHERE a.depot_id = $1 ORDER BY p.archive_id, p.ordre`, depot)
	if err != nil {
		return nil, fmt.Errorf("read what had come before: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var d dejaLa
		if err := lignes.Scan(&d.Archive, &d.De, &d.Nom); err != nil {
			return nil, fmt.Errorf("read what had come before: %w", err)
		}
		toutes = append(toutes, d)
	}
	return toutes, lignes.Err()
}

// noterDeja writes that the place of a document has that very document already.
func (i *inscription) noterDeja(ctx context.Context, j *jugee, la courante) error {
	i.a.Deja++
	_, err := i.tx.ExecContext(ctx, `INSERT INTO piece_deja (archive_id, ordre, nom, rang, type, de) VALUES ($1, $2, $3, $4, $5, $6)`,
		i.a.ID, i.a.Deja, j.Nom, la.Rang, la.Type, la.archive)
	if err != nil {
		return fmt.Errorf("record a document that had come before: %w", err)
	}
	return nil
}

// contenus is what a page tells of the documents of archives and places.
type contenus struct {
	versions []version
	deja     []dejaLa
}

func (s *Service) contenus(ctx context.Context, depot int64) (c contenus, err error) {
	if c.versions, err = s.versions(ctx, depot); err == nil {
		c.deja, err = s.dejaLa(ctx, depot)
	}
	return c, err
}

// dit is a document with what became of it, in the language of the page.
type dit struct{ Nom, Dit string }

// maxDits is how many documents of one archive a page names of each sort.
const maxDits = 100

// choisir tells of the documents of an archive that a condition chooses.
func (p *pagePieces) choisir(a Archive, oui func(version) bool) (dits []dit) {
	for _, v := range p.versions {
		if v.Archive == a.ID && oui(v) && len(dits) < maxDits {
			dits = append(dits, dit{a.Court(v.Nom), p.Tx(v.sort())})
		}
	}
	return dits
}

// Refusees tells of the documents of an archive that were refused, also where another has taken their place.
func (p *pagePieces) Refusees(a Archive) []dit {
	return p.choisir(a, func(v version) bool { return v.Code != "" })
}

// Acceptees tells of the documents of an archive that were accepted.
func (p *pagePieces) Acceptees(a Archive) []dit {
	return p.choisir(a, func(v version) bool { return v.Code == "" })
}

// Ecartees tells of the documents of an archive that were set aside.
func (p *pagePieces) Ecartees(a Archive) (dits []dit) {
	for _, e := range a.Ecarts[:min(len(a.Ecarts), maxDits)] {
		dits = append(dits, dit{a.Court(e.Nom), p.T("écartée : ", "set aside: ") + p.Tx(e.Motif) + " (" + e.Code + ")"})
	}
	return dits
}

// DejaLa tells of the documents of an archive that had come before, and in what.
func (p *pagePieces) DejaLa(a Archive) (dits []dit) {
	for _, d := range p.deja {
		n := slices.IndexFunc(p.Archives, func(u Archive) bool { return u.ID == d.De })
		if d.Archive == a.ID && n >= 0 && len(dits) < maxDits {
			dits = append(dits, dit{a.Court(d.Nom), p.Tx(p.Archives[n].source(d.Nom))})
		}
	}
	return dits
}

// source says in what a document of that name had come.
func (a *Archive) source(nom string) modele.Texte {
	quand := web.Heure(a.Recu)
	t := modele.Texte{Fr: "déjà là, venue le " + quand.Fr, En: "had before, it came on " + quand.En}
	if a.Titre() != nom {
		t.Fr, t.En = t.Fr+" : "+court(a.Titre()), t.En+": "+court(a.Titre())
	}
	return t
}

// Passees tells of the documents that were at the place of a line before the one that counts, the last one first.
func (p *pagePieces) Passees(l lignePiece) (dits []dit) {
	for _, v := range p.versions {
		if v.Place == (Place{l.Rang, l.Type}) && !v.Suivie.IsZero() {
			dits = append(dits, dit{v.Nom, p.Tx(v.sort())})
		}
	}
	slices.Reverse(dits)
	return dits
}

// sort says what became of a document, and when.
func (v version) sort() (t modele.Texte) {
	quand := web.Heure(v.Recu)
	t = modele.Texte{Fr: "acceptée le " + quand.Fr, En: "accepted on " + quand.En}
	if v.Code != "" {
		t = modele.Texte{Fr: "refusée le " + quand.Fr + " : " + v.Motif.Fr + " (" + v.Code + ")", En: "refused on " + quand.En + ": " + v.Motif.En + " (" + v.Code + ")"}
	}
	if suite := web.Heure(v.Suivie); !v.Suivie.IsZero() {
		t.Fr, t.En = t.Fr+" ; remplacée le "+suite.Fr, t.En+"; replaced on "+suite.En
	}
	return t
}
