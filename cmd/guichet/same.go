package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
)

// alreadyHas tells whether a file already has what write writes, to the byte.
func alreadyHas(name string, write func(io.Writer) error) (same bool, err error) {
	f, err := os.Open(name)
	if err != nil {
		return false, nil // whoever is asked about it is told
	}
	defer func() { _ = f.Close() }()
	c := &comparer{have: bufio.NewReader(f), same: true}
	if err := write(c); err != nil {
		return false, err
	}
	_, end := c.have.ReadByte()
	return c.same && errors.Is(end, io.EOF), nil
}

// comparer is written to, and notes whether the bytes are those that it reads.
type comparer struct {
	have *bufio.Reader
	same bool
}

func (c *comparer) Write(p []byte) (int, error) {
	if c.same {
		there := make([]byte, len(p))
		_, err := io.ReadFull(c.have, there)
		c.same = err == nil && bytes.Equal(p, there)
	}
	return len(p), nil
}
