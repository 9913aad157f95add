package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// secrets are the fields that are never kept, nor given back: what is typed there is typed again.
var secrets = []string{"confirme-motdepasse", "confirme-code", "confirme-cle", "reponse-cle", "motdepasse", "actuel", "code", "codeAvance", "saisie"}

// Secret tells whether a field is one of those.
func Secret(champ string) bool { return slices.Contains(secrets, champ) }

// deLAdresse are the fields that a page takes from its own address, for its form to send them along.
var deLAdresse = []string{"suite", "demande"}

// questions is the end of the address of the page that has a form, by the address that the form posts to and what it sends.
func questions(r *http.Request) string {
	q := r.URL.Query()
	q.Del(ParamAgit)
	for _, champ := range deLAdresse {
		if v := r.PostForm.Get(champ); v != "" {
			q.Set(champ, v)
		}
	}
	return q.Encode()
}

// maxSaisie bounds what is kept of a form, in bytes. No form of the counter asks for as much.
const maxSaisie = 256 << 10

// maxLu bounds what is read of a form that is not taken, in bytes: fields stand before files.
const maxLu = 32 << 20

// LireSaisie reads what was typed into a form that cannot be taken now, as far as it comes: no secret, no file.
func LireSaisie(r *http.Request) (x Reprise) {
	var f Formulaire
	x.Fichiers = f.saisir(r)
	x.Champs = gardables(f.valeurs)
	return x
}

// saisir reads a form that is not taken, and tells whether it has files; what came before an error is kept.
func (f *Formulaire) saisir(r *http.Request) (fichiers bool) {
	switch {
	case r.PostForm != nil:
		f.valeurs = r.PostForm
	case enParties(r):
		r.Body = http.MaxBytesReader(nil, r.Body, maxLu)
		_ = f.LireEnvoi(r, func(Fichier) error { fichiers = true; return nil })
	default:
		f.lireDebuts(r.Body)
	}
	return fichiers
}

func enParties(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/")
}

// gardables are the fields that may be kept; none of them when they are too long.
func gardables(v url.Values) url.Values {
	gardes, taille := url.Values{}, 0
	for champ, valeurs := range v {
		if slices.Contains(secrets, champ) {
			continue
		}
		gardes[champ] = valeurs
		for _, x := range valeurs {
			taille += len(champ) + len(x)
		}
	}
	if taille > maxSaisie {
		return url.Values{}
	}
	return gardes
}

// aRenvoyer is the form that a page of error gives back, to be sent again: nothing for one with a secret.
type aRenvoyer struct {
	Adresse string
	Parties bool
	Champs  []champRenvoye
}

type champRenvoye struct{ Nom, Valeur string }

func (q *requete) aRenvoyer(r *http.Request, etat int) *aRenvoyer {
	v := r.PostForm
	if q.champs != nil {
		v = q.champs
	}
	if r.Method != http.MethodPost || etat < http.StatusInternalServerError && etat != http.StatusTooManyRequests || len(v) == 0 {
		return nil
	}
	gardes := gardables(v)
	if len(gardes) < len(v) {
		return nil
	}
	return &aRenvoyer{r.URL.EscapedPath(), enParties(r), enChamps(gardes)}
}

// enChamps lists values by the names of their fields.
func enChamps(v url.Values) (champs []champRenvoye) {
	for champ, valeurs := range v {
		for _, x := range valeurs {
			champs = append(champs, champRenvoye{champ, x})
		}
	}
	slices.SortStableFunc(champs, func(x, y champRenvoye) int { return strings.Compare(x.Nom, y.Nom) })
	return champs
}
