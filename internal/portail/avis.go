package portail

import (
	"context"
	"io"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// maxAvisDehors is what one network may do in an hour on the pages that are behind links to opinions.
const maxAvisDehors = 300

// configAvis is what the room of opinions needs of the others.
func (p *Portail) configAvis() avis.Config {
	return avis.Config{
		Base: p.base, Maintenant: p.Maintenant, Adresse: p.Adresse, Agence: p.Agence, Delai: p.DelaiAvis, Examens: p.examens,
		Membres: func(ctx context.Context, q db.Lecteur) ([]compte.Membre, error) {
			return p.comptes.MembresAgence(ctx, q, etat.Instructeur|etat.Valideur|etat.Comptable)
		},
		Connu: p.comptes.Connu, Envoyer: p.envoyer, Donnees: p.suivis.Dehors, Pieces: p.annoncees,
		Ouvrir: func(ctx context.Context, d *instruction.Dossier, typ string) (*instruction.Piece, io.ReadSeekCloser, error) {
			return p.ouvrirPiece(ctx, d, typ, 0)
		},
		Freiner: nouveauFrein(p.Maintenant, maxAvisDehors).freiner,
	}
}

// annoncees lists the documents that a demande announces.
func (p *Portail) annoncees(ctx context.Context, d *instruction.Dossier) (annoncees []instruction.Piece, err error) {
	toutes, err := p.recues.Pieces(ctx, d.Fournisseur, d.Depot, d.Rang)
	for _, a := range toutes {
		x := instruction.Piece{Type: a.Type, Nature: pieces.Nature(a.Type), Nom: a.Attendu}
		x.Ton, x.Etat = a.Situation()
		if a.Etat == pieces.Recue {
			x.Format, x.Recu = a.Format, a.Recu
		}
		annoncees = append(annoncees, x)
	}
	return annoncees, err
}

// aFaireAvis is what is asked of somebody by others who examine.
func (p *Portail) aFaireAvis(ctx context.Context, i compte.Identite) ([]web.Lien, error) {
	if !i.DeAgence() {
		return nil, nil
	}
	n, err := p.avis.Compter(ctx, i.Compte, instruction.MaxCompte+1)
	if err != nil || n == 0 {
		return nil, err
	}
	return []web.Lien{{Adresse: "/avis", Nom: auPlus(int64(n), modele.Texte{Fr: "avis qui vous est demandé", En: "opinion that you are asked for"}, modele.Texte{Fr: "avis qui vous sont demandés", En: "opinions that you are asked for"})}}, nil
}
