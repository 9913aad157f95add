package demo

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"guichet/archive"
	"guichet/internal/corpus"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/pieces"
	"guichet/internal/portail/suivi"
)

// graine is the seed of all that the example draws.
const graine = 20261

// envoi is a file that a supplier deposits.
type envoi struct {
	jours              int // ago
	demandes, fautives int
	numeroAns, siret   string
	coupe              bool // the file ends too early
	depuis             int  // how many demandes the files of the software had before; 0 for as many as they had
}

// campagne are the files of the software of the first supplier, in their order; distribution is the other one's, and conteste its second one,
// which orders what the last demande of the fourth file orders.
var (
	campagne = []envoi{
		{jours: 41, demandes: 8},
		{jours: 34, demandes: 12, fautives: 4},
		{jours: 27, demandes: 6, coupe: true},
		{jours: 26, demandes: 6},
		{jours: 13, demandes: 5},
		{jours: 6, demandes: 10, fautives: 5},
		{jours: 1, demandes: 4},
	}
	distribution = envoi{jours: 8, demandes: 3, numeroAns: "ANS0000002", siret: distributeur.SIRET}
	conteste     = envoi{jours: 4, demandes: 1, numeroAns: "ANS0000002", siret: distributeur.SIRET, depuis: 25}
)

// forme is the file, for a software whose files had so many demandes before.
func (e envoi) forme(depuis int) corpus.Forme {
	return corpus.Forme{
		Demandes: e.demandes, OGs: 1, ESMS: 1 + e.jours%2, Indente: true, Fautives: e.fautives, Graine: graine + uint64(e.jours),
		NumeroAns: e.numeroAns, SIRET: e.siret, Depuis: depuis,
	}
}

// deposer makes a file of the next demandes of a software and deposits it.
func (p *recit) deposer(i compte.Identite, e envoi) *depot.Depot {
	if p.err != nil {
		return &depot.Depot{}
	}
	e.numeroAns = cmp.Or(e.numeroAns, "ANS0000001")
	p.le(e.jours, 10)
	octets := corpus.Fichier(e.forme(cmp.Or(e.depuis, p.depuis[e.numeroAns])))
	p.depuis[e.numeroAns] += e.demandes
	if e.coupe {
		octets = octets[:len(octets)*2/3]
		p.depuis[e.numeroAns] -= e.demandes // a rejected file uses no number
	}
	d, err := p.Depots.Deposer(p.ctx, depot.Envoi{
		Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Type: depot.Avance, NumeroAns: e.numeroAns,
		Nom:   fmt.Sprintf("JSON-%s-%s-001.json", e.numeroAns, p.jour.AddDate(0, 0, -e.jours).Format("20060102")),
		Corps: bytes.NewReader(octets), Taille: int64(len(octets)),
	})
	if p.rater("deposit", err) {
		return &depot.Depot{}
	}
	return d
}

// documents sends an archive of the documents of a deposit, an hour later; choisir may change one, or leave it out.
func (p *recit) documents(i compte.Identite, d *depot.Depot, jours int, choisir func(rang int, nom string, octets []byte) []byte) {
	if p.err != nil {
		return
	}
	p.le(jours, 11)
	attendus, err := p.Pieces.Pieces(p.ctx, i.Fournisseur, d.ID, -1)
	if p.rater("list the documents", err) {
		return
	}
	var contenus []archive.Contenu
	for _, a := range attendus {
		octets, err := p.document(d, a)
		if p.rater("make a document", err) {
			return
		}
		octets = choisir(a.Rang, a.Attendu, octets)
		if octets == nil {
			continue
		}
		contenus = append(contenus, archive.Contenu{
			Nom: a.Attendu, Taille: int64(len(octets)), CRC: crc32.ChecksumIEEE(octets),
			Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(octets)), nil },
		})
	}
	var b bytes.Buffer
	if p.rater("make an archive", archive.Ecrire(p.ctx, &b, contenus)) {
		return
	}
	p.envoyer(i, d, fmt.Sprintf("pieces-%s.zip", d.ImpID()), b.Bytes())
}

// envoyer sends an archive or a document, and has it examined at once.
func (p *recit) envoyer(i compte.Identite, d *depot.Depot, nom string, octets []byte) {
	if p.err != nil {
		return
	}
	a, err := p.Pieces.Recevoir(p.ctx, pieces.Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Depot: d.ID, Nom: nom, Corps: bytes.NewReader(octets)})
	if err == nil {
		err = p.Pieces.Examiner(p.ctx, pieces.Examen{Archive: a.ID})
	}
	p.rater("send documents", err)
}

// document makes what a demande announces: an order form that says what the demande says, but for one in four that has something amiss.
func (p *recit) document(d *depot.Depot, a pieces.Piece) ([]byte, error) {
	if strings.HasPrefix(a.Type, "PREUVE") {
		return pdf("Preuve du régime hors taxes", a.Attendu, "Demande "+a.Numero, "Document fictif, pour une démonstration."), nil
	}
	c, err := p.commandeDe(etat.Cle{Depot: d.ID, Rang: a.Rang})
	if err != nil {
		return nil, err
	}
	ecarts := map[int]ecart{4: sansMention, 9: autreMontant, 12: sansSignature, 13: sansSignature}
	return bonDeCommande(&c, ecarts[(int(d.ID)*5+a.Rang)%15], p.Scene.Maintenant())
}

// toutes keeps each document as it is.
func toutes(_ int, _ string, octets []byte) []byte { return octets }

// mener leads demandes of a deposit to a state.
func (p *recit) mener(d *depot.Depot, jours int, a etat.Etat, par compte.Identite, motif string, rangs ...int) {
	if p.err != nil {
		return
	}
	p.le(jours, 15)
	acteur := etat.Fournisseur
	switch {
	case par.Compte == 0:
		acteur = etat.Programme
	case par.Role.DeAgence():
		acteur = etat.Agence
	}
	err := p.Base.Ecrire(p.ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, rang := range rangs {
			if a == etat.AModifier { // the date of the order, too, may be corrected
				if err := p.Suivi.Ouvrir(ctx, tx, suivi.Cle{Depot: d.ID, Rang: rang}, []string{"/commande/dateCommande"}); err != nil {
					return err
				}
			}
		}
		return p.Suivi.Changer(ctx, tx, suivi.Changement{
			Fournisseur: d.Fournisseur, Depot: d.ID, Rangs: rangs, A: a, Par: acteur, Compte: par.Compte, Motif: motif,
		})
	})
	p.rater(fmt.Sprintf("lead requests of %s to %q", d.ImpID(), a), err)
}
