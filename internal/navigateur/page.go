package navigateur

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// View is how a page is looked at.
type View struct {
	Width, Height int  // in CSS pixels; 1280 × 800 for zero
	Dark          bool // prefers-color-scheme: dark
	Print         bool // the print style
	SansScript    bool // the scripts of the page do not run
}

// Page is an open page. Context carries on with chromedp: clicks, keys, waits.
type Page struct {
	Context context.Context

	mu       sync.Mutex
	requests []string
	errors   []string
	dialogs  []string
}

// Open loads an address in a tab of its own, with cookies of its own, and waits until it is loaded.
func (b *Browser) Open(t testing.TB, url string, v View) *Page {
	t.Helper()
	p := &Page{}
	ctx, closeTab := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(closeTab)
	p.Context = ctx
	if err := p.prepare(v); err != nil {
		t.Fatalf("prepare the view: %v", err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatalf("open %s: %v", url, err)
	}
	return p
}

func (p *Page) prepare(v View) error {
	if v.Width == 0 {
		v.Width, v.Height = 1280, 800
	}
	if err := chromedp.Do(p.Context, chromedp.EmulateViewport(int64(v.Width), int64(max(v.Height, 800)))); err != nil {
		return err
	}
	// A page that scrolls smoothly moves under a click, which then hits something else: pages are asked to move at once.
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if v.Dark {
		media.Features[0].Value = "dark"
	}
	if v.Print {
		media.Media = "print"
	}
	if _, err := chromedp.Call(p.Context, emulation.SetEmulatedMedia, media); err != nil {
		return err
	}
	if _, err := chromedp.Call(p.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.SansScript}); err != nil {
		return err
	}
	_, err := chromedp.Call(p.Context, network.Enable, network.EnableParams{})
	return err
}

// listen notes what the page asks for and what goes wrong in it.
func (p *Page) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			p.errors = append(p.errors, e.Entry.Text)
		}
	case *runtime.EventExceptionThrown:
		p.errors = append(p.errors, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			p.errors = append(p.errors, fmt.Sprintf("console.%s", e.Type))
		}
	case *page.EventJavascriptDialogOpening:
		p.dialogs = append(p.dialogs, e.Type.String())
		go p.accept() // who listens keeps answers from coming
	}
}

// accept says yes to what the browser asks.
func (p *Page) accept() {
	if _, err := chromedp.Call(p.Context, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true}); err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.errors = append(p.errors, "answer a dialogue: "+err.Error())
	}
}

// Dialogs lists what the browser has asked: "beforeunload" before something is lost. It was told yes.
func (p *Page) Dialogs() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.dialogs)
}

// Requests lists the addresses that the page asked for, its own first.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Errors lists the errors and warnings of the console, breaches of the content security policy included.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
}

// blancs are the spaces that no line breaks at: people see spaces.
var blancs = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// Evaluate returns the value of a JavaScript expression in the page; a promise is waited for. A text has the spaces that people see.
func Evaluate[T any](t testing.TB, p *Page, expression string) T {
	t.Helper()
	v, err := chromedp.Run(p.Context, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("evaluate %.80q: %v", expression, err)
	}
	if texte, ok := any(&v).(*string); ok {
		*texte = blancs.Replace(*texte)
	}
	return v
}

// Suivre does what is asked, then clicks, and waits for the page that this leads to.
func (p *Page) Suivre(t testing.TB, clic string, avant ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	err := chromedp.Do(p.Context, avant...)
	if err == nil {
		_, err = chromedp.RunResponse(p.Context, chromedp.Click(clic))
	}
	if err != nil {
		t.Fatalf("follow %s: %v", clic, err)
	}
}

// Overflow is by how many pixels the page is wider than its window: 0 when nothing scrolls sideways.
func (p *Page) Overflow(t testing.TB) int {
	t.Helper()
	return Evaluate[int](t, p, `document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth`)
}

// Violations lists the accessibility rules that the page breaks, with the elements.
func (p *Page) Violations(t testing.TB) []string {
	t.Helper()
	if err := chromedp.Do(p.Context, chromedp.Evaluate[chromedp.Void](axe(t))); err != nil {
		t.Fatalf("inject axe-core: %v", err)
	}
	return Evaluate[[]string](t, p, `axe.run().then(r => r.violations.map(v =>
		[v.id + ": " + v.help, ...v.nodes.flatMap(n => [n.html, n.failureSummary])].join("\n  ")))`)
}

// Screenshot writes the whole page as PNG.
func (p *Page) Screenshot(t testing.TB, name string) {
	t.Helper()
	picture, err := chromedp.Run(p.Context, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(name, picture, 0o600)
	}
	if err != nil {
		t.Fatalf("take a screenshot: %v", err)
	}
}
