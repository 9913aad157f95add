package web

import "io"

// Donner gives a file as it is read. An error is the file's: an answer that has begun is cut then, for nobody to take a half for the whole. Who
// has gone does not read an error.
func Donner(w io.Writer, f io.Reader) error {
	lu := &quiLit{Reader: f}
	_, _ = io.Copy(w, lu)
	return lu.err
}

// quiLit keeps the error of a reader.
type quiLit struct {
	io.Reader
	err error
}

// Read reads on.
func (q *quiLit) Read(b []byte) (int, error) {
	n, err := q.Reader.Read(b)
	if err != io.EOF {
		q.err = err
	}
	return n, err
}
