package tache

import (
	"context"
	"log/slog"
)

// discret keeps of River's log what someone has to look at: that it starts and how much it does is told by the figures.
type discret struct{ slog.Handler }

// Enabled tells whether a line of that level is kept.
func (d discret) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && d.Handler.Enabled(ctx, l)
}

// WithAttrs is that of the handler, as discreet.
func (d discret) WithAttrs(a []slog.Attr) slog.Handler { return discret{d.Handler.WithAttrs(a)} }

// WithGroup is that of the handler, as discreet.
func (d discret) WithGroup(nom string) slog.Handler { return discret{d.Handler.WithGroup(nom)} }
