package main

import (
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// patience is how long a person waits without being told how far it is.
const patience = 3 * time.Second

// progress shows at the terminal how many files are done, when it takes long. A nil progress shows nothing.
type progress struct {
	total    int
	done     atomic.Int64
	stop     chan struct{}
	finished chan struct{}
}

func (j *job) progress(total int) *progress {
	if total < 2 || !j.isTerminal(j.stderr) {
		return nil
	}
	b := &progress{total: total, stop: make(chan struct{}), finished: make(chan struct{})}
	go b.show(j)
	return b
}

func (b *progress) step() {
	if b != nil {
		b.done.Add(1)
	}
}

// end takes the bar away.
func (b *progress) end() {
	if b != nil {
		close(b.stop)
		<-b.finished
	}
}

func (b *progress) show(j *job) {
	defer close(b.finished)
	select {
	case <-b.stop:
		return
	case <-time.After(patience):
	}
	all := mpb.New(mpb.WithOutput(j.stderr), mpb.WithWidth(40), mpb.WithAutoRefresh())
	bar := all.AddBar(int64(b.total),
		mpb.PrependDecorators(decor.Name(j.t("Contrôle ", "Check "))),
		mpb.AppendDecorators(decor.CountersNoUnit(j.t("%d / %d fichiers", "%d / %d files"))),
	)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			bar.SetCurrent(min(b.done.Load(), int64(b.total)-1)) // a full bar would stay
		case <-b.stop:
			bar.Abort(true)
			all.Wait()
			return
		}
	}
}
