package export_test

import (
	"fmt"
	"testing"

	"guichet/controle"
	"guichet/export"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// The checker and the schema refuse the same files, wherever the schema can speak.
func TestAgreement(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		schema := compile(t, m)
		checker := controle.Preparer(m, jsondoc.Limits{})
		for c := range export.Cases(m, 1) {
			refusal := schema.Validate(parse(t, c.Document))
			errors := refusals(checker.Controler(c.Document, controle.Options{}))
			if (refusal == nil) != (len(errors) == 0) {
				t.Errorf("%s, %s at %s:\nthe schema says %v,\nthe checker says %v", m.Edition, c.Nom, c.Pointeur, refusal, errors)
			}
		}
	}
}

// The example has nothing to remark, or suppliers would start from a file that warns.
func TestExempleHasNoRemark(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		f := controle.Controler(m, export.Exemple(m), controle.Options{}).Fichier(modele.Francais)
		for _, d := range f.Structure {
			t.Errorf("%s: %s %s", m.Edition, d.Code, d.Message)
		}
		for _, demande := range f.Demandes {
			for _, d := range demande.Anomalies {
				t.Errorf("%s: %s %s", m.Edition, d.Code, d.Message)
			}
		}
	}
}

// refusals lists the anomalies that reject the file or a demande.
func refusals(r *controle.Rapport) []string {
	f := r.Fichier(modele.Francais)
	all := f.Structure
	for _, d := range f.Demandes {
		all = append(all, d.Anomalies...)
	}
	var errors []string
	for _, a := range all {
		if a.Gravite >= modele.Erreur {
			errors = append(errors, fmt.Sprintf("%s at %s: %s", a.Code, a.Pointeur, a.Message))
		}
	}
	return errors
}
