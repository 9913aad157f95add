package depot

import (
	"encoding/binary"

	"guichet/controle"
	"guichet/diag"
	"guichet/modele"
)

// controlee is what the database needs of a control.
type controlee struct {
	verdict diag.Verdict
	reponse Reponse
	nombre  int               // demandes
	apercus []controle.Apercu // by rank
	esms    []byte            // what accepted demandes claim: rank and cle of each, as varints

	// What follows is worked out before the transaction, which on SQLite others wait for.
	numeros []string // those that the file uses, each once
	lignes  lignes   // of the accepted demandes
}

func (d *Depot) recevoir(c *controlee) {
	d.Verdict, d.Reponse, d.Demandes = c.verdict, c.reponse, c.nombre
	d.Acceptees = 0
	if d.Traitee() {
		d.Acceptees = d.Demandes - len(c.reponse.Refus)
	}
	d.Incompletes = d.Acceptees
}

func controler(p *place, o controle.Options) *controlee { return retenir(p.c.Controler(p.octets, o)) }

// retenir keeps of a report what outlives its place.
func retenir(r *controle.Rapport) *controlee {
	c := juger(r)
	c.apercus = make([]controle.Apercu, c.nombre)
	refus := c.reponse.Refus
	for i := range c.apercus {
		c.apercus[i] = r.Apercu(i)
		if len(refus) > 0 && refus[0].Rang == i {
			refus = refus[1:]
			continue
		}
		r.ESMS(i, func(finess []byte) { c.reclamer(i, finess) })
	}
	c.numeros, c.lignes = numeros(c.apercus), c.ranger()
	return c
}

// juger keeps of a report what its sender is answered.
func juger(r *controle.Rapport) *controlee {
	c := &controlee{verdict: r.Verdict}
	if r.Verdict == diag.Rejete || r.Verdict == diag.Illisible {
		c.reponse.Fichier = premier(r.Fichier(modele.Francais))
		return c
	}
	c.nombre, c.reponse.Accepte = r.Demandes(), controle.LibelleAccepte
	for i := range c.nombre {
		if code, libelle := r.Traitement(i); code != controle.CodeAccepte {
			c.reponse.Refus = append(c.reponse.Refus, Refus{Rang: i, Code: code, Libelle: libelle})
		}
	}
	return c
}

// sans is the control with what earlier deposits used: a demande that was accepted but for its number is refused, and
// claims nothing. c stays as it is: the transaction that asks may run again.
func (c *controlee) sans(utilises map[string]string, m *modele.Modele) *controlee {
	if len(utilises) == 0 || c.nombre == 0 {
		return c
	}
	avec := *c
	avec.reponse.Refus = make([]Refus, 0, len(c.reponse.Refus)+len(utilises))
	refus := c.reponse.Refus
	for i, a := range c.apercus {
		ou, deja := utilises[a.Numero]
		switch {
		case len(refus) > 0 && refus[0].Rang == i:
			avec.reponse.Refus = append(avec.reponse.Refus, refus[0])
			refus = refus[1:]
		case deja:
			code, libelle := controle.RefusUtilise(m, a.Numero, ou)
			avec.reponse.Refus = append(avec.reponse.Refus, Refus{Rang: i, Code: code, Libelle: libelle})
		}
	}
	avec.verdict = diag.Partiel
	if len(avec.reponse.Refus) == avec.nombre {
		avec.verdict = diag.Refuse
	}
	avec.esms, avec.lignes = sansRefusees(c.esms, avec.reponse.Refus), avec.ranger()
	return &avec
}

// sansRefusees are the claims of the demandes that are not refused: both lists are in the order of the file.
func sansRefusees(esms []byte, refus []Refus) (restent []byte) {
	for len(esms) > 0 {
		rang, n := binary.Uvarint(esms)
		_, m := binary.Uvarint(esms[n:])
		for len(refus) > 0 && refus[0].Rang < int(rang) {
			refus = refus[1:]
		}
		if len(refus) == 0 || refus[0].Rang != int(rang) {
			restent = append(restent, esms[:n+m]...)
		}
		esms = esms[n+m:]
	}
	return restent
}

// premier finds the anomaly for which the first control rejects a file.
func premier(f diag.Fichier) *Refus {
	for o := range f.All() {
		if o.Premiere {
			return &Refus{Code: o.Code, Libelle: o.Message}
		}
	}
	return nil
}
