package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"guichet/internal/portail/etat"
)

// mention is the sentence that an order form must have (§1.2).
const mention = "Montant pris en charge par l'Etat au titre du Ségur de la santé"

// commande is what an order form is made from: what the demande says.
type commande struct {
	NumeroEditeur string
	Commande      struct {
		DateCommande   string
		RegimeTVA      string
		MontantSegurHT json.Number
	}
	Beneficiaires struct {
		EtablissementsClients []struct {
			FINESSJuridique, NomResponsableOG string
			FINESSGeos                        []string
		}
	}
	ScenarioInstallation []struct {
		FINESSGeo, AncienneVersion, ProfilMetier string
		IsMaitreId                               bool
	}
}

// commandeDe reads what a demande of the example says.
func (p *recit) commandeDe(c etat.Cle) (x commande, err error) {
	octets, err := p.Suivi.Octets(p.ctx, c)
	if err == nil {
		err = json.Unmarshal(octets, &x)
	}
	return x, err
}

// centimes is the amount before tax, 0 for what is none.
func (c *commande) centimes() (n int64) {
	entier, apres, _ := strings.Cut(c.Commande.MontantSegurHT.String(), ".")
	var e, a int64
	_, _ = fmt.Sscan(entier, &e)
	_, _ = fmt.Sscan(apres, &a)
	return 100*e + a
}

// ecart is what is wrong with an order form of the example.
type ecart int

const (
	sansEcart ecart = iota
	sansMention
	autreMontant
	sansSignature
)

// euros writes cents as a bill does.
func euros(n int64) string {
	t := fmt.Sprintf("%d,%02d EUR", n/100, n%100)
	if n >= 100_000 {
		t = fmt.Sprintf("%d %03d,%02d EUR", n/100_000, n/100%1000, n%100)
	}
	return t
}

// bon is a PDF that is being written.
type bon struct {
	*fpdf.Fpdf
	c *commande
}

// bonDeCommande makes an order form of three pages: what is bought, with its prices; where it is installed; who signed. What is made of the
// same at the same time is the same, byte for byte.
func bonDeCommande(c *commande, e ecart, fait time.Time) ([]byte, error) {
	b := &bon{fpdf.New("P", "mm", "A4", ""), c}
	b.SetCatalogSort(true)
	b.SetCreationDate(fait)
	b.SetModificationDate(fait)
	b.SetMargins(20, 20, 20)
	b.SetAutoPageBreak(true, 20)
	b.AliasNbPages("{pages}")
	b.SetFooterFunc(func() {
		b.SetY(-15)
		b.SetFont("Helvetica", "", 8)
		b.CellFormat(0, 5, latin1(fmt.Sprintf("Document fictif, pour une démonstration - page %d sur {pages}", b.PageNo())), "", 0, "C", false, 0, "")
	})
	b.lignes(e)
	b.sites()
	b.signatures(e)
	var sortie bytes.Buffer
	err := b.Output(&sortie)
	return sortie.Bytes(), err
}

func (b *bon) titre(t string) {
	b.AddPage()
	b.SetFont("Helvetica", "B", 16)
	b.MultiCell(0, 9, latin1(t), "", "L", false)
	b.SetFont("Helvetica", "", 10)
	b.Ln(3)
}

func (b *bon) phrase(t string) { b.MultiCell(0, 5.5, latin1(t), "", "L", false) }

// rangee writes one row of the table of prices.
func (b *bon) rangee(gras string, cases ...string) {
	b.SetFont("Helvetica", gras, 10)
	for i, t := range cases {
		large, cote := 30.0, "R"
		if i == 0 {
			large, cote = 80, "L"
		}
		b.CellFormat(large, 7, latin1(t), "1", 0, cote, false, 0, "")
	}
	b.Ln(7)
}

// lignes is the page of what is bought: each line before tax, the tax, and after it.
func (b *bon) lignes(e ecart) {
	b.titre("Bon de commande " + b.c.NumeroEditeur)
	b.phrase("Fournisseur : ÉDITEUR D'EXEMPLE, 1 rue de l'Exemple, 99000 EXEMPLE\nDate de la commande : " + b.c.Commande.DateCommande)
	for _, og := range b.c.Beneficiaires.EtablissementsClients {
		b.phrase("Client : organisme gestionnaire FINESS " + og.FINESSJuridique + ", représenté par " + og.NomResponsableOG)
	}
	b.Ln(4)
	total := b.c.centimes()
	if e == autreMontant {
		total -= 10_000
	}
	b.rangee("B", "Désignation", "HT", "TVA", "TTC")
	reste := total
	for i, nom := range []string{"Licence du dossier usager informatisé", "Reprise des données", "Formation des professionnels", "Installation et paramétrage"} {
		part := total / 10 * int64(4-i)
		if i == 3 {
			part = reste
		}
		reste -= part
		b.rangee("", nom, euros(part), euros(b.tva(part)), euros(part+b.tva(part)))
	}
	b.rangee("B", "Total", euros(total), euros(b.tva(total)), euros(total+b.tva(total)))
	b.Ln(4)
	b.SetFont("Helvetica", "", 10)
	if e != sansMention {
		b.phrase(mention + " : " + euros(total) + " hors taxe.")
	}
	b.phrase("Reste à la charge du client : 0,00 EUR.")
}

// tva is the tax on an amount, where the supplier has any.
func (b *bon) tva(n int64) int64 {
	if b.c.Commande.RegimeTVA == "HT" {
		return 0
	}
	return (n*20 + 50) / 100
}

// sites is the page of the installations.
func (b *bon) sites() {
	b.titre("Annexe 1 : établissements équipés")
	for _, s := range b.c.ScenarioInstallation {
		role := "esclave"
		if s.IsMaitreId {
			role = "maître"
		}
		b.phrase(fmt.Sprintf("FINESS %s : ancienne version %s, profil %s, référentiel d'identité %s.", s.FINESSGeo, s.AncienneVersion, s.ProfilMetier, role))
	}
	b.Ln(3)
	b.phrase("Le fournisseur installe la version référencée, reprend les données et forme les professionnels dans les douze mois qui suivent la commande. Le client laisse l'accès à ses locaux et à ses postes.")
}

// signatures is the page of who signed, and when.
func (b *bon) signatures(e ecart) {
	b.titre("Annexe 2 : conditions et signatures")
	b.phrase("Le client atteste ne pas avoir commandé la même prestation à un autre fournisseur au titre du même programme.")
	b.Ln(8)
	for _, og := range b.c.Beneficiaires.EtablissementsClients {
		if e == sansSignature {
			b.phrase("Pour le client, " + og.NomResponsableOG + " : ")
			continue
		}
		b.phrase("Pour le client, " + og.NomResponsableOG + " : lu et approuvé, signé le " + b.c.Commande.DateCommande)
	}
	b.Ln(8)
	b.phrase("Pour le fournisseur, Paula Exemple : signé le " + b.c.Commande.DateCommande)
}
