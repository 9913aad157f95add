package essai

import (
	"fmt"
	"net/http"
)

// Echec asks a handler, and tells how the counter could not answer: a status of 500 or more, or an answer that is cut; nil
// for any other answer.
func Echec(h http.Handler, r *http.Request) error {
	a, err := repondre(h, r)
	if err == nil && a.Etat >= http.StatusInternalServerError {
		err = fmt.Errorf("status %d", a.Etat)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", r.Method, r.URL, err)
	}
	return nil
}
