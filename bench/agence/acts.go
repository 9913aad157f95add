package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"guichet/bench/mesure"
)

// Goals of acts.
const (
	maxAward  = 50 * time.Millisecond
	leastLots = 500 // awards a second
)

// deposits deposits files of 200 demandes, one after the other.
func (c *counter) deposits(n int) (m measured, err error) {
	m.processor = -mesure.Processeur(c.cmd.Process.Pid)
	for range n {
		_, a, err := c.deposit()
		if err != nil {
			return m, err
		}
		m.times = append(m.times, a.took)
	}
	m.processor += mesure.Processeur(c.cmd.Process.Pid)
	slices.Sort(m.times)
	return m, nil
}

// singles are acts that are done one by one.
type singles struct{ deposit, proposed, decided measured }

func (c *counter) single(s settings) (x singles, err error) {
	if x.deposit, err = c.deposits(10); err != nil {
		return x, err
	}
	if x.proposed, x.decided, err = c.awards(s.awards); err != nil {
		err = fmt.Errorf("award one by one: %w", err)
	}
	return x, err
}

// acts measures what people do among all these demandes, beside the same among few.
func (c *counter) acts(ctx context.Context, s settings, few singles, out io.Writer) error {
	many, err := c.single(s)
	if err != nil {
		return err
	}
	bare, err := c.bare(ctx, s.awards)
	if err != nil {
		return err
	}
	t := mesure.Table{{"act", "with some hundreds", "filled", "÷ it", "processor of the counter", "goal"}}
	for _, x := range []struct {
		name      string
		few, many measured
		goal      string
	}{
		{"a deposit of 200 demandes", few.deposit, many.deposit, "does not fall"},
		{"an award is proposed", few.proposed, many.proposed, "below 50 ms: " + mesure.Met(mesure.Median(many.proposed.times) < maxAward)},
		{"an award is decided, with its letter", few.decided, many.decided, "below 50 ms: " + mesure.Met(mesure.Median(many.decided.times) < maxAward)},
	} {
		t.Add(x.name, x.few.text(), x.many.text(), ratio(x.many, x.few), ms(x.many.processor/time.Duration(len(x.many.times))), x.goal)
	}
	t.Add("limit: one row in a durable transaction", "–", bare.text(), "decided ÷ it: "+ratio(many.decided, bare), "–", "–")
	t.Write(out)
	if !s.batches {
		return nil
	}
	return c.lots(ctx, out)
}

func ratio(a, b measured) string {
	return fmt.Sprintf("%.1f", float64(mesure.Median(a.times))/float64(mesure.Median(b.times)))
}

// form are the fields of the form of a page that leads to an address, as they stand there.
func form(page, action string) (url.Values, error) {
	_, rest, ok := strings.Cut(page, `action="`+action)
	if !ok {
		return nil, fmt.Errorf("no form leads to %s", action)
	}
	inside, _, _ := strings.Cut(rest, "</form>")
	v := url.Values{}
	for _, x := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(inside, -1) {
		v.Add(x[1], html.UnescapeString(x[2]))
	}
	return v, nil
}

// awards has awards proposed by one person and decided by another, one by one.
func (c *counter) awards(n int) (proposed, decided measured, err error) {
	for range n {
		list, err := c.ines.get("/travail?file=prendre&alerte=sans&tri=montant")
		if err != nil {
			return proposed, decided, err
		}
		found := aSheet.FindStringSubmatch(list.body)
		if found == nil {
			return proposed, decided, errors.New("nothing is to be taken")
		}
		sheet := "/travail/" + found[1]
		if _, err = c.ines.post(sheet+"/prise", nil); err != nil {
			return proposed, decided, err
		}
		for _, what := range []string{"oui", "proposer"} {
			a, err := c.act(c.ines, sheet, "/fiche", url.Values{"faire": {what}})
			if err != nil {
				return proposed, decided, err
			}
			if what == "proposer" {
				proposed.add(a)
			}
		}
		a, err := c.act(c.victor, sheet, "/decision", nil)
		if err != nil {
			return proposed, decided, err
		}
		decided.add(a)
	}
	slices.Sort(proposed.times)
	slices.Sort(decided.times)
	return proposed, decided, nil
}

var (
	anAmount = regexp.MustCompile(`name="montant"[^>]*value="([^"]*)"`)
	anAnswer = regexp.MustCompile(`name="(r-[A-Z_]+)" value="oui"[^>]*checked`)
)

// act does something of a sheet with its form as it stands. What is measured is the act alone, not the page that follows.
func (c *counter) act(who *person, sheet, what string, more url.Values) (answer, error) {
	page, err := who.get(sheet)
	if err != nil {
		return answer{}, err
	}
	fields, err := form(page.body, sheet+what)
	if err != nil {
		return answer{}, err
	}
	if x := anAmount.FindStringSubmatch(page.body); x != nil {
		fields.Set("montant", html.UnescapeString(x[1]))
	}
	for _, x := range anAnswer.FindAllStringSubmatch(page.body, -1) {
		fields.Set(x[1], "oui")
	}
	for n, v := range more {
		fields[n] = v
	}
	before := mesure.Processeur(c.cmd.Process.Pid)
	a, err := who.fill(&who.alone, sheet+what, fields)
	a.processor = mesure.Processeur(c.cmd.Process.Pid) - before
	return a, err
}

// bare is a durable transaction of one row.
func (c *counter) bare(ctx context.Context, n int) (m measured, err error) {
	if _, err := c.base.Pool().ExecContext(ctx, `CREATE TABLE banc (k BIGINT PRIMARY KEY, texte TEXT NOT NULL)`); err != nil {
		return m, err
	}
	for i := range n {
		begun := time.Now()
		err := c.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO banc (k, texte) VALUES ($1, '')`, i)
			return err
		})
		if err != nil {
			return m, err
		}
		m.times = append(m.times, time.Since(begun))
	}
	slices.Sort(m.times)
	return m, nil
}
