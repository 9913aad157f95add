package attente_test

import (
	"net"
	"strconv"
	"testing"

	"guichet/internal/attente"
)

// An address is free, and none that the system gives to others of itself.
func TestAdresse(t *testing.T) {
	t.Parallel()
	for range 20 {
		adresse, err := attente.Adresse()
		if err != nil {
			t.Fatal(err)
		}
		_, port, err := net.SplitHostPort(adresse)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := strconv.Atoi(port); err != nil || n < 12000 || n >= 32000 {
			t.Errorf("port %s, %v", port, err)
		}
	}
}
