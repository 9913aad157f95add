package antivirus

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// Analyser looks for a virus in a document and returns its name, "" for none; nil looks for nothing.
type Analyser func(ctx context.Context, document io.Reader) (virus string, err error)

// Document refuses a document in which something is found, and one that nobody could look at, before it is kept.
func (a Analyser) Document(ctx context.Context, octets []byte) error {
	if a == nil {
		return nil
	}
	virus, err := a(ctx, bytes.NewReader(octets))
	switch {
	case err != nil:
		return &web.Refus{
			Etat: http.StatusServiceUnavailable, Cause: err, Attendre: 60,
			Titre: modele.Texte{Fr: "Le document n'a pas pu être analysé", En: "The document could not be scanned"},
			Texte: modele.Texte{Fr: "L'antivirus du guichet ne répond pas : rien n'est gardé. Réessayez dans quelques minutes.", En: "The counter's antivirus does not answer: nothing is kept. Try again in a few minutes."},
		}
	case virus != "":
		return &web.Refus{
			Etat:  http.StatusUnprocessableEntity,
			Titre: modele.Texte{Fr: "Document refusé", En: "Document refused"},
			Texte: modele.Texte{Fr: "L'antivirus y reconnaît " + virus + " : rien n'est gardé. Analysez votre poste, puis envoyez un document sain.", En: "The antivirus finds " + virus + " in it: nothing is kept. Scan your computer, then send a sound document."},
		}
	}
	return nil
}
