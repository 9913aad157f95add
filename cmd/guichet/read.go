package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"syscall"
)

// read returns the bytes of a file, at most one more than the checker takes. Pipes and standard input may
// stay silent: the wait ends with ctx.
func (j *job) read(ctx context.Context, s source) ([]byte, error) {
	type outcome struct {
		bytes []byte
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		b, err := j.readAll(s)
		done <- outcome{b, err}
	}()
	select {
	case o := <-done:
		return o.bytes, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (j *job) readAll(s source) ([]byte, error) {
	if s.path == standardInput {
		if j.isTerminal(j.stdin) {
			j.say("lecture de l'entrée standard, Ctrl-D pour finir", "reading standard input, Ctrl-D to end")
		}
		return j.readBounded(j.stdin, 0)
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, syscall.EISDIR
	}
	return j.readBounded(f, info.Size())
}

func (j *job) readBounded(r io.Reader, size int64) ([]byte, error) {
	limit := int64(j.maxBytes()) + 1
	var b bytes.Buffer
	b.Grow(int(min(size, limit)) + bytes.MinRead) // no copies while it grows
	_, err := b.ReadFrom(io.LimitReader(r, limit))
	return b.Bytes(), err
}

func (j *job) maxBytes() int { return j.maxTaille << 20 }
