//go:build !windows

package carnet

import (
	"os"
	"strings"
)

// machine reads the name that systemd gives to a machine. macOS has none in a file: there the folder alone counts.
func machine() string {
	nom, err := os.ReadFile("/etc/machine-id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(nom))
}
