// Package navigateur opens pages in a real Chromium for tests: what a person sees, whether the page is
// accessible, and whether it asks the network for anything. It is imported by tests alone.
package navigateur

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// deadline bounds one browser: a test that hangs ends with a message instead of the run.
const deadline = 5 * time.Minute

// Browser is one running Chromium with a profile of its own. It closes with the test.
type Browser struct{ ctx context.Context }

// Start runs Chromium. With -short the test is skipped; without Chromium it fails.
func Start(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is not in PATH: `make check` installs it")
	}
	bounded, stop := context.WithTimeout(context.Background(), deadline)
	allocator, end := chromedp.NewExecAllocator(bounded, options(program, t.TempDir())...)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // lets the browser write its profile and leave
		quit()
		end()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	return &Browser{ctx}
}

// options keep the browser from asking the network anything of its own.
func options(program, profile string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)
}

// axe returns the source of axe-core, which checks a page against the accessibility rules (WCAG).
func axe(t testing.TB) string {
	t.Helper()
	cache := os.Getenv("GUICHET_CACHE")
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			t.Fatalf("find the cache folder: %v", err)
		}
		cache = filepath.Join(user, "guichet")
	}
	script, err := os.ReadFile(filepath.Join(cache, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("read axe-core (`make check` installs it): %v", err)
	}
	return string(script)
}
