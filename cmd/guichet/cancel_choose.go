package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"guichet/internal/carnet"
	"guichet/modele"
)

// choose finds the demandes that the arguments name.
func (o *cancelling) choose(ctx context.Context, ledger *carnet.Carnet, args []string) (chosen []carnet.Suivie, err error) {
	ask := func(f carnet.Filtre) []carnet.Suivie {
		var found []carnet.Suivie
		for d, failed := range ledger.Demandes(ctx, f) {
			err = errors.Join(err, failed)
			found = append(found, d)
		}
		return found
	}
	take := func(name string, found []carnet.Suivie) error {
		if err == nil && len(found) == 0 {
			return o.errorf("%s : le carnet ne connaît ni demande, ni commande, ni fichier de ce nom ; guichet suivi les montre", "%s: the ledger knows no request, order or file of this name; guichet suivi shows them", shown(name))
		}
		chosen = append(chosen, found...)
		return err
	}
	for _, a := range args {
		number, order := ask(carnet.Filtre{Numero: strings.ToUpper(a)}), current(ask(carnet.Filtre{Reference: a}))
		if len(number) > 0 && len(order) > 0 && number[0].Numero != order[len(order)-1].Numero {
			return nil, o.errorf("%s est le numéro d'une demande et la référence d'une autre : indiquez --numero %[1]s ou --reference %[1]s", "%s is the number of a request and the reference of another one: say --numero %[1]s or --reference %[1]s", shown(a))
		}
		found := append(number, ask(carnet.Filtre{Fichier: filepath.Base(a)})...)
		if len(number) == 0 {
			found = append(found, order...)
		}
		if err := take(a, found); err != nil {
			return nil, err
		}
	}
	for _, n := range o.numbers {
		if err := take(n, ask(carnet.Filtre{Numero: strings.ToUpper(n)})); err != nil {
			return nil, err
		}
	}
	for _, r := range o.references {
		if err := take(r, current(ask(carnet.Filtre{Reference: r}))); err != nil {
			return nil, err
		}
	}
	return chosen, nil
}

// current is the demande that stands for an order; those that were replaced or cancelled when none does.
func current(demandes []carnet.Suivie) []carnet.Suivie {
	for i := len(demandes) - 1; i >= 0; i-- {
		if demandes[i].Etat.Compte() {
			return demandes[i : i+1]
		}
	}
	return demandes[max(0, len(demandes)-1):]
}

// files gathers the demandes by their files, and refuses those that cannot be taken back, each with its reason.
func (o *cancelling) files(ctx context.Context, ledger *carnet.Carnet, chosen []carnet.Suivie) (files []rest, err error) {
	waiting, err := ledger.ADeposer(ctx)
	if err != nil {
		return nil, err
	}
	out, lots, refused := map[string]map[string]bool{}, map[int64]bool{}, map[string]bool{}
	for _, d := range chosen {
		at := slices.IndexFunc(waiting, func(f carnet.Attendu) bool { return slices.Contains(f.Numeros, d.Numero) })
		if at < 0 {
			if !refused[d.Numero] {
				o.say("%s : %s", "%s: %s", d.Numero, o.whyNot(d).In(o.langue))
			}
			refused[d.Numero] = true
			continue
		}
		f := waiting[at]
		if lots[f.Lot] = true; out[f.Nom] == nil {
			out[f.Nom] = map[string]bool{}
		}
		out[f.Nom][d.Numero] = true
	}
	if len(refused) > 0 {
		o.say("rien n'est changé", "nothing is changed")
		return nil, findings
	}
	for _, f := range waiting {
		if o.batch && lots[f.Lot] {
			out[f.Nom] = set(f.Numeros)
		}
		if len(out[f.Nom]) == 0 {
			continue
		}
		r := rest{file: f, out: out[f.Nom]}
		if err := r.check(); err != nil {
			o.say("%s : le fichier a été modifié, ou n'est plus là : le reste ne peut être récrit. Remettez-le, ou annulez-le entier : guichet annuler %[1]s",
				"%s: it has been changed, or is no longer there: what stays cannot be written anew. Bring it back, or cancel it as a whole: guichet annuler %[1]s", shown(f.Nom))
			return nil, findings
		}
		files = append(files, r)
	}
	return files, nil
}

// whyNot says why a demande cannot be taken back, and what can be done.
func (o *cancelling) whyNot(d carnet.Suivie) modele.Texte {
	state := modele.Texte{Fr: stateIn(d.Etat, modele.Francais), En: stateIn(d.Etat, modele.Anglais)}
	switch {
	case !d.Etat.Compte():
		return modele.Texte{Fr: "déjà " + state.Fr, En: state.En + " already"}
	case d.Etat == carnet.Rejetee:
		return modele.Texte{Fr: "rejetée par le portail, il n'y a rien à annuler : retirez ses lignes du tableau", En: "rejected by the portal, there is nothing to cancel: take its rows out of the table"}
	case d.Etat == carnet.Preparee:
		return modele.Texte{Fr: "son fichier est déposé, le portail a répondu pour d'autres demandes : attendez sa réponse", En: "its file is deposited, the portal has answered for other requests: wait for its answer"}
	case d.Etat.Attend():
		return modele.Texte{Fr: "son fichier est déposé : attendez le retour, ou demandez à l'agence de la retirer", En: "its file is deposited: wait for the answer, or ask the agency to withdraw it"}
	}
	return modele.Texte{Fr: state.Fr + " : seule l'agence peut la retirer", En: state.En + ": only the agency can withdraw it"}
}

func set(values []string) map[string]bool {
	s := map[string]bool{}
	for _, v := range values {
		s[v] = true
	}
	return s
}
