package ajustement

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

const fichier = "fichier"

// YAML writes a file that Lire reads.
func (a *Ajustements) YAML() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "modele: %s\nedition: %s\n", a.Modele, strconv.Quote(a.Edition))
	if a.Source != "" {
		fmt.Fprintf(&b, "source: %s\n", strconv.Quote(a.Source))
	}
	if len(a.Balises) > 0 {
		b.WriteString("balises:\n")
	}
	for _, c := range a.Balises {
		var dits []string
		for _, p := range []struct{ cle, mot string }{{"nom", c.Nom}, {"dans", c.Dans}, {"nul", oui(c.Nul)}, {"retirer", oui(c.Retirer)}} {
			if p.mot != "" {
				dits = append(dits, p.cle+": "+citer(p.mot))
			}
		}
		fmt.Fprintf(&b, "  %s: {%s}\n", c.Balise, strings.Join(dits, ", "))
	}
	if len(a.Ordres) > 0 {
		b.WriteString("ordre:\n")
	}
	for _, o := range a.Ordres {
		nom := o.Dans
		if nom == "" {
			nom = fichier
		}
		fmt.Fprintf(&b, "  %s: [%s]\n", nom, strings.Join(o.Balises, ", "))
	}
	return b.Bytes()
}

// citer quotes what YAML would take for something else.
func citer(mot string) string {
	for _, r := range mot {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return strconv.Quote(mot)
		}
	}
	switch strings.ToLower(mot) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(mot)
	}
	return mot
}
