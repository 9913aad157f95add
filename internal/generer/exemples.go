package main

import (
	"fmt"

	"guichet/export"
	"guichet/internal/corpus"
)

// bons are the documents of the campaign of the examples: blank, but valid.
func bons() (all []export.Artefact) {
	document := func(name string, octets []byte) {
		all = append(all, export.Artefact{
			Path: "exemples/campagne/bons/" + name, Generate: func() ([]byte, error) { return octets, nil },
		})
	}
	for _, n := range []int{1, 2, 4, 5, 6, 7, 8} {
		document(fmt.Sprintf("CMD-2023-%03d.pdf", n), corpus.PDF(600+n))
	}
	document("CMD-2023-003.png", corpus.PNG(12, 17))
	document("CMD-2023-004-ht.pdf", corpus.PDF(620))
	document("CRM-0101.pdf", corpus.PDF(631))
	document("CRM-0102.pdf", corpus.PDF(632))
	return all
}
