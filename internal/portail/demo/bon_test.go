package demo

import (
	"bytes"
	"testing"
	"time"

	"guichet/piece"
)

// Order forms of the example have several pages and are documents that the counter accepts; so is the scan.
func TestOrderForm(t *testing.T) {
	t.Parallel()
	c := &commande{NumeroEditeur: "00001"}
	c.Commande.MontantSegurHT = "4866.67"
	fait := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, e := range []ecart{sansEcart, sansMention, autreMontant, sansSignature} {
		octets, err := bonDeCommande(c, e, fait)
		if g, faute := piece.Examiner(octets, piece.Accepter); err != nil || g != piece.PDF || faute != nil || !bytes.Contains(octets, []byte("/Count 3")) {
			t.Errorf("%d: %v, %v, %v", e, g, faute, err)
		}
		encore, err := bonDeCommande(c, e, fait)
		if err != nil || !bytes.Equal(octets, encore) {
			t.Errorf("%d: made again, it is another document: %v", e, err)
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
