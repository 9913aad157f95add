//go:build !unix

package essai

import "os/exec"

// commeUtilisateur does nothing here: there is no root.
func commeUtilisateur(*exec.Cmd, string) error { return nil }
