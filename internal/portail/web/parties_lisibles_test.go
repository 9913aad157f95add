package web_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// tranches gives a body in pieces of so many bytes.
type tranches struct {
	io.Reader
	n int
}

func (t tranches) Read(b []byte) (int, error) { return t.Reader.Read(b[:min(t.n, len(b))]) }

// One name that no head can have is the matter of its file alone: the others come, and no byte of any file is touched,
// however the network cuts them.
func TestNamesOfTheirFileAlone(t *testing.T) {
	t.Parallel()
	contenu := "\x01\x02\r\n--Xtra\x01\r\n\x7f\n--\x03"
	corps := partie("fichier", "a.zip", contenu) +
		strings.ReplaceAll(partie("fichier", "mauvais", contenu), "mauvais", "mau\x01v\x00\x7fais") +
		"--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a\"b\"\r\n\r\n" + contenu + "\r\n" +
		partie("fichier", "b.zip", contenu) + partie("b", "", "fin") + "--X--\r\n"
	veut := `fichier "a.zip" 18 après ""; fichier "mau\xffv\xff\xffais" 18 après ""; ` + ` "." 18 après ""; fichier "b.zip" 18 après "" fin`
	site := siteEnvoi(t, web.Limites{})
	envois := map[string]io.Reader{"whole": strings.NewReader(corps), "byte by byte": iotest.OneByteReader(strings.NewReader(corps))}
	for n := 2; n < 12; n++ {
		envois[fmt.Sprintf("by %d", n)] = tranches{strings.NewReader(corps), n}
	}
	for nom, r := range envois {
		q, err := http.NewRequestWithContext(t.Context(), "POST", site.URL+"/envoi", r)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Content-Type", "multipart/form-data; boundary=X")
		rep, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(rep.Body)
		_ = rep.Body.Close()
		if dit := strings.TrimSpace(essai.Espacer(string(page))); err != nil || dit != veut {
			t.Errorf("%s: %d %s, %v\nwant %s", nom, rep.StatusCode, dit, err, veut)
		}
	}
}
