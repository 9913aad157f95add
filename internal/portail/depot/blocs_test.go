package depot

import "testing"

// A filter that is as full as it may be has every key that was added, and takes few others for one of them.
func TestBlocs(t *testing.T) {
	t.Parallel()
	const cles = 1 << 18
	b := nouveauxBlocs(cles)
	var s [32]byte
	for i := range int64(cles / 2) {
		b.ajouter(cleESMS(s[:], 10_000_000+i))
		b.ajouter(cleNumeros(s[:], i, "A1B"))
	}
	for i := range int64(cles / 2) {
		if !b.peut(cleESMS(s[:], 10_000_000+i)) {
			t.Fatalf("the ESMS %d was added, and is not there", 10_000_000+i)
		}
		if !b.peut(cleNumeros(s[:], i, "A1B")) {
			t.Fatalf("number %d was added, and is not there", i)
		}
	}
	pris := 0
	for i := range int64(cles) {
		if b.peut(cleESMS(s[:], 500_000_000+i)) {
			pris++
		}
	}
	if pris > cles/2000 {
		t.Errorf("%d of %d keys that were never added may be there", pris, cles)
	}
}
