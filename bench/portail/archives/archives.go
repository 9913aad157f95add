package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"guichet/bench/mesure"
)

// The goals: how many times longer than a durable copy an archive may take, and what many at once may hold.
const (
	goalRatio  = 1.5
	goalMemory = 200e6
	atOnce     = 8
)

// archives measures how archives of 200 Mo are received.
func archives(ctx context.Context, w io.Writer, guichet, dir string, rounds int) (err error) {
	s, err := start(ctx, guichet, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	c, err := s.signIn(ctx)
	if err != nil {
		return err
	}
	a := &archiving{server: s, client: c, dir: dir}
	if err := a.deposit(ctx); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d rounds: an archive of %d MB of documents that do not compress, until the counter answers that it has it, and the same archive\ncopied with its SHA-256 and made durable; nothing else runs meanwhile. The ratio is the median of the ratios of each round.\n\n", rounds, archiveBytes/1_000_000)
	if err := a.race(ctx, w, rounds); err != nil {
		return err
	}
	fmt.Fprintf(w, "%d such archives at once, until the last one is examined; memory is the most that was seen, examinations are processes\nof their own.\n\n", atOnce)
	return a.flood(ctx, w)
}

// archiving sends archives with one deposit.
type archiving struct {
	*server
	client *http.Client
	dir    string
	names  []string // of the documents that the deposit expects
	path   string   // of the page of its documents
	made   int
}

// ways are the ways to send an archive.
var ways = []struct {
	name string
	send func(a *archiving, ctx context.Context, file string) error
}{
	{"a program, or the page's script", (*archiving).put},
	{"a form, without script", (*archiving).post},
}

// race sends a new archive each way, and copies one, in each round.
func (a *archiving) race(ctx context.Context, w io.Writer, rounds int) error {
	times := make([][]time.Duration, len(ways)+1)
	order := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		for _, i := range order.Perm(len(times)) {
			file, err := a.make(ctx)
			if err != nil {
				return err
			}
			begun := time.Now()
			if i < len(ways) {
				err = ways[i].send(a, ctx, file)
			} else {
				err = copyDurably(file, file+".copy")
			}
			times[i] = append(times[i], time.Since(begun))
			if err := errors.Join(err, a.examined(ctx), a.clear()); err != nil {
				return err
			}
		}
	}
	floor := times[len(ways)]
	t := mesure.Table{{"sent by", "guichet", "copy, SHA-256, fsync", "guichet ÷ it", "middle half", "goal"}}
	for i, way := range ways {
		ratios := mesure.Ratios(times[i], floor)
		ratio, n := mesure.Median(ratios), len(ratios)
		t.Add(way.name, seconds(mesure.Median(times[i])), seconds(mesure.Median(floor)), fmt.Sprintf("%.2f", ratio),
			fmt.Sprintf("%.2f to %.2f", ratios[n/4], ratios[n*3/4]), fmt.Sprintf("at most %.1f: %s", goalRatio, mesure.Met(ratio <= goalRatio)))
	}
	t.Write(w)
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

// flood sends many archives at once, each way by turns.
func (a *archiving) flood(ctx context.Context, w io.Writer) error {
	var files []string
	for range atOnce {
		file, err := a.make(ctx)
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	watch := watchMemory(a.cmd.Process.Pid)
	begun, errs := time.Now(), make([]error, atOnce)
	var all sync.WaitGroup
	for i, file := range files {
		all.Go(func() { errs[i] = ways[i%len(ways)].send(a, ctx, file) })
	}
	all.Wait()
	took := time.Since(begun)
	err := errors.Join(errors.Join(errs...), a.examined(ctx))
	server, examiners := watch.end()
	if err := errors.Join(err, a.clear()); err != nil {
		return err
	}
	t := mesure.Table{{"at once", "all answered after", "memory of the server", "of its examinations", "goal"}}
	t.Add(fmt.Sprint(atOnce), seconds(took), megabytes(server), megabytes(examiners),
		fmt.Sprintf("below %d MB together: %s", int(goalMemory/1e6), mesure.Met(server+examiners < goalMemory)))
	t.Write(w)
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n/1e6) }

// put sends an archive as the whole body.
func (a *archiving) put(ctx context.Context, file string) error {
	content, closing, err := fileBody(file)
	if err != nil {
		return err
	}
	_, err = a.ask(ctx, a.client, http.MethodPut, a.path+"/"+filepath.Base(file), "application/zip", content)
	return errors.Join(err, closing())
}

// post sends an archive in a form.
func (a *archiving) post(ctx context.Context, file string) error {
	content, closing, err := fileBody(file)
	if err != nil {
		return err
	}
	kind, form := formBody("archives", filepath.Base(file), content)
	got, err := a.ask(ctx, a.client, http.MethodPost, a.path, kind, form)
	if err == nil && !strings.Contains(string(got.page), filepath.Base(file)) {
		err = errors.New("the archive is not listed")
	}
	return errors.Join(err, closing())
}

// examined waits until nothing is under examination: what is measured next is alone.
func (a *archiving) examined(ctx context.Context) error {
	for range 3000 {
		got, err := a.ask(ctx, a.client, http.MethodGet, a.path, "", sized{})
		if err != nil {
			return err
		}
		if !strings.Contains(string(got.page), "Un examen est en cours") {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the examinations do not end")
}
