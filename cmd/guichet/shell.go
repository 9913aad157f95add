package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// completion builds the command that writes the completion script of a shell.
func (p *program) completion() *cobra.Command {
	shells := map[string]func(*cobra.Command, *bytes.Buffer) error{
		"bash":       func(root *cobra.Command, b *bytes.Buffer) error { return root.GenBashCompletionV2(b, true) },
		"zsh":        func(root *cobra.Command, b *bytes.Buffer) error { return root.GenZshCompletion(b) },
		"fish":       func(root *cobra.Command, b *bytes.Buffer) error { return root.GenFishCompletion(b, true) },
		"powershell": func(root *cobra.Command, b *bytes.Buffer) error { return root.GenPowerShellCompletionWithDesc(b) },
	}
	names := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion " + strings.Join(names, "|"),
		Short: p.t("Écrit le script qui complète les commandes dans le shell", "Write the script that completes commands in the shell"),
		Example: p.examples(
			"source <(guichet completion bash)", "dans cette session bash", "in this bash session",
			"guichet completion bash > ~/.local/share/bash-completion/completions/guichet", "bash, pour toujours", "bash, for good",
			"guichet completion zsh > \"${fpath[1]}/_guichet\"", "zsh, pour toujours", "zsh, for good",
			"guichet completion fish > ~/.config/fish/completions/guichet.fish", "fish, pour toujours", "fish, for good",
			"guichet completion powershell | Out-String | Invoke-Expression", "dans cette session PowerShell", "in this PowerShell session",
		),
		ValidArgs: names,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 || shells[args[0]] == nil {
				return usageError{c.CommandPath(), p.errorf("indiquez un shell : %s", "name a shell: %s", p.or(names))}
			}
			var b bytes.Buffer
			if err := shells[args[0]](c.Root(), &b); err != nil {
				return fmt.Errorf("guichet completion: %w", err)
			}
			return p.emitBytes("", b.Bytes())
		},
	}
}
