package courriel_test

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/riverqueue/river"

	"guichet/internal/attente"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
	"guichet/modele"
)

var expediteur = courriel.Expediteur{Nom: "Guichet", Adresse: "guichet@exemple.invalid"}

func midi() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// boite is a mail server that keeps what it is given.
type boite struct {
	mu     sync.Mutex
	recus  []string
	refuse int // so many mails, before it takes one
	arrive chan struct{}
}

func (b *boite) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }
func (b *boite) Mail(string, *smtp.MailOptions) error        { return nil }
func (b *boite) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (b *boite) Reset()                                      {}
func (b *boite) Logout() error                               { return nil }

func (b *boite) Data(r io.Reader) error {
	octets, err := io.ReadAll(r)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuse > 0 {
		b.refuse--
		return &smtp.SMTPError{Code: 451, Message: "later"}
	}
	b.recus = append(b.recus, string(octets))
	close(b.arrive)
	return err
}

func serveur(t *testing.T, b *boite) courriel.Serveur {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(b)
	s.Domain = "localhost"
	go func() { _ = s.Serve(l) }() // ends with Close
	t.Cleanup(func() { _ = s.Close() })
	return courriel.Serveur{Hote: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, SansChiffrement: true}
}

func envoyer(t *testing.T, b *db.Base, p *courriel.Poste, m ...courriel.Message) {
	t.Helper()
	envoyerSi(t, b, p, nil, m...)
}

func envoyerSi(t *testing.T, b *db.Base, p *courriel.Poste, presse func() bool, m ...courriel.Message) {
	t.Helper()
	if err := tache.Migrer(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	ouvriers := river.NewWorkers()
	river.AddWorker(ouvriers, p.Ouvrier(b, scelle, rediger, presse))
	taches, err := tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := taches.Demarrer(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taches.Arreter(context.Background()) })
	err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return courriel.Ecrire(ctx, tx, taches, scelle, m...) })
	if err != nil {
		t.Fatal(err)
	}
}

// rediger writes what hostile says, with the receipt of what it is asked for.
func rediger(_ context.Context, sur string, l modele.Langue) (courriel.Redaction, error) {
	return courriel.Redaction{
		Sujet: hostile.Sujet, Texte: hostile.Texte,
		Jointe: "accusé-" + sur + modele.Texte{Fr: "-fr", En: "-en"}.In(l) + ".pdf", Octets: []byte("%PDF- de " + sur),
	}, nil
}

var hostile = courriel.Message{
	A: "direction@exemple.invalid", Nom: "Élise\r\nBcc: autre@exemple.invalid", Langue: "fr",
	Sujet: "Dépôt reçu\r\nX-Autre: oui", Texte: "Bonjour,\n\nvotre dépôt <b>n° 1</b> est reçu.",
}

func verifier(t *testing.T, texte string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(texte))
	if err != nil {
		t.Fatalf("%v\n%s", err, texte)
	}
	for _, interdit := range []string{"Bcc", "X-Autre"} {
		if m.Header.Get(interdit) != "" {
			t.Errorf("a name or subject has made the header %s", interdit)
		}
	}
	if a, err := m.Header.AddressList("To"); err != nil || len(a) != 1 || a[0].Address != hostile.A {
		t.Errorf("to %v, %v", a, err)
	}
	if !strings.Contains(texte, "&lt;b&gt;") || strings.Count(texte, "multipart/alternative") != 1 {
		t.Errorf("no text with an HTML twin:\n%s", texte)
	}
}

// A mail that the server does not take is sent again.
func TestSentByServer(t *testing.T) {
	t.Parallel()
	b := &boite{refuse: 1, arrive: make(chan struct{})}
	p, err := courriel.Ouvrir(expediteur, serveur(t, b), "", midi)
	if err != nil {
		t.Fatal(err)
	}
	envoyer(t, essai.SQLite(t), p, hostile)
	select {
	case <-b.arrive:
	case <-time.After(attente.Patience):
		t.Fatal("no mail came")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	verifier(t, b.recus[0])
}

// A mail on something is written when it is sent, in the language of who gets it, and what it carries stands beside the text.
func TestAttached(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, base *db.Base) {
		b := &boite{arrive: make(chan struct{})}
		p, err := courriel.Ouvrir(expediteur, serveur(t, b), "", midi)
		if err != nil {
			t.Fatal(err)
		}
		envoyer(t, base, p, courriel.Message{A: hostile.A, Nom: hostile.Nom, Langue: "en", Sur: "DEP-1"})
		select {
		case <-b.arrive:
		case <-time.After(attente.Patience):
			t.Fatal("no mail came")
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		verifier(t, b.recus[0])
		for _, want := range []string{"multipart/mixed", "application/pdf", "attachment", "DEP-1-en.pdf", base64.StdEncoding.EncodeToString([]byte("%PDF- de DEP-1"))} {
			if !strings.Contains(b.recus[0], want) {
				t.Errorf("no %q in\n%s", want, b.recus[0])
			}
		}
	})
}

// Without a server, mails are files that a person can open.
func TestKeptInFolder(t *testing.T) {
	t.Parallel()
	dossier := filepath.Join(t.TempDir(), "courriels")
	p, err := courriel.Ouvrir(expediteur, courriel.Serveur{}, dossier, midi)
	if err != nil {
		t.Fatal(err)
	}
	envoyer(t, essai.SQLite(t), p, hostile)
	var fichiers []string
	attente.Jusqua(t, "a mail in the folder", func() bool {
		fichiers, _ = filepath.Glob(filepath.Join(dossier, "*.eml"))
		return len(fichiers) == 1
	})
	octets, err := os.ReadFile(fichiers[0])
	if err != nil {
		t.Fatal(err)
	}
	verifier(t, string(octets))
}

// While people wait for answers, mails that are still to be written wait too; those with their text do not wait behind them.
func TestMailsGiveWay(t *testing.T) {
	t.Parallel()
	dossier := filepath.Join(t.TempDir(), "courriels")
	p, err := courriel.Ouvrir(expediteur, courriel.Serveur{}, dossier, midi)
	if err != nil {
		t.Fatal(err)
	}
	var presse atomic.Bool
	presse.Store(true)
	messages := make([]courriel.Message, 8)
	for i := range messages {
		messages[i] = courriel.Message{A: hostile.A, Langue: "fr", Sur: fmt.Sprintf("DEP-%d", i)}
	}
	envoyerSi(t, essai.SQLite(t), p, presse.Load, append(messages, hostile)...)
	attendreCourriels(t, dossier, 1)
	time.Sleep(300 * time.Millisecond)
	attendreCourriels(t, dossier, 1)
	presse.Store(false)
	attendreCourriels(t, dossier, 9)
}

// attendreCourriels waits for so many mails, and holds that there are no more.
func attendreCourriels(t *testing.T, dossier string, n int) {
	t.Helper()
	var fichiers []string
	attente.Jusqua(t, fmt.Sprintf("%d mails", n), func() bool {
		fichiers, _ = filepath.Glob(filepath.Join(dossier, "*.eml"))
		return len(fichiers) >= n
	})
	if len(fichiers) != n {
		t.Fatalf("%d mails, want %d", len(fichiers), n)
	}
}
