package demo

import (
	"bytes"
	"testing"

	"guichet/piece"
)

// Order forms of the example have several pages and are documents that the counter accepts; so is the scan.
func TestOrderForm(t *testing.T) {
	t.Parallel()
	c := &commande{NumeroEditeur: "00001"}
	c.Commande.MontantSegurHT = "4866.67"
	for _, e := range []ecart{sansEcart, sansMention, autreMontant, sansSignature} {
		octets, err := bonDeCommande(c, e)
		if g, faute := piece.Examiner(octets, piece.Accepter); err != nil || g != piece.PDF || faute != nil || !bytes.Contains(octets, []byte("/Count 3")) {
			t.Errorf("%d: %v, %v, %v", e, g, faute, err)
		}
	}
	octets, err := scan()
	if g, faute := piece.Examiner(octets, piece.Accepter); err != nil || g != piece.PNG || faute != nil {
		t.Errorf("scan: %v, %v, %v", g, faute, err)
	}
	if n := c.centimes(); n != 486667 || euros(n) != "4 866,67 EUR" || euros(5) != "0,05 EUR" {
		t.Errorf("%d, %s", n, euros(n))
	}
}
