package depot

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"guichet/controle"
	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/modele"
)

// Recontrole is what the controls of a deposit find in one demande alone.
type Recontrole struct {
	Apercu    controle.Apercu
	ESMS      []string          // FINESS géographiques that it claims
	Anomalies []diag.Diagnostic // those that refuse it; by pointers into a file of one demande
}

// Recontroler makes the controls of a deposit on one of its demandes alone, whose bytes are given, with the registers of now. What others
// used and claimed is not asked: its number is its own, and an ESMS that others claim refuses nothing.
func (s *Service) Recontroler(ctx context.Context, fournisseur, id int64, demande []byte, l modele.Langue) (*Recontrole, error) {
	d, err := s.Depot(ctx, fournisseur, id)
	if err != nil {
		return nil, err
	}
	sv, err := s.savoirDe(ctx, d)
	if err != nil {
		return nil, err
	}
	sv.jeu, _ = s.registres.Actuels(ctx)
	octets, err := s.seule(d, sv.siret, demande)
	if err != nil {
		return nil, err
	}
	x := &Recontrole{}
	return x, s.avecOctets(ctx, fournisseur, octets, func(p *place) error {
		o := sv.options(d)
		o.Nom = ""
		x.lire(p.c.Controler(p.octets, o), l)
		return nil
	})
}

// lire keeps of a report what outlives its place.
func (x *Recontrole) lire(r *controle.Rapport, l modele.Langue) {
	f := r.Fichier(l)
	for o := range f.All() {
		if o.Gravite >= modele.Erreur {
			x.Anomalies = append(x.Anomalies, *o.Diagnostic)
		}
	}
	if r.Demandes() != 1 {
		return
	}
	x.Apercu = r.Apercu(0)
	r.ESMS(0, func(finess []byte) { x.ESMS = append(x.ESMS, string(finess)) })
}

// seule writes the file of a demande alone.
func (s *Service) seule(d *Depot, siret string, demande []byte) ([]byte, error) {
	entete := map[string]string{s.modele.NomDe("numeroAns"): d.NumeroAns, s.modele.NomDe("SIRET"): siret}
	var b bytes.Buffer
	for i, c := range s.modele.EnTete {
		b.WriteByte("{,"[min(i, 1)])
		fmt.Fprintf(&b, "%q:", c.Balise)
		texte, connu := entete[c.Balise]
		switch {
		case c.Balise == s.modele.Lignes:
			b.WriteByte('[')
			b.Write(demande)
			b.WriteByte(']')
		case connu:
			octets, err := json.Marshal(texte)
			if err != nil {
				return nil, fmt.Errorf("write the file of a demande: %w", err)
			}
			b.Write(octets)
		default:
			b.WriteString("null")
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Reclamer has a demande claim other ESMS than before, in the transaction that gives it other values. What its deposit claimed must have
// been put in its place (RangerESMS).
func (s *Service) Reclamer(ctx context.Context, tx *sql.Tx, depot int64, rang int, avant, apres []string) error {
	place := depot*rangs + int64(rang)
	for _, f := range avant {
		if err := db.Poser(ctx, tx, `DELETE FROM esms WHERE finess = $1 AND place = $2`, cle([]byte(f)), place); err != nil {
			return fmt.Errorf("take back what a demande claims: %w", err)
		}
	}
	var b [32]byte
	for _, f := range apres {
		n := cle([]byte(f))
		if n == 0 {
			continue
		}
		if err := db.Poser(ctx, tx, `INSERT INTO esms (finess, place) VALUES ($1, $2) ON CONFLICT DO NOTHING`, n, place); err != nil {
			return fmt.Errorf("store what a demande claims: %w", err)
		}
		s.filtre.ajouter(cleESMS(b[:], n)) // what is not committed after all is only asked for in vain
	}
	return nil
}
