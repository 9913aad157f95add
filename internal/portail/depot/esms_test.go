package depot

import (
	"slices"
	"testing"
)

// What a demande claims is what is put in its place: the numbers that are FINESS numbers, nothing for another text; what is damaged is told,
// wherever it is cut, and never taken for a number.
func TestClaimsAreKeptWhole(t *testing.T) {
	t.Parallel()
	var c controlee
	for rang, finess := range []string{"", "99000000", "9900000010", "99000000é", "-90000001"} {
		if c.reclamer(rang, []byte(finess)); len(c.esms) > 0 {
			t.Errorf("%q is claimed", finess)
		}
	}
	c.reclamer(0, []byte("990000001"))
	c.reclamer(300, []byte("2A0000001"))
	toutes, err := lireContenu(nil, 7, c.esms)
	veut := []reclamation{{cle([]byte("990000001")), 7 * rangs}, {cle([]byte("2A0000001")), 7*rangs + 300}}
	if err != nil || !slices.Equal(toutes, veut) {
		t.Errorf("%v, %v; want %v", toutes, err, veut)
	}
	premiere := slices.IndexFunc(c.esms[1:], func(o byte) bool { return o < 0x80 }) + 2
	for fin := range c.esms {
		if _, err := lireContenu(nil, 7, c.esms[:fin]); (err == nil) != (fin == 0 || fin == premiere) {
			t.Errorf("cut after %d bytes of %d: %v", fin, len(c.esms), err)
		}
	}
	trop := []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}
	for _, faux := range [][]byte{trop, append([]byte{0}, trop...)} {
		if _, err := lireContenu(nil, 7, faux); err == nil {
			t.Errorf("%x is read", faux)
		}
	}
}
