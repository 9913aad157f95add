package diag

import (
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"strings"
)

// uri writes a path as a URI reference with forward slashes (RFC 3986): relative where the path is, so
// that a service finds the file in its own checkout.
func uri(name string) string {
	if runtime.GOOS == "windows" {
		return windowsURI(name)
	}
	return slashURI(path.Clean(name))
}

func slashURI(p string) string {
	if path.IsAbs(p) {
		return (&url.URL{Scheme: "file", Path: p}).String()
	}
	return (&url.URL{Path: p}).String()
}

// windowsURI writes a path of Windows: backslashes, a drive (file:///C:/a.json), a machine (file://serveur/part/a.json),
// or the prefix of long paths before either.
func windowsURI(name string) string {
	p := strings.ReplaceAll(name, `\`, "/")
	if long, ok := strings.CutPrefix(p, "//?/"); ok {
		if p = long; strings.HasPrefix(p, "UNC/") {
			p = "//" + strings.TrimPrefix(p, "UNC/")
		}
	}
	host, rest, _ := strings.Cut(strings.TrimPrefix(p, "//"), "/")
	switch {
	case strings.HasPrefix(p, "//") && host != "":
		return (&url.URL{Scheme: "file", Host: host, Path: path.Clean("/" + rest)}).String()
	case len(p) > 2 && p[1] == ':' && p[2] == '/':
		return slashURI("/" + path.Clean(p))
	}
	return slashURI(path.Clean(p))
}

// slashed is a path with forward slashes and without "." segments.
func slashed(name string) string { return path.Clean(filepath.ToSlash(name)) }
