package courriel_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/attente"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
	webessai "guichet/internal/portail/web/essai"
)

// Whatever names, subjects, texts and attached files hold, a mail goes out, with its own headers alone, to its own
// address alone, and its twin runs nothing.
// ASVS 1.3.11.
func TestNaughtyMails(t *testing.T) {
	t.Parallel()
	b, dossier := essai.SQLite(t), t.TempDir()
	p, err := courriel.Ouvrir(expediteur, courriel.Serveur{}, dossier, midi)
	if err != nil {
		t.Fatal(err)
	}
	if err := tache.Migrer(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	var messages []courriel.Message
	for i, s := range webessai.Pieges() {
		messages = append(messages, courriel.Message{A: fmt.Sprintf("p%d@exemple.invalid", i), Nom: s, Langue: "fr", Sujet: s, Texte: s})
	}
	ouvriers := river.NewWorkers()
	river.AddWorker(ouvriers, p.Ouvrier(b, scelle, rediger, nil))
	taches, err := tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
	if err == nil {
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return courriel.Ecrire(ctx, tx, taches, scelle, messages...)
		})
	}
	if err == nil {
		err = taches.Demarrer(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taches.Arreter(context.Background()) })
	var noms []string
	attente.Jusqua(t, "a mail in the folder for each message", func() bool {
		if echecs, err := taches.Manques(t.Context()); err != nil || len(echecs) > 0 {
			t.Fatalf("%d mails of %d: %+v, %v", len(noms), len(messages), echecs, err)
		}
		noms, _ = filepath.Glob(filepath.Join(dossier, "*.eml"))
		return len(noms) == len(messages)
	})
	var a []string
	for _, nom := range noms {
		a = append(a, seul(t, nom))
	}
	slices.Sort(a)
	if n := len(slices.Compact(a)); n != len(messages) {
		t.Errorf("%d addresses, want %d", n, len(messages))
	}
}

// seul holds a mail to its own headers and returns its one address.
func seul(t *testing.T, nom string) string {
	t.Helper()
	octets, err := os.ReadFile(nom)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(octets))
	if err != nil {
		t.Fatalf("%v\n%.500s", err, octets)
	}
	admis := []string{"Date", "From", "To", "Subject", "Message-Id", "Mime-Version", "Content-Type", "Content-Language", "Auto-Submitted", "User-Agent", "X-Mailer"}
	for h := range m.Header {
		if !slices.Contains(admis, h) {
			t.Errorf("a header %s in\n%.800s", h, octets)
		}
	}
	if bytes.Contains(octets, []byte("<script>alert")) && !bytes.Contains(octets, []byte("text/plain")) || bytes.ContainsRune(octets, 0) {
		t.Errorf("raw in\n%.800s", octets)
	}
	_, html, _ := strings.Cut(string(octets), "text/html")
	for _, x := range []string{"<script>alert", "<img src"} {
		if strings.Contains(html, x) {
			t.Errorf("%s in the twin:\n%.800s", x, html)
		}
	}
	a, err := m.Header.AddressList("To")
	if err != nil || len(a) != 1 {
		t.Fatalf("to %v, %v\n%.800s", a, err, octets)
	}
	return a[0].Address
}
