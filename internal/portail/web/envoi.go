package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"

	"guichet/modele"
)

// The bounds of a form with files, beside that of its route (Route.Corps).
const (
	maxChamps  = 768 << 10 // of all fields that are no files, in bytes: what is too long for its field comes back with its page
	maxParties = 300       // fields and files
)

// Fichier is a file of a form, while it comes in: Corps is read at most once, and what is left of it is skipped.
// An error of Corps is a *Refus that says what happened.
type Fichier struct {
	Champ string // "" where its head cannot be read
	Nom   string // without folders, as its sender wrote it: not yet harmless, "." where its head cannot be read
	Corps io.Reader
}

// bloc is how much is read from the network at a time, in bytes: the reader of forms would ask for an eighth of it.
const bloc = 32 << 10

// parBlocs is a body that is read by blocks.
type parBlocs struct {
	*bufio.Reader
	io.Closer
}

// LireEnvoi takes a form with files as it arrives. Fields are kept, so that prendre, which is given each file that
// was chosen, finds those that stand before it in the form. An error of prendre ends the reading and is returned; a body
// that stopped on its way, one that is no form, and one over its bounds are a *Refus each.
func (f *Formulaire) LireEnvoi(r *http.Request, prendre func(Fichier) error) error {
	f.valeurs = url.Values{}
	q := requeteDe(r.Context())
	q.champs, q.longs = f.valeurs, f
	brut := &constate{ReadCloser: r.Body}
	r.Body = lisible(r.Header.Get("Content-Type"), parBlocs{bufio.NewReaderSize(brut, bloc), brut})
	parties, err := r.MultipartReader()
	if err != nil {
		return illisible(err)
	}
	reste, trop := int64(maxChamps), error(nil)
	prise := prendre
	for range maxParties {
		partie, err := parties.NextPart()
		if err == io.EOF { // itself: one that is wrapped is a body that ended before its last boundary
			return trop
		}
		if err == nil {
			err = f.lirePartie(lecture{partie, brut, r.Context()}, &reste, prise)
		} else {
			err = brut.traduire(err)
		}
		var champ *Refus
		switch {
		case trop == nil && errors.As(err, &champ) && champ.champ != "": // the fields that follow are read, no file is taken
			trop, prise = champ, func(Fichier) error { return trop }
		case err != nil:
			return err
		}
	}
	return tropDeParties()
}

func (f *Formulaire) lirePartie(l lecture, reste *int64, prendre func(Fichier) error) error {
	champ, nom := l.partie.FormName(), path.Base(strings.ReplaceAll(l.partie.FileName(), `\`, "/"))
	switch {
	case l.partie.FileName() != "", champ == "" && estFichier(l.partie):
		return prendre(Fichier{Champ: champ, Nom: nom, Corps: &entier{Reader: l, ctx: l.ctx}})
	case champ == "" || estFichier(l.partie):
		return nil // a file that was not chosen
	}
	valeur, err := io.ReadAll(io.LimitReader(l, *reste+1))
	switch {
	case err != nil:
		return err
	case int64(len(valeur)) > *reste:
		f.ajouter(champ, string(valeur))
		return champTropLong(champ)
	}
	*reste -= int64(len(valeur))
	f.valeurs.Add(champ, string(valeur))
	return nil
}

func estFichier(p *multipart.Part) bool {
	return strings.Contains(p.Header.Get("Content-Disposition"), "filename")
}

// lecture reads one part, and says in words what stops it.
type lecture struct {
	partie *multipart.Part
	brut   *constate
	ctx    context.Context
}

func (l lecture) Read(b []byte) (int, error) {
	n, err := l.partie.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = l.brut.traduire(err)
	}
	return n, err
}

// CorpsEntier is the body of a request that is one file.
func CorpsEntier(r *http.Request) io.Reader { return &entier{Reader: r.Body, ctx: r.Context()} }

// entier is a file that ends once who sends it has been looked at again (Revoir).
type entier struct {
	io.Reader
	ctx context.Context
	fin error
}

func (e *entier) Read(b []byte) (int, error) {
	if e.fin != nil {
		return 0, e.fin
	}
	n, err := e.Reader.Read(b)
	if err == io.EOF {
		e.fin = finir(e.ctx)
		err = e.fin
	}
	return n, err
}

// constate is a body that remembers whether it came whole.
type constate struct {
	io.ReadCloser
	faute error
}

func (c *constate) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		c.faute = err
	}
	return n, err
}

// traduire tells a body that was cut from one that came whole and is no form.
func (c *constate) traduire(err error) error {
	var refus *Refus
	switch {
	case c.faute == nil:
		return illisible(err)
	case errors.As(c.faute, &refus):
		return refus
	}
	return Interrompu(c.faute)
}

// LireFichier reads a small file into memory: one byte more than max at most, for who judges its size.
func LireFichier(f Fichier, max int64) ([]byte, error) {
	return io.ReadAll(io.LimitReader(f.Corps, max+1))
}

// illisible is the answer to a body that is no form; what says more is left as it is.
func illisible(err error) error {
	var refus *Refus
	if errors.As(err, &refus) {
		return err // too slow, too large, cut: that is told better
	}
	return &Refus{
		Etat: http.StatusBadRequest, Cause: err,
		Titre: modele.Texte{Fr: "Envoi illisible", En: "Unreadable"},
		Texte: modele.Texte{
			Fr: "Ce qui a été envoyé n'est pas un formulaire de ce site. Rouvrez la page, puis recommencez.",
			En: "What was sent is no form of this site. Open the page again, then try again.",
		},
	}
}

// Interrompu is the answer to a body that stopped on its way.
func Interrompu(cause error) *Refus {
	return &Refus{
		Etat: http.StatusBadRequest, Cause: cause,
		Titre: modele.Texte{Fr: "Envoi interrompu", En: "Cut short"},
		Texte: modele.Texte{
			Fr: "L'envoi s'est arrêté en chemin : ce qui arrivait n'est pas gardé. Vérifiez la connexion, puis recommencez.",
			En: "The sending stopped on its way: what was arriving is not kept. Check the connection, then try again.",
		},
	}
}

// Suivi returns the refusal with one more sentence.
func (r *Refus) Suivi(t modele.Texte) *Refus {
	suite := *r
	suite.Texte = modele.Texte{Fr: r.Texte.Fr + " " + t.Fr, En: r.Texte.En + " " + t.En}
	return &suite
}

func champTropLong(champ string) *Refus {
	return &Refus{
		champ: champ,
		Etat:  http.StatusRequestEntityTooLarge,
		Titre: modele.Texte{Fr: "Envoi trop volumineux", En: "Too large"},
		Texte: modele.Texte{
			Fr: fmt.Sprintf("Avec le champ « %.40s », ce que vous avez écrit dépasse %s : rien n'est envoyé. Revenez en arrière, raccourcissez-le, puis recommencez.", nettoyer(champ), Taille(maxChamps).Fr),
			En: fmt.Sprintf("With the field “%.40s”, what you have written is over %s: nothing is sent. Go back, shorten it, then try again.", nettoyer(champ), Taille(maxChamps).En),
		},
	}
}

func tropDeParties() *Refus {
	return &Refus{
		Etat:  http.StatusRequestEntityTooLarge,
		Titre: modele.Texte{Fr: "Envoi trop volumineux", En: "Too large"},
		Texte: modele.Texte{
			Fr: fmt.Sprintf("L'envoi compte plus de %d champs et fichiers. Envoyez-en moins à la fois.", maxParties),
			En: fmt.Sprintf("What was sent has more than %d fields and files. Send fewer at a time.", maxParties),
		},
	}
}
