package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

// minComprime is the page that is too small to gain anything.
const minComprime = 2 << 10

var compresseurs = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is right
	return z
}}

func comprimer(w io.Writer, contenu []byte) error {
	z := compresseurs.Get().(*gzip.Writer)
	defer compresseurs.Put(z)
	z.Reset(w)
	if _, err := z.Write(contenu); err != nil {
		return err
	}
	return z.Close()
}

// accepteGzip reads what browsers send; "gzip;q=0" is what nobody sends, and it is respected.
func accepteGzip(r *http.Request) bool {
	accept := r.Header.Get("Accept-Encoding")
	return strings.Contains(accept, "gzip") && !strings.Contains(accept, "gzip;q=0")
}
