package diag

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// uri writes a path as a URI reference with forward slashes (RFC 3986): relative where the path is, so
// that a service finds the file in its own checkout.
func uri(name string) string {
	p := slashed(name)
	if filepath.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(p, "/")}).String()
	}
	return (&url.URL{Path: p}).String()
}

// slashed is a path with forward slashes and without "." segments.
func slashed(name string) string { return path.Clean(filepath.ToSlash(name)) }
