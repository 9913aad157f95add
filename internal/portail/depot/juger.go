package depot

import (
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

// premier finds the anomaly for which the first control rejects a file.
func premier(f diag.Fichier) *Refus {
	for o := range f.All() {
		if o.Premiere {
			return &Refus{Code: o.Code, Libelle: o.Message}
		}
	}
	return nil
}
