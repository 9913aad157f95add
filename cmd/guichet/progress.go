package main

import (
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// patience is how long a person waits without being told how far it is.
const patience = 3 * time.Second

// progress shows at the terminal how much is done, when it takes long. A nil progress shows nothing.
type progress struct {
	title    string
	count    decor.Decorator
	total    int64
	done     atomic.Int64
	stop     chan struct{}
	finished chan struct{}
}

// progress counts files.
func (j *job) progress(total int) *progress {
	if total < 2 {
		return nil
	}
	return j.bar(int64(total), j.t("Contrôle ", "Check "), decor.CountersNoUnit(j.t("%d / %d fichiers", "%d / %d files")))
}

func (p *program) bar(total int64, title string, count decor.Decorator) *progress {
	if !p.isTerminal(p.stderr) {
		return nil
	}
	b := &progress{title: title, count: count, total: total, stop: make(chan struct{}), finished: make(chan struct{})}
	go b.show(p.stderr)
	return b
}

func (b *progress) step() { b.add(1) }

func (b *progress) add(n int) {
	if b != nil {
		b.done.Add(int64(n))
	}
}

// counted is a reader whose progress is shown.
type counted struct {
	io.Reader
	*progress
}

func (c counted) Read(dst []byte) (int, error) {
	n, err := c.Reader.Read(dst)
	c.add(n)
	return n, err
}

// end takes the bar away.
func (b *progress) end() {
	if b != nil {
		close(b.stop)
		<-b.finished
	}
}

func (b *progress) show(w io.Writer) {
	defer close(b.finished)
	select {
	case <-b.stop:
		return
	case <-time.After(patience):
	}
	all := mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithAutoRefresh())
	bar := all.AddBar(b.total, mpb.PrependDecorators(decor.Name(b.title)), mpb.AppendDecorators(b.count))
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			bar.SetCurrent(min(b.done.Load(), b.total-1)) // a full bar would stay
		case <-b.stop:
			bar.Abort(true)
			all.Wait()
			return
		}
	}
}
