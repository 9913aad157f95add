package compte

import (
	"context"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// revoir tells whether a person may still do what was allowed when the request began. The page that says why not shows what the
// person is by now.
func (s *Service) revoir(ctx context.Context, route web.Route, i Identite) error {
	encore, ok, err := s.identifierEncore(ctx, i)
	if err != nil {
		return err
	}
	if ok && encore.Peut(route.Acces) && (i.Role == "" || encore.Role != "") {
		return nil
	}
	web.Tracer(ctx, web.Trace{Genre: "acces.refuse", Objet: route.Motif})
	if !ok {
		web.Devenir(ctx, context.WithValue(ctx, cleIdentite{}, nil))
		return &sorti
	}
	web.Devenir(ctx, Avec(ctx, encore))
	return s.perdu(ctx, i, encore)
}

// perdu says what became of the right that a person had.
func (s *Service) perdu(ctx context.Context, i, encore Identite) error {
	if encore.MandatFini {
		chez, _, err := s.identifier(ctx, i.Compte, i.Mandataire, 0)
		switch {
		case err != nil:
			return err
		case chez.Suspendu:
			return &suspenduEnChemin
		case chez.Role != "":
			return &mandatRevoque
		}
	}
	switch {
	case encore.Suspendu:
		return &suspenduEnChemin
	case encore.Role != "":
		return &roleChange
	}
	return &retire
}

// enChemin is the answer to a file that came from who may no longer send it.
func enChemin(titre, pourquoi, quoi modele.Texte) web.Refus {
	return web.Refus{Etat: http.StatusForbidden, Titre: titre, Texte: modele.Texte{
		Fr: "Pendant que ce fichier arrivait, " + pourquoi.Fr + " : le fichier n'est pas gardé. " + quoi.Fr,
		En: "While this file was arriving, " + pourquoi.En + ": the file is not kept. " + quoi.En,
	}}
}

// The ways to lose a right while a file is on its way, each with what to do.
var (
	sorti = enChemin(modele.Texte{Fr: "Session terminée", En: "Session ended"},
		modele.Texte{Fr: "votre session a pris fin", En: "your session ended"},
		modele.Texte{Fr: "Connectez-vous de nouveau, puis recommencez l'envoi.", En: "Sign in again, then send it once more."})
	suspenduEnChemin = enChemin(modele.Texte{Fr: "Fournisseur suspendu", En: "Supplier suspended"},
		modele.Texte{Fr: "l'agence a suspendu ce fournisseur", En: "the agency suspended this supplier"},
		modele.Texte{Fr: "Vous suivez toujours ses demandes, et « Messages » mène à l'agence, qui dit pourquoi et peut le réactiver.", En: "You can still follow its requests, and “Messages” leads to the agency, which says why and can let it act again."})
	mandatRevoque = enChemin(modele.Texte{Fr: "Mandat terminé", En: "Mandate ended"},
		modele.Texte{Fr: "le mandat par lequel vous agissez a pris fin", En: "the mandate by which you act ended"},
		modele.Texte{Fr: "L'entreprise qui l'avait donné peut seule en donner un autre, depuis sa page « Mandats ». « Pour qui agir » vous ramène à la vôtre.", En: "Only the company that had given it can give another one, from its page “Mandates”. “For whom to act” leads back to yours."})
	roleChange = enChemin(modele.Texte{Fr: "Rôle changé", En: "Role changed"},
		modele.Texte{Fr: "votre rôle a changé, et ne permet plus cet envoi", En: "your role changed, and no longer allows this"},
		modele.Texte{Fr: "Un propriétaire de l'entreprise peut vous le rendre, depuis sa page « Personnes ».", En: "An owner of the company can give it back, from the page “People”."})
	retire = enChemin(modele.Texte{Fr: "Accès retiré", En: "Access taken away"},
		modele.Texte{Fr: "vous avez été retiré de la liste des personnes qui agissent ici", En: "you were taken off the list of those who act here"},
		modele.Texte{Fr: "Un propriétaire de l'entreprise peut vous inviter à nouveau.", En: "An owner of the company can invite you again."})
)
