package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of --watch. The system tells of most changes at once; looking now and then finds those of network
// drives, of which it tells nothing. A file that is still being written is left to settle.
const (
	lookEvery = 2 * time.Second
	settle    = 150 * time.Millisecond
)

// keepChecking checks the files again at each change. Ctrl-C is the way to end it: the status is that of the last
// check.
func (j *job) keepChecking(ctx context.Context) error { return j.keepRunning(ctx, j.run) }

// keepRunning runs again at each change of the files.
func (j *job) keepRunning(ctx context.Context, run func(context.Context) error) error {
	w := newWatcher()
	defer w.close()
	for {
		before := w.look(j.expand(ctx))
		err := run(ctx)
		var told status
		if err != nil && !errors.As(err, &told) {
			return err
		}
		j.say("en attente d'une modification, Ctrl-C pour finir", "waiting for a change, Ctrl-C to end")
		if !w.wait(ctx, before, func() string { return w.look(j.expand(ctx)) }) {
			return told
		}
		_, _ = fmt.Fprintf(j.stderr, "\n── %s ──\n", j.now().Format(time.TimeOnly))
	}
}

// watcher tells when files change.
type watcher struct {
	notify *fsnotify.Watcher // nil where the system has none
	events <-chan fsnotify.Event
	known  map[string]bool
}

func newWatcher() *watcher {
	w := &watcher{known: map[string]bool{}}
	if n, err := fsnotify.NewWatcher(); err == nil {
		w.notify, w.events = n, n.Events
		go func() {
			for range n.Errors { // what the system lost, looking finds
			}
		}()
	}
	return w
}

func (w *watcher) close() {
	if w.notify != nil {
		_ = w.notify.Close()
	}
}

// look returns what is to be seen of the files from outside, and has the system tell of changes in their
// folders: editors replace a file rather than write to it.
func (w *watcher) look(x *expansion) string {
	var b strings.Builder
	for _, s := range x.sources {
		w.follow(filepath.Dir(s.real))
		if info, err := os.Stat(s.path); err == nil {
			fmt.Fprintf(&b, "%s\x00%d\x00%d\n", s.path, info.Size(), info.ModTime().UnixNano())
		}
	}
	for folder := range x.folders {
		w.follow(folder)
	}
	for _, f := range x.failures {
		w.follow(filepath.Dir(real(f.shown)))
		fmt.Fprintf(&b, "%s\x00%v\n", f.shown, f.err)
	}
	return b.String()
}

func (w *watcher) follow(folder string) {
	if w.notify != nil && !w.known[folder] {
		w.known[folder] = w.notify.Add(folder) == nil
	}
}

// wait returns when the files look different from before, and have settled; false when ctx ends.
func (w *watcher) wait(ctx context.Context, before string, look func() string) bool {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		case <-w.events:
			if !w.calm(ctx) {
				return false
			}
		}
		now := look()
		for settled := false; now != before && !settled; {
			if !w.calm(ctx) {
				return false
			}
			next := look()
			settled, now = next == now, next
		}
		if now != before {
			return true
		}
	}
}

// calm lets a burst of events pass; false when ctx ends.
func (w *watcher) calm(ctx context.Context) bool {
	over := time.After(settle)
	for {
		select {
		case <-ctx.Done():
			return false
		case <-w.events:
		case <-over:
			return true
		}
	}
}
