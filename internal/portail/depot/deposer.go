package depot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"guichet/internal/portail/fichier"
	"guichet/internal/portail/quota"
	"guichet/modele"
)

var tropLourd = Refuse{modele.Texte{
	Fr: "Le fichier dépasse 20 Mo, la taille acceptée. Répartissez ses demandes dans plusieurs fichiers.",
	En: "The file exceeds 20 MB, the size that is accepted. Divide its requests between several files.",
}}

// Deposer controls a file and stores it. When it returns a Depot, that Depot is durable. A Refuse says why nothing was
// taken.
func (s *Service) Deposer(ctx context.Context, e Envoi) (*Depot, error) {
	d, sv, err := s.accueillir(ctx, e)
	if err != nil {
		return nil, err
	}
	if max(e.Taille, 1) > sv.reste { // before it is sent for nothing
		return nil, Refuse{quota.Texte}
	}
	rendre, err := attendre(ctx, s.receptions, d.Fournisseur, false)
	if err != nil {
		return nil, err
	}
	defer rendre()
	s.enCours.Add(1)
	defer s.enCours.Add(-1)
	ctx, lacher := s.fichiers.Tenir(ctx)
	defer lacher()
	c, err := s.prendre(ctx, d, e, sv)
	switch {
	case errors.Is(err, fichier.ErrTropLourd):
		return nil, tropLourd
	case err != nil:
		return nil, fmt.Errorf("receive a file: %w", err)
	}
	if err := s.deposer(ctx, d, c); err != nil {
		return nil, fmt.Errorf("deposit a file: %w", err)
	}
	return d, nil
}

// accueillir looks at what is declared, before anything of the file is read.
func (s *Service) accueillir(ctx context.Context, e Envoi) (*Depot, *savoir, error) {
	if err := e.verifier(); err != nil {
		return nil, nil, err
	}
	d := &Depot{
		Fournisseur: e.Fournisseur, Compte: e.Compte, Mandataire: e.Mandataire, Type: e.Type, NumeroAns: e.NumeroAns,
		Edition: s.modele.Edition, Nom: e.Nom, Recu: s.maintenant(), Mentions: s.mentions,
	}
	sv, err := s.admettre(ctx, d)
	return d, sv, err
}

// Presse tells whether more people wait for the answer to their file than there are processors: what nobody waits for
// had better come later.
func (s *Service) Presse() bool { return s.enCours.Load() > int64(s.processeurs) }

// maxNom is the longest name of a file, in bytes.
const maxNom = 255

func (e *Envoi) verifier() error {
	switch {
	case e.Taille > MaxOctets:
		return tropLourd
	case e.Type == Solde:
		return Refuse{modele.Texte{
			Fr: "Les demandes de solde ne se déposent pas encore ici. Choisissez « avance ».",
			En: "Balance requests cannot be deposited here yet. Choose “avance”.",
		}}
	case e.Type != Avance:
		return Refuse{modele.Texte{
			Fr: "Choisissez le type du dépôt : « avance ».",
			En: "Choose the type of the deposit: “avance”.",
		}}
	case e.Nom == "" || len(e.Nom) > maxNom || !utf8.ValidString(e.Nom) || strings.ContainsRune(e.Nom, 0):
		return Refuse{modele.Texte{
			Fr: "Le fichier n'a pas de nom utilisable. Nommez-le JSON-numeroAns-AAAAMMJJ-nnn.json.",
			En: "The file has no usable name. Call it JSON-numeroAns-AAAAMMJJ-nnn.json.",
		}}
	}
	return nil
}

// deposer stores a controlled file.
func (s *Service) deposer(ctx context.Context, d *Depot, c *controlee) error {
	var stocke Depot
	err := s.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		stocke = *d // a transaction may run again
		stocke.recevoir(c)
		return s.enregistrer(ctx, tx, &stocke, c)
	})
	*d = stocke
	if d.DejaDepose {
		return err
	}
	s.filtre.noter(d, c) // after an error too: the commit may have come through
	s.arrivees.Add(1)
	s.attendent.Add(1)
	return err
}
