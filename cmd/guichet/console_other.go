//go:build !windows

package main

import "os"

// understandsColours: a terminal does; TERM=dumb is looked at where colours are chosen.
func understandsColours(*os.File) bool { return true }
