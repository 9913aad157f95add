// Package traces keeps what security looks at (sign-ins that failed, brakes, refusals, documents opened, exports), apart from
// the journal: for a bounded time, without what was typed, with the network cut short. Its pages show both to administrators.
package traces

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/relais"
	"guichet/internal/portail/web"
)

// Config is what traces need of the rest of the program.
type Config struct {
	Base       *db.Base
	Log        *slog.Logger
	Maintenant func() time.Time
	Duree      time.Duration // that a trace is kept; DureeUsuelle for 0
}

// DureeUsuelle is half a year, the shorter of what the CNIL recommends for logs.
const DureeUsuelle = 180 * 24 * time.Hour

// Service keeps the traces.
type Service struct {
	Config

	mu    sync.Mutex
	debut time.Time
	vues  map[Trace]bool // in the minute that began then, without instant and reference
}

// Nouveau makes the service.
func Nouveau(c Config) *Service {
	if c.Duree == 0 {
		c.Duree = DureeUsuelle
	}
	return &Service{Config: c, vues: map[Trace]bool{}}
}

// Trace is one of them.
type Trace struct {
	ID        int64
	Instant   time.Time
	Genre     string
	Compte    int64
	Objet     string
	Reseau    string // "192.0.2.0/24", "2001:db8:1::/48"
	Reference string // of the request
}

// repetables are those that anybody makes by the thousand: one a minute of the same is enough.
var repetables = map[string]bool{
	"connexion.refusee": true, "essais.freines": true, "code.refuse": true, "acces.refuse": true, "lien.refuse": true, "origine.refusee": true, "reseau.freine": true,
	"mot_de_passe.refuse": true,
}

// The bounds of what strangers can have written.
const (
	maxParMinute = 10_000    // different ones; further ones of the minute are left out
	maxTraces    = 1_000_000 // in all: the oldest go
)

// Noter keeps a trace, and writes it to the log of the program too: whoever gets into the database cannot take it back from
// where that log is gathered. What cannot be kept is told there alone: nobody is refused for it.
func (s *Service) Noter(ctx context.Context, w web.Trace) {
	t := Trace{Genre: w.Genre, Compte: w.Compte, Objet: w.Objet, Reseau: Reseau(w.Adresse)}
	if i, ok := compte.De(ctx); ok && t.Compte == 0 {
		t.Compte = i.Compte
	}
	if repetables[t.Genre] && !s.nouvelle(t) {
		return
	}
	t.Instant, t.Reference = s.Maintenant(), w.Reference
	s.Log.InfoContext(ctx, "trace", slog.String("genre", t.Genre), slog.Int64("compte", t.Compte), slog.String("objet", t.Objet),
		slog.String("reseau", t.Reseau), slog.String("reference", t.Reference))
	if err := s.ajouter(context.WithoutCancel(ctx), t); err != nil {
		s.Log.ErrorContext(ctx, "trace en échec", slog.String("genre", t.Genre), slog.String("cause", err.Error()))
	}
}

// nouvelle tells whether a trace is the first of its kind in a minute.
func (s *Service) nouvelle(t Trace) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.Maintenant(); m.Sub(s.debut) >= time.Minute || m.Before(s.debut) {
		s.debut = m
		clear(s.vues)
	}
	if s.vues[t] || len(s.vues) >= maxParMinute {
		return false
	}
	s.vues[t] = true
	return true
}

func (s *Service) ajouter(ctx context.Context, t Trace) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO trace (instant, genre, compte, objet, reseau, reference) VALUES ($1, $2, $3, $4, $5, $6)`,
			db.Instant(t.Instant), t.Genre, t.Compte, t.Objet, t.Reseau, t.Reference)
		return err
	})
}

// Reseau is the network of an address, cut short so that it names no household: /24 for IPv4, /48 for IPv6.
func Reseau(adresse string) string {
	a, err := netip.ParseAddrPort(adresse)
	if err != nil {
		return ""
	}
	reseau := relais.Reseau(a.Addr())
	if site, ok := relais.Site(reseau); ok {
		return site.String()
	}
	return netip.PrefixFrom(reseau.Addr(), 24).Masked().String()
}

// Balayer removes the traces that are old, and those over the bound. It is run from time to time.
func (s *Service) Balayer(ctx context.Context) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM trace WHERE instant < $1`, db.Instant(s.Maintenant().Add(-s.Duree))); err != nil {
			return fmt.Errorf("remove old traces: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM trace WHERE id <= (SELECT MAX(id) FROM trace) - $1`, int64(maxTraces)); err != nil {
			return fmt.Errorf("remove old traces: %w", err)
		}
		return nil
	})
}

// Filtre says which traces to list; the zero value is all.
type Filtre struct {
	Genre  string
	Compte int64
	Avant  int64 // only those before this one; 0 for all
	Max    int
}

// Lister lists traces, the last first.
func (s *Service) Lister(ctx context.Context, f Filtre) (traces []Trace, err error) {
	err = Parcourir(ctx, s.Base.Lire(), f, func(t Trace) error {
		traces = append(traces, t)
		return nil
	})
	return traces, err
}

// requete is the query, with what is asked for alone: each has its index.
func (f Filtre) requete() (texte string, args []any) {
	var c db.Conditions
	if f.Genre != "" {
		c.Si("genre = " + c.Arg(f.Genre))
	}
	if f.Compte != 0 {
		c.Si("compte = " + c.Arg(f.Compte))
	}
	if f.Avant != 0 {
		c.Si("id < " + c.Arg(f.Avant))
	}
	texte = `SELECT id, instant, genre, compte, objet, reseau, reference FROM trace WHERE ` + c.Tout() + ` ORDER BY id DESC LIMIT ` + c.Arg(f.Max)
	return texte, c.Args
}

// Parcourir gives traces one by one, the last first.
func Parcourir(ctx context.Context, base *sql.DB, f Filtre, faire func(Trace) error) (err error) {
	texte, args := f.requete()
	lignes, err := base.QueryContext(ctx, texte, args...)
	if err != nil {
		return fmt.Errorf("read the traces: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var t Trace
		var instant int64
		if err := lignes.Scan(&t.ID, &instant, &t.Genre, &t.Compte, &t.Objet, &t.Reseau, &t.Reference); err != nil {
			return fmt.Errorf("read the traces: %w", err)
		}
		t.Instant = db.Temps(instant)
		if err := faire(t); err != nil {
			return err
		}
	}
	return lignes.Err()
}
