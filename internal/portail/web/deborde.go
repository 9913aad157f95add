package web

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"guichet/modele"
)

// A form that is over what its route takes comes back with its page: the beginning of what was too long, the rest whole, and at the
// field what was too much. Browsers have the whole text still, one page back.

// maxDebut is how much of a field is kept of a form that is not taken, in bytes: several times what any field may have.
const maxDebut = 64 << 10

// lireDebuts reads a form without files that may have any length: the beginning of each field, up to maxLu bytes in all.
func (f *Formulaire) lireDebuts(corps io.Reader) {
	f.valeurs = url.Values{}
	lu := bufio.NewReaderSize(io.LimitReader(corps, maxLu), bloc)
	for reste := int64(maxSaisie); reste > 0; {
		debut, err := paire(lu)
		v, _ := url.ParseQuery(debut) // what is no pair is left out
		for champ := range v {
			f.ajouter(champ, v.Get(champ))
			reste -= int64(len(champ) + len(v.Get(champ)))
		}
		if err != nil {
			return
		}
	}
}

// maxBrut is how much of a field is read as it is sent, with its name, where a byte may take three: more than maxDebut.
const maxBrut = 4 * maxDebut

// paire reads one field of a form, as much of it as is kept.
func paire(r *bufio.Reader) (string, error) {
	var lu []byte
	for {
		morceau, err := r.ReadSlice('&')
		lu = append(lu, morceau[:min(len(morceau), maxBrut-len(lu))]...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if i := bytes.LastIndexByte(lu, '%'); i >= 0 && i > len(lu)-3 {
			lu = lu[:i] // a character that was cut
		}
		return strings.TrimSuffix(string(lu), "&"), err
	}
}

// ajouter keeps a field, as much of it as maxDebut.
func (f *Formulaire) ajouter(champ, valeur string) {
	if len(valeur) > maxDebut {
		valeur = strings.ToValidUTF8(valeur[:maxDebut], "")
		f.longs = append(f.longs, champ)
	}
	f.valeurs.Add(champ, valeur)
}

// raccourcir keeps of each field as much as maxDebut.
func (f *Formulaire) raccourcir() {
	entiers := f.valeurs
	f.valeurs = url.Values{}
	for champ, valeurs := range entiers {
		for _, v := range valeurs {
			f.ajouter(champ, v)
		}
	}
}

// refuserTrop answers with what went wrong: of what was too much, with the page of the form.
func (rt *routeur) refuserTrop(w http.ResponseWriter, r *http.Request, montrer Handler, err error) {
	q := requeteDe(r.Context())
	var refus *Refus
	if errors.As(err, &refus) && refus.Etat == http.StatusRequestEntityTooLarge && q.reponse.etat == 0 {
		fait, autre := rt.deborde(w, r, montrer, refus)
		if fait && autre == nil {
			return
		}
		err = errors.Join(autre, err)
	}
	q.refuser(r, err)
}

// deborde answers a form that is over what its route takes, with its page for who may send it; false where it has none, and for
// what a program sends.
func (rt *routeur) deborde(w http.ResponseWriter, r *http.Request, montrer Handler, refus *Refus) (bool, error) {
	q := requeteDe(r.Context())
	genre := r.Header.Get("Content-Type")
	if r.Method != http.MethodPost || !rt.aPage(q.page) || !enParties(r) && !strings.HasPrefix(genre, enFormulaire) {
		return false, nil
	}
	f := q.longs
	if f == nil {
		f = &Formulaire{}
		f.saisir(r)
	}
	f.raccourcir()
	q.fautes = f.debordements(refus)
	r.PostForm, r.Body, r.ContentLength = f.valeurs, http.NoBody, 0
	r.Header.Set("Content-Type", enFormulaire)
	return true, montrer(w, r)
}

// aPage tells whether there is a page at an address.
func (rt *routeur) aPage(adresse string) bool {
	_, motif := rt.mux.Handler(&http.Request{Method: http.MethodGet, URL: &url.URL{Path: adresse}})
	return motif != ""
}

const enFormulaire = "application/x-www-form-urlencoded"

// debordements say at each field that was cut what was too much; of what has no such field, the refusal speaks.
func (f *Formulaire) debordements(refus *Refus) (fautes []Faute) {
	slices.Sort(f.longs)
	for _, champ := range slices.Compact(f.longs) {
		if !Secret(champ) {
			fautes = append(fautes, Faute{champ, tropLong()})
		}
	}
	if len(fautes) == 0 {
		fautes = append(fautes, Faute{"", refus.Texte})
	}
	return fautes
}

func tropLong() modele.Texte {
	d, m := Taille(maxDebut), Taille(maxChamps)
	return modele.Texte{
		Fr: "Ce texte est trop long : un formulaire tient en " + m.Fr + ". Rien n'est envoyé. En voici le début (" + d.Fr + ") : raccourcissez-le, ou joignez-le en fichier. Le texte entier est encore à la page précédente de votre navigateur.",
		En: "This text is too long: a form holds " + m.En + ". Nothing is sent. Here is its beginning (" + d.En + "): shorten it, or attach it as a file. The whole text is still one page back in your browser.",
	}
}
