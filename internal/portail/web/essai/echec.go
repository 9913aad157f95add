package essai

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

// Echec asks a handler, and tells how the counter could not answer: a status of 500 or more, or an answer that is cut; nil
// for any other answer.
func Echec(h http.Handler, r *http.Request) (err error) {
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			err = fmt.Errorf("%s %s: cut", r.Method, r.URL)
		} else if p != nil {
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	if w.Code >= http.StatusInternalServerError {
		return fmt.Errorf("%s %s: %d", r.Method, r.URL, w.Code)
	}
	return nil
}
