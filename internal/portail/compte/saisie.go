package compte

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/relais"
	"guichet/modele"
)

// fautes lists what the person can mend in an error; autre is what nobody but us can.
func (s *Service) fautes(err error) (fautes []*Faute, autre error) {
	if e, ok := err.(interface{ Unwrap() []error }); ok {
		for _, x := range e.Unwrap() {
			f, a := s.fautes(x)
			fautes, autre = append(fautes, f...), errors.Join(autre, a)
		}
		return fautes, autre
	}
	var f *Faute
	var trop *TropEssais
	switch {
	case errors.As(err, &f):
		return []*Faute{f}, nil
	case errors.As(err, &trop):
		return []*Faute{s.patience(trop)}, nil
	}
	return nil, err
}

// patience says who tried too often, how long to wait, how to come in before, and whom to ask.
func (s *Service) patience(t *TropEssais) *Faute {
	minutes := max(1, int(math.Ceil(t.Jusqua.Sub(s.Maintenant()).Minutes())))
	dans := ecrit.Compter(int64(minutes), modele.Texte{Fr: "minute", En: "minute"}, modele.Texte{Fr: "minutes", En: "minutes"})
	quoi := patiences[t.sur]
	fr, en := quoi.Fr, quoi.En
	if c := s.Agence.Contact(); c != "" {
		fr, en = fr+" Si c'est urgent, écrivez à l'agence ou appelez-la : "+c+".", en+" If it is urgent, write to the agency or call it: "+c+"."
	}
	return &Faute{Texte: modele.Texte{
		Fr: fmt.Sprintf(fr, dans.Fr), En: fmt.Sprintf(en, dans.En),
	}}
}

// patiences are the same for an address that has an account and for one that has none.
var patiences = map[portee]modele.Texte{
	surSoi: {Fr: "Trop d'essais : recommencez dans %s. Rien n'est perdu.", En: "Too many tries: try again in %s. Nothing is lost."},
	surReseau: {
		Fr: "Trop d'essais depuis votre réseau, que d'autres partagent peut-être : recommencez dans %s, ou tout de suite depuis un navigateur où vous vous êtes déjà connecté.",
		En: "Too many tries from your network, which others may share: try again in %s, or right now from a browser in which you have signed in before.",
	},
	surCompte: {
		Fr: "Trop d'essais pour cette adresse, peut-être par d'autres que vous : recommencez dans %s, ou tout de suite depuis un navigateur où vous vous êtes déjà connecté, ou avec le code de votre second facteur.",
		En: "Too many tries for this address, perhaps by others than you: try again in %s, or right now from a browser in which you have signed in before, or with the code of your second factor.",
	},
	surOubli: {
		Fr: "Plusieurs liens sont déjà partis vers cette adresse : prenez le dernier message reçu, qui est peut-être parmi les indésirables, ou recommencez dans %s.",
		En: "Several links were sent to this address already: take the last message, which may be among the junk, or try again in %s.",
	},
	surFacteur: {
		Fr: "Trop de codes essayés, peut-être par d'autres que vous : recommencez dans %s, ou tout de suite avec un code de secours, ou depuis un navigateur où vous vous êtes déjà connecté. Si ces essais ne sont pas les vôtres, quelqu'un connaît votre mot de passe : changez-le.",
		En: "Too many codes tried, perhaps by others than you: try again in %s, or right now with a recovery code, or from a browser in which you have signed in before. If these tries are not yours, somebody knows your password: change it.",
	},
}

// provenance names the network that a request comes from: behind a proxy that is trusted, whoever serves has put the
// client's address in RemoteAddr.
func provenance(r *http.Request) string {
	if reseau, ok := relais.ReseauDe(r); ok {
		return reseau.String()
	}
	return r.RemoteAddr
}

// suite is the page to go to after signing in: one of this site, else none.
func suite(adresse string) string {
	u, err := url.Parse(adresse)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(adresse, "/") ||
		strings.HasPrefix(adresse, "//") || strings.ContainsAny(adresse, "\\\r\n\t") {
		return ""
	}
	return adresse
}
