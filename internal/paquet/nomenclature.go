package main

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// nomenclature lists what the programs are made of for who watches for vulnerabilities: a bill of materials (CycloneDX),
// with the names by which databases of vulnerabilities know each module.
func nomenclature(liste []oeuvre, version string, date time.Time) ([]byte, error) {
	const moi = "pkg:golang/guichet"
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{
		Timestamp: date.Format(time.RFC3339),
		Component: &cdx.Component{BOMRef: moi, Type: cdx.ComponentTypeApplication, Name: "guichet", Version: version, Licenses: permises([]string{"Apache-2.0"})},
	}
	composants, refs := []cdx.Component{}, []string{}
	for _, o := range liste {
		c := o.composant()
		composants, refs = append(composants, c), append(refs, c.BOMRef)
	}
	bom.Components, bom.Dependencies = &composants, &[]cdx.Dependency{{Ref: moi, Dependencies: &refs}}
	var b bytes.Buffer
	if err := cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		return nil, fmt.Errorf("bill of materials: %w", err)
	}
	return b.Bytes(), nil
}

// composant is a work as the bill has it. Go's library is "stdlib" there, with Go's version.
func (o oeuvre) composant() cdx.Component {
	nom, version := o.Path, o.Version
	if nom == bibliotheque {
		nom, version = "stdlib", "v"+runtime.Version()[len("go"):]
	}
	purl := "pkg:" + o.registre + "/" + strings.Replace(strings.ToLower(nom), "@", "%40", 1) + "@" + strings.ReplaceAll(version, "+", "%2B") // as package URLs write them
	return cdx.Component{BOMRef: purl, Type: cdx.ComponentTypeLibrary, Name: nom, Version: version, PackageURL: purl, Licenses: permises(o.licences)}
}

// permises names licences: those that SPDX knows by that very name as such, a family such as BSD by its name.
func permises(noms []string) *cdx.Licenses {
	var liste cdx.Licenses
	for _, nom := range noms {
		l := &cdx.License{ID: nom}
		if nom == "BSD" || nom == "CC0" {
			l = &cdx.License{Name: nom}
		}
		liste = append(liste, cdx.LicenseChoice{License: l})
	}
	return &liste
}
