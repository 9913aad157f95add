package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"time"

	"guichet/bench/mesure"
)

// lots measures a batch of proposals and one of decisions with their letters, as large as they may be, with deposits beside the latter.
func (c *counter) lots(ctx context.Context, out io.Writer) error {
	propose, err := c.lot(ctx, c.ines, "/travail?file=prendre&alerte=sans", "attribuer-liste", "/lots/nouveau/propositions", url.Values{"reste": {"oui"}}, nil)
	if err != nil {
		return fmt.Errorf("propose in a batch: %w", err)
	}
	decide, err := c.lot(ctx, c.victor, "/travail?file=valider", "decider-liste", "/lots/nouveau/decisions", nil, nil)
	if err != nil {
		return fmt.Errorf("decide in a batch: %w", err)
	}
	var beside measured
	_, err = c.lot(ctx, c.ines, "/travail?file=prendre&alerte=sans", "attribuer-liste", "/lots/nouveau/propositions", url.Values{"reste": {"oui"}}, func() error {
		m, err := c.deposits(1)
		beside.times = append(beside.times, m.times...)
		return err
	})
	if err != nil {
		return fmt.Errorf("deposit beside a batch: %w", err)
	}
	slices.Sort(beside.times)
	bare, err := c.bareLot(ctx, decide.done)
	if err != nil {
		return err
	}
	t := mesure.Table{{"batch", "demandes", "prepared", "done", "processor of the counter, each", "goal, at least 500/s"}}
	t.Add("awards are proposed, sheets answered", fmt.Sprint(propose.done), propose.rate(propose.preparing), propose.rate(propose.doing), propose.cost(), mesure.Met(propose.each() >= leastLots))
	t.Add("awards are decided, with their letters", fmt.Sprint(decide.done), decide.rate(decide.preparing), decide.rate(decide.doing), decide.cost(), mesure.Met(decide.each() >= leastLots))
	t.Add("limit: bare transactions of 25 with as many bytes of letters", fmt.Sprint(decide.done), "–", fmt.Sprintf("%.0f/s", float64(decide.done)/bare.Seconds()), "–", fmt.Sprintf("decided ÷ it: %.2f", bare.Seconds()/decide.doing.Seconds()))
	t.Write(out)
	if len(beside.times) > 0 {
		fmt.Fprintf(out, "While another such batch of proposals was done %d files of 200 demandes were deposited, one after the other, in %s each.\n\n", len(beside.times), beside.text())
	}
	return nil
}

// lotDone is what a batch came to.
type lotDone struct {
	done             int
	preparing, doing time.Duration
	processor        time.Duration // of the counter, while it was done
}

func (l *lotDone) cost() string { return ms(l.processor / time.Duration(l.done)) }

func (l *lotDone) rate(d time.Duration) string {
	return fmt.Sprintf("%.0f/s", float64(l.done)/d.Seconds())
}

func (l *lotDone) each() float64 { return float64(l.done) / l.doing.Seconds() }

// lot prepares a batch by its pages, confirms it and waits for its end; beside is done again and again meanwhile.
func (c *counter) lot(ctx context.Context, who *person, list, what, leads string, fields url.Values, beside func() error) (l lotDone, err error) {
	_, query, _ := strings.Cut(list, "?")
	form := url.Values{"quoi": {what}, "requete": {query}}
	for n, v := range fields {
		form[n] = v
	}
	begun := time.Now()
	page, err := who.post(leads, form)
	if err != nil {
		return l, err
	}
	path, _, _ := strings.Cut(page.path, "?")
	state := func() (state string, done int, err error) {
		err = c.base.Lire().QueryRowContext(ctx, `SELECT etat, faites FROM lot WHERE id = $1`, strings.TrimPrefix(path, "/lots/")).Scan(&state, &done)
		return state, done, err
	}
	for s := "preparation"; s == "preparation"; time.Sleep(20 * time.Millisecond) {
		if s, _, err = state(); err != nil {
			return l, err
		}
	}
	l.preparing = time.Since(begun)
	begun, l.processor = time.Now(), -mesure.Processeur(c.cmd.Process.Pid)
	if _, err := who.post(path+"/confirmer", nil); err != nil {
		return l, err
	}
	for s := "en_cours"; s == "en_cours"; time.Sleep(20 * time.Millisecond) {
		if beside != nil {
			if err := beside(); err != nil {
				return l, err
			}
		}
		if s, l.done, err = state(); err != nil {
			return l, err
		}
	}
	l.doing, l.processor = time.Since(begun), l.processor+mesure.Processeur(c.cmd.Process.Pid)
	if l.done == 0 && beside == nil { // beside other work a small database may have nothing left for it
		err = fmt.Errorf("the batch %s did nothing", path)
	}
	return l, err
}

// bareLot writes as many rows and bytes as the letters of a batch in transactions of its size, and nothing else.
func (c *counter) bareLot(ctx context.Context, n int) (time.Duration, error) {
	var bytes int64
	if err := c.base.Lire().QueryRowContext(ctx, `SELECT CAST(AVG(LENGTH(html)) AS BIGINT) FROM lettre_figee`).Scan(&bytes); err != nil {
		return 0, err
	}
	text := noise(int(bytes))
	begun := time.Now()
	for i := 0; i < n; i += 25 {
		err := c.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
			for j := range 25 {
				for k := range 2 {
					if _, err := tx.ExecContext(ctx, `INSERT INTO banc (k, texte) VALUES ($1, $2)`, 1_000_000+2*(i+j)+k, text); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}

// noise is a text that a database cannot make smaller.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(33 + r.IntN(90))
	}
	return string(b)
}
