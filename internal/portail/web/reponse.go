package web

import (
	"net/http"
	"time"
)

// reponse notes what is answered, and holds back the bare errors of ServeMux, which become pages.
type reponse struct {
	http.ResponseWriter
	controle *http.ResponseController
	route    *route // nil while no route has been found
	etat     int    // 0 while nothing is written
	retenu   int    // status that was held back
	libre    bool   // what is answered is ours: nothing is held back
	octets   int64
	patience time.Duration // how long a browser may take to accept a piece of an answer
}

func (r *reponse) WriteHeader(etat int) {
	if r.route == nil && !r.libre && (etat == http.StatusNotFound || etat == http.StatusMethodNotAllowed) && r.etat == 0 {
		r.retenu = etat
		return
	}
	if r.etat == 0 && etat >= http.StatusOK {
		r.etat = etat
	}
	r.ResponseWriter.WriteHeader(etat)
}

func (r *reponse) Write(b []byte) (int, error) {
	if r.retenu > 0 {
		return len(b), nil
	}
	if r.etat == 0 {
		r.etat = http.StatusOK
	}
	_ = r.controle.SetWriteDeadline(time.Now().Add(r.patience)) // where there is no connection there is no deadline
	n, err := r.ResponseWriter.Write(b)
	r.octets += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *reponse) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *reponse) code() int {
	if r.etat == 0 {
		return http.StatusOK
	}
	return r.etat
}

func (r *reponse) motif() string {
	if r.route == nil {
		return "-" // none was found, or was looked for
	}
	return r.route.motif
}
