package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"
)

// Routeur answers for all routes, and for the static files below /statique/. Two routes with one pattern, or a
// pattern that ServeMux does not understand, are a programming error: it panics.
func Routeur(routes []Route, site *Site) http.Handler {
	mux := http.NewServeMux()
	rt := &routeur{site: site, limites: site.limites(), mux: mux, mesures: nouvellesMesures(site.Mesures), entetes: entetes(site.tls()), origine: http.NewCrossOriginProtection()}
	if site.Adresse != "" {
		if err := rt.origine.AddTrustedOrigin(site.Adresse); err != nil {
			panic(fmt.Sprintf("the address %q is no origin: %v", site.Adresse, err))
		}
	}
	for _, route := range append(communes(), routes...) {
		mux.Handle(route.Motif, rt.servir(route))
	}
	rt.tous = http.NewServeMux()
	rt.tous.Handle("GET /statique/", rt.compter("GET /statique/", http.HandlerFunc(servirStatique)))
	rt.tous.Handle("/", rt.identifier())
	return rt
}

type routeur struct {
	site    *Site
	limites Limites
	mux     *http.ServeMux // the routes
	tous    *http.ServeMux // and before them what is answered whoever asks
	mesures *mesures
	entetes []entete
	origine *http.CrossOriginProtection
}

// ServeHTTP is what each request goes through.
func (rt *routeur) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	debut := rt.site.Maintenant()
	q := &requete{site: rt.site, entetes: rt.entetes, langue: langueDe(r, rt.site.Adresse), reference: nouvelleReference(), adresse: r.RemoteAddr}
	q.reponse = &reponse{ResponseWriter: w, patience: 2 * rt.limites.Progres, controle: http.NewResponseController(w)}
	r = r.WithContext(context.WithValue(r.Context(), cleRequete{}, q))
	h := w.Header()
	for _, e := range rt.entetes {
		h[e.nom] = e.valeurs
	}
	defer rt.noter(q, debut)
	defer func() {
		if p := recover(); p != nil {
			rt.rattraper(q, r, p)
		}
	}()
	switch {
	case choisirLangue(q.reponse, r):
	case rt.origine.Check(r) != nil:
		q.refuser(r, Interdit)
	default:
		rt.tous.ServeHTTP(q.reponse, r)
	}
}

// identifier finds out who asks, then takes the route; the page that says there is none knows who asks, too.
func (rt *routeur) identifier() http.Handler {
	var suite http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rt.mux.ServeHTTP(w, r)
		if q := requeteDe(r.Context()); q.reponse.retenu > 0 {
			q.refuserMux(r)
		}
	})
	if rt.site.Identifier != nil {
		suite = rt.site.Identifier(suite)
	}
	return suite
}

// servir makes the handler of one route.
func (rt *routeur) servir(route Route) http.Handler {
	route.Servir = rt.demander(route)
	servir, limite, trop := rt.site.proteger(route), route.maxCorps(), route.trop()
	traduire := rt.site.proteger(rt.enLangue(route))
	return rt.compter(route.Motif, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := requeteDe(r.Context())
		q.page = route.Formulaire(r)
		if r.ContentLength > limite {
			r.Body = nouveauCorps(q.reponse, r.Body, rt.limites.Progres, trop)
			rt.refuserTrop(w, r, traduire, trop)
			return
		}
		if r.ContentLength != 0 {
			r.Body = nouveauCorps(q.reponse, http.MaxBytesReader(w, r.Body, limite), rt.limites.Progres, trop)
		}
		repondre := servir
		switch autre, err := autreLangue(w, r); {
		case err != nil:
			q.refuser(r, err)
			return
		case autre:
			repondre = traduire
		case route.Corps > 0 && rt.site.Place != nil && !rt.site.Place():
			q.refuser(r, SansPlace(nil))
			return
		}
		if err := repondre(w, r); err != nil {
			rt.refuserTrop(w, r, rt.rendre, err)
		}
	}))
}

// compter has a route's requests measured under its pattern, and its own errors left alone.
func (rt *routeur) compter(motif string, h http.Handler) http.Handler {
	m := rt.mesures.route(motif)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := requeteDe(r.Context())
		q.reponse.route = m
		h.ServeHTTP(w, r)
	})
}

// parti is what the log and the figures say of who has gone before the answer: no fault of the counter's.
const parti = 499

// refuser answers with the page of an error. What has begun to be written cannot be taken back: the connection
// is cut, for the browser not to take a half for the whole.
func (q *requete) refuser(r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		if q.reponse.etat == 0 {
			q.reponse.WriteHeader(parti)
		}
		return
	}
	refus := q.site.refusDe(err, q.reference)
	if refus.Etat >= http.StatusInternalServerError {
		q.site.Log.LogAttrs(r.Context(), slog.LevelError, "requête en échec", slog.String("reference", q.reference),
			slog.String("route", q.reponse.motif()), slog.String("cause", err.Error()))
	}
	q.tracerRefus(r.Context(), err, refus)
	if q.reponse.etat > 0 {
		panic(http.ErrAbortHandler)
	}
	q.effacer()
	q.reponse.libre = true
	if refus.Attendre > 0 {
		q.reponse.Header().Set("Retry-After", strconv.Itoa(refus.Attendre))
	}
	if err := montrerRefus(q.reponse, r, refus); err != nil {
		http.Error(q.reponse, refus.Titre.In(q.langue), refus.Etat)
	}
}

// effacer takes back the headers of an answer that is not given; cookies stay.
func (q *requete) effacer() {
	h := q.reponse.Header()
	cookies := h["Set-Cookie"]
	clear(h)
	for _, e := range q.entetes {
		h[e.nom] = e.valeurs
	}
	if len(cookies) > 0 {
		h["Set-Cookie"] = cookies
	}
}

// refuserMux answers for a path or a method that has no route.
func (q *requete) refuserMux(r *http.Request) {
	etat := q.reponse.retenu
	q.reponse.retenu = 0
	if etat == http.StatusMethodNotAllowed {
		q.refuser(r, sansMethode())
		return
	}
	q.refuser(r, Introuvable)
}

// abandon is what Abandonner panics with.
type abandon struct{ error }

// Abandonner ends a request with the page of an error, from where none can be returned: around the routes.
func Abandonner(err error) { panic(abandon{err}) }

// rattraper answers after a panic.
func (rt *routeur) rattraper(q *requete, r *http.Request, p any) {
	if a, ok := p.(abandon); ok {
		q.refuser(r, a.error)
		return
	}
	if p == http.ErrAbortHandler || q.reponse.etat > 0 {
		rt.site.Log.LogAttrs(r.Context(), slog.LevelError, "réponse coupée", slog.String("reference", q.reference),
			slog.String("cause", fmt.Sprint(p)))
		panic(http.ErrAbortHandler)
	}
	q.refuser(r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// noter measures and logs one answer: no address, no query, nobody's name.
func (rt *routeur) noter(q *requete, debut time.Time) {
	duree := rt.site.Maintenant().Sub(debut)
	etat := q.reponse.code()
	q.reponse.route.observer(etat, duree)
	rt.site.Log.LogAttrs(context.Background(), slog.LevelInfo, "requête", slog.String("route", q.reponse.motif()),
		slog.Int("etat", etat), slog.Duration("duree", duree), slog.Int64("octets", q.reponse.octets), slog.String("reference", q.reference))
}

func nouvelleReference() string { return strconv.FormatUint(rand.Uint64()|1<<63, 36)[:10] }
