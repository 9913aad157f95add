// Command guichet checks the files of Ségur numérique funding requests before they are deposited.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"

	"guichet/internal/portail/examen"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == examen.Commande {
		os.Exit(examiner())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	cobra.MousetrapHelpText = "" // its words for a double click are English: ours are in clicked.go
	os.Exit(runClicked(ctx, machine(), mousetrap.StartedByExplorer()))
}

// examiner is the process that the counter starts to examine an archive: no command for people.
func examiner() int {
	if err := examen.Repondre(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}
