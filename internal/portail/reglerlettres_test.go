package portail

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

const ditesParLesLettres = "/ce-que-disent-les-lettres"

// Two people, or two tabs, who save what letters say after having read the same: the second one is told what the first has changed, keeps what was typed, and
// overwrites nothing. Each saving is an edition that stays, and a letter names the one that it was made of.
func TestSettingsOfLettersAreNotOverwritten(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	un, deux := b.entrer(t, "agence@"), b.entrer(t, "agence@")
	lu := formulaireDe(t, un, ditesParLesLettres, ditesParLesLettres)
	autre := formulaireDe(t, deux, ditesParLesLettres, ditesParLesLettres)
	lu.Set("limite-fr", "le 31 mars 2028 à 18 h")
	lu.Set("superieur-fr", "la direction, ailleurs")
	un.Demander("POST", ditesParLesLettres, lu).Attendre(t, 303)
	autre.Set("limite-fr", "le 30 avril 2028 à 12 h")
	autre.Set("seuils-fr", "Deux seuils.")
	r := deux.Demander("POST", ditesParLesLettres, autre)
	r.Attendre(t, 422, "Une autre édition a été enregistrée depuis que vous avez lu cette page (Agathe Exemple : Date limite du solde, Supérieur hiérarchique)", "dit maintenant : « le 31 mars 2028 à 18 h »")
	garde := formulaireDans(t, r, ditesParLesLettres)
	if garde.Get("limite-fr") != "le 30 avril 2028 à 12 h" || garde.Get("seuils-fr") != "Deux seuils." || garde.Get("superieur-fr") != "la direction, ailleurs" {
		t.Errorf("what the page keeps: %v", garde)
	}
	if apres := formulaireDe(t, un, ditesParLesLettres, ditesParLesLettres); apres.Get("limite-fr") != "le 31 mars 2028 à 18 h" || apres.Get("seuils-fr") == "Deux seuils." {
		t.Errorf("something was stored: %v", apres)
	}
	deux.Demander("POST", ditesParLesLettres, garde).Attendre(t, 303)
	edition := ditesParLesLettres + "/editions/" + formulaireDe(t, un, ditesParLesLettres, ditesParLesLettres).Get("edition")
	un.Ouvrir(ditesParLesLettres).Attendre(t, 200, "Agathe Exemple", "Date limite du solde, Seuils d'usage")
	un.Ouvrir(edition).Attendre(t, 200, "Agathe Exemple", "le 30 avril 2028 à 12 h", "changé par cette édition", "Victor Exemple")
	un.Ouvrir(ditesParLesLettres+"/editions/99").Attendre(t, 404)

	numero := b.aValider(t)
	poster(t, b.entrer(t, "decision@"), "/travail/"+numero, "/travail/"+numero+"/decision", url.Values{}).Attendre(t, 303)
	if err := b.lettres.Regler(t.Context(), 1, map[string]modele.Texte{"limite": {Fr: "Autre chose"}}); err != nil {
		t.Fatal(err)
	}
	b.passerLeRepit(t)
	d, err := b.derniere(t)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/lettres/" + d.Reference()} {
		if r := un.Ouvrir(page).Attendre(t, 200, "le 30 avril 2028 à 12 h", "Faite de"); !strings.Contains(r.Corps, `href="`+edition+`"`) {
			t.Errorf("%s does not name %s", page, edition)
		}
	}
	if r := b.entrer(t, "deposant@editeur").Ouvrir("/lettres/" + d.Reference()); r.Etat != 200 || strings.Contains(r.Corps, edition) {
		t.Errorf("a supplier is led to the agency's settings: %d", r.Etat)
	}
}

// formulaireDans are the fields of a form as an answer has them.
func formulaireDans(t *testing.T, r essai.Reponse, action string) url.Values {
	t.Helper()
	for _, x := range formulairesDe(t, r.Corps) {
		if strings.HasPrefix(x.action, action) {
			return x.lus
		}
	}
	t.Fatalf("no form for %s", action)
	return nil
}

