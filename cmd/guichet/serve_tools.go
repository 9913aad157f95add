package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"guichet/internal/portail"
	"guichet/internal/portail/reglages"
)

// config builds the command that shows the settings of the counter.
func (p *program) config() *cobra.Command {
	c := &cobra.Command{
		Use:   "config [options]",
		Short: p.t("Montre les réglages du guichet et d'où ils viennent", "Show the settings of the counter and where they come from"),
		Example: p.examples(
			"guichet config", "les réglages retenus ici", "the settings in force here",
			"guichet config --config guichet-portail.yaml", "ceux d'un fichier", "those of a file",
		),
		Args: p.noArgs,
	}
	return p.withSettings(c, func(_ context.Context, r reglages.Reglages, _ []string) error {
		return p.emit("", func(w io.Writer) error { return p.writeSettings(w, r) })
	})
}

// writeSettings writes the settings as the file of --config has them, each with its origin.
func (p *program) writeSettings(w io.Writer, r reglages.Reglages) error {
	for _, s := range reglages.Tous() {
		v := r[s.Nom]
		shownValue, origin := fmt.Sprintf("%q", v.Texte), v.Origine
		if s.Secret && v.Texte != "" {
			shownValue = `"…"`
		}
		if origin == "" {
			origin = p.t("par défaut", "by default")
		}
		if _, err := fmt.Fprintf(w, "%-40s # %s\n", s.Nom+": "+shownValue, origin); err != nil {
			return err
		}
	}
	return nil
}

// migrate builds the command that brings the database of the counter up to date.
func (p *program) migrate() *cobra.Command {
	c := &cobra.Command{
		Use:   "migrate [options]",
		Short: p.t("Met la base du guichet à jour, sans l'ouvrir", "Bring the counter's database up to date, without opening it"),
		Example: p.examples(
			"guichet migrate", "avant un premier démarrage, ou après une mise à jour", "before a first start, or after an update",
			"guichet migrate --db postgres://guichet@127.0.0.1/guichet", "une base PostgreSQL", "a PostgreSQL database",
		),
		Args: p.noArgs,
	}
	return p.withSettings(c, p.runMigrate)
}

func (p *program) runMigrate(ctx context.Context, r reglages.Reglages, _ []string) error {
	keepPrivate()
	config := p.counter(r)
	b, err := config.OuvrirBase(ctx)
	if err != nil {
		return p.errorf("la base ne s'ouvre pas : %s", "the database cannot be opened: %s", p.fault(err))
	}
	defer func() { _ = b.Fermer() }()
	if err := portail.Migrer(ctx, b); err != nil {
		return p.errorf("la base n'a pu être mise à jour : %s", "the database could not be brought up to date: %s", p.fault(err))
	}
	p.say("la base est à jour", "the database is up to date")
	return nil
}

// healthcheck builds the command that asks a running counter how it is.
func (p *program) healthcheck() *cobra.Command {
	c := &cobra.Command{
		Use:   "healthcheck [options]",
		Short: p.t("Demande au guichet s'il peut travailler", "Ask the counter whether it can work"),
		Example: p.examples(
			"guichet healthcheck", "le guichet de cette machine", "the counter of this machine",
			"guichet healthcheck --adresse 127.0.0.1:9000", "un autre port", "another port",
		),
		Args: p.noArgs,
	}
	return p.withSettings(c, p.askHealth)
}

// healthTimeout bounds the question.
const healthTimeout = 5 * time.Second

func (p *program) askHealth(ctx context.Context, r reglages.Reglages, _ []string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	host, port, _ := net.SplitHostPort(r.Texte("adresse")) // reglages.Lire has seen it
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	scheme, client := "http://", http.DefaultClient
	if r.Texte("tls-certificat") != "" || r.Texte("acme") != "" { // which is for another name than this machine's
		scheme, client = "https://", &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: authority(r).Nom}}}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err != nil {
		p.say("le guichet ne répond pas sur %s", "the counter does not answer on %s", r.Texte("adresse"))
		return findings
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 100))
	if err != nil || answer.StatusCode != http.StatusOK || strings.TrimSpace(string(text)) != "ok" {
		p.say("le guichet ne peut pas travailler (état %d)", "the counter cannot work (status %d)", answer.StatusCode)
		return findings
	}
	return p.emitBytes("", []byte("ok\n"))
}