// A model, and the text of one letter, that somebody else has saved since they were read are not overwritten.
func TestModelsAreNotOverwritten(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	agathe := b.entrer(t, "agence@")
	const page = "/modeles/attribution-fr"
	un, deux := formulaireDe(t, agathe, page, page), formulaireDe(t, agathe, page, page)
	texte := un.Get("texte")
	un.Set("texte", texte+"\n\nUn.")
	agathe.Demander("POST", page, un).Attendre(t, 303)
	deux.Set("texte", texte+"\n\nDeux.")
	r := agathe.Demander("POST", page, deux)
	r.Attendre(t, 422, "a été enregistrée depuis que vous avez lu ce modèle (Agathe Exemple)", "ajouté : Un.")
	garde := formulaireDans(t, r, page)
	if !strings.HasSuffix(garde.Get("texte"), "Deux.") {
		t.Errorf("what was typed: %.60q", garde.Get("texte"))
	}
	agathe.Demander("POST", page, garde).Attendre(t, 303)

	ines := b.entrer(t, "instruction@")
	lettre := "/travail/" + b.aValider(t) + "/lettre"
	un, deux = formulaireDe(t, ines, lettre, lettre), formulaireDe(t, ines, lettre, lettre)
	texte = un.Get("texte-fr")
	un.Set("texte-fr", texte+"\n\nPour cette lettre.")
	ines.Demander("POST", lettre, un).Attendre(t, 303)
	deux.Set("texte-fr", texte+"\n\nAutrement.")
	r = ines.Demander("POST", lettre, deux)
	r.Attendre(t, 422, "Ce texte a changé depuis que vous l'avez lu (Inès Exemple", "ajouté : Pour cette lettre.")
	garde = formulaireDans(t, r, lettre)
	if !strings.HasSuffix(garde.Get("texte-fr"), "Autrement.") {
		t.Errorf("what was typed: %.60q", garde.Get("texte-fr"))
	}
	ines.Demander("POST", lettre, garde).Attendre(t, 303)
}

// A letter is a legal act: with a name or an address of the agency that nobody has set none goes out, and the pages that say what letters say tell so.
func TestNoLetterOfAnAgencyThereIsNot(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	numero := b.aValider(t)
	feuille := "/travail/" + numero
	b.Scene, b.Fictifs = nil, []string{"agence-nom", "agence-adresse"} // as it stands, it is an example no longer
	b.lettres.Agence = b.signataire()
	victor, agathe := b.entrer(t, "decision@"), b.entrer(t, "agence@")
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 422, "La lettre ne peut pas partir", "le réglage agence-nom de l'installation", "le réglage agence-adresse de l'installation")
	for _, page := range []string{"/modeles", ditesParLesLettres} {
		agathe.Ouvrir(page).Attendre(t, 200, "ne dit pas encore qui est l'agence (agence-nom, agence-adresse)")
	}
	b.Fictifs = nil
	b.lettres.Agence = b.signataire()
	poster(t, victor, feuille, feuille+"/decision", url.Values{}).Attendre(t, 303)
	if r := agathe.Ouvrir(ditesParLesLettres); strings.Contains(r.Corps, "qui est l'agence") {
		t.Error("what is set is still told")
	}
}

// The roles of a person that another administrator has changed since they were read are not overwritten.
func TestRolesAreNotOverwritten(t *testing.T) {
	t.Parallel()
	b := nouveauBureau(t, "")
	agathe := b.entrer(t, "agence@")
	var id int64
	if err := b.base.Lire().QueryRow(`SELECT id FROM compte WHERE courriel LIKE 'instruction@%'`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	page := "/personnes/" + strconv.FormatInt(id, 10)
	un, deux := formulaireDe(t, agathe, page, page+"/role"), formulaireDe(t, agathe, page, page+"/role")
	un["role"] = []string{"instructeur", "comptable"}
	agathe.Demander("POST", page+"/role", un).Attendre(t, 303)
	deux["role"] = []string{"instructeur", "valideur"}
	r := agathe.Demander("POST", page+"/role", deux)
	r.Attendre(t, 422, "cette personne a un autre rôle : « Instructeur, Comptable »")
	agathe.Demander("POST", page+"/role", formulaireDans(t, r, page+"/role")).Attendre(t, 303)
	agathe.Ouvrir(page).Attendre(t, 200, "Instructeur, Valideur")
}
