package enrolement

import (
	"errors"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var (
	titreAccueil    = modele.Texte{Fr: "Demander l'enrôlement", En: "Ask to be enrolled"}
	titreEntreprise = modele.Texte{Fr: "Votre entreprise", En: "Your company"}
	titreContact    = modele.Texte{Fr: "Votre interlocuteur", En: "Your contact"}
	titreLogiciels  = modele.Texte{Fr: "Vos logiciels", En: "Your software"}
	titreBanque     = modele.Texte{Fr: "Coordonnées bancaires", En: "Bank details"}
	titrePieces     = modele.Texte{Fr: "Vos documents", En: "Your documents"}
	titreVerif      = modele.Texte{Fr: "Vérifiez vos réponses", En: "Check your answers"}
)

func (s *Service) montrerAccueil(w http.ResponseWriter, r *http.Request) (err error) {
	p := &pageAccueil{page: page{Page: web.NouvellePage(r, titreAccueil)}}
	p.E, _ = s.Lire(r.Context(), s.secret(r)) // one that cannot be read is begun again
	if p.E.Modifiable() {
		p.Etapes = s.Etapes(p.E)
		if p.Lien, err = dejaEnvoye(r.Context(), s.Base.Lire(), p.E.ID, p.E.Dossier.Courriel); err != nil {
			return err
		}
	}
	return gabarits().Montrer(w, r, "accueil.html", p)
}

// commencer opens a draft. One that is under way in the browser is left only for who has asked for another.
func (s *Service) commencer(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Lire(r.Context(), s.secret(r))
	switch {
	case err != nil && !errors.Is(err, ErrInconnu):
		return err
	case e.Modifiable() && r.PostFormValue("autre") != e.Reference:
		return web.Aller(w, r, "/enrolement")
	}
	if s.Freiner != nil {
		if err := s.Freiner(r); err != nil {
			return err
		}
	}
	secret, err := s.Commencer(r.Context(), web.Langue(r.Context()), reseauxDe(r)...)
	if err != nil {
		return err
	}
	s.poserSecret(w, r, secret)
	return web.Aller(w, r, "/enrolement/entreprise")
}

func (s *Service) montrerEntreprise(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titreEntreprise, "entreprise.html")
}

func (s *Service) noterEntreprise(w http.ResponseWriter, r *http.Request) error {
	return s.noterPage(w, r, titreEntreprise, "entreprise.html", "/enrolement/contact", func(p *page, d *Dossier) error {
		return errors.Join(d.Entreprise(p.Brut("siret"), p.Brut("raisonSociale"), p.Brut("adresse"), p.Brut("horsTVA") == "oui"),
			s.Comptes.NomLibre("raisonSociale", d.RaisonSociale), repondu(p, "horsTVA"))
	})
}

func (s *Service) montrerContact(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titreContact, "contact.html")
}

func (s *Service) noterContact(w http.ResponseWriter, r *http.Request) error {
	return s.noterPuis(w, r, titreContact, "contact.html", func(p *page, d *Dossier) error {
		err := errors.Join(d.Interlocuteur(p.Brut("contact"), p.Brut("courriel"), p.Brut("telephone"), p.Brut("mandate") == "oui"),
			repondu(p, "mandate"))
		if d.Contact != "" { // the contact becomes the owner
			_, errNom := s.Comptes.NomPersonne("contact", d.Contact)
			err = errors.Join(err, errNom)
		}
		return err
	}, func() error { return s.contactNote(w, r) })
}

// contactNote has the link to the draft mailed, and goes on.
func (s *Service) contactNote(w http.ResponseWriter, r *http.Request) error {
	const suite = "/enrolement/logiciels"
	envoye, err := s.EnvoyerLien(r.Context(), s.secret(r), provenance(r))
	switch {
	case errors.Is(err, ErrFrein):
		return web.AllerDire(w, r, suite, modele.Texte{
			Fr: "C'est enregistré. Le lien vers ce brouillon n'est pas parti : trop de courriels ont été demandés pour cette adresse ou depuis votre réseau. Continuez dans ce navigateur, qui retrouve le brouillon ; enregistrez l'interlocuteur à nouveau demain pour recevoir le lien.",
			En: "It is saved. The link to this draft has not left: too many mails were asked for, to this address or from your network. Go on in this browser, which finds the draft again; save the contact again tomorrow to get the link.",
		})
	case err != nil:
		return noterFautes(nil, err)
	case envoye:
		return web.AllerDire(w, r, suite, modele.Texte{
			Fr: "C'est enregistré. Un lien qui ramène à ce brouillon, d'un autre navigateur aussi, part à l'adresse de l'interlocuteur.",
			En: "It is saved. A link that leads back to this draft, from another browser too, leaves for the contact's address.",
		})
	}
	return web.Aller(w, r, suite)
}

func (s *Service) montrerLogiciels(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titreLogiciels, "logiciels.html")
}

func (s *Service) ajouterLogiciel(w http.ResponseWriter, r *http.Request) error {
	return s.noterPage(w, r, titreLogiciels, "logiciels.html", "/enrolement/logiciels", func(p *page, d *Dossier) error {
		return d.Ajouter(logicielSaisi(&p.Formulaire))
	})
}

func logicielSaisi(f *web.Formulaire) Logiciel {
	return Logiciel{NumeroAns: f.Brut("numeroAns"), Nom: f.Brut("nom"), Version: f.Brut("version"), Profils: f.Valeurs("profils")}
}

func (s *Service) retirerLogiciel(w http.ResponseWriter, r *http.Request) error {
	return s.noterPage(w, r, titreLogiciels, "logiciels.html", "/enrolement/logiciels", func(p *page, d *Dossier) error {
		d.Retirer(p.Brut("numeroAns"))
		return nil
	})
}

func (s *Service) montrerBanque(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titreBanque, "banque.html")
}

func (s *Service) noterBanque(w http.ResponseWriter, r *http.Request) error {
	return s.noterPage(w, r, titreBanque, "banque.html", "/enrolement/pieces", func(p *page, d *Dossier) error {
		return d.Banque(p.Brut("titulaire"), p.Brut("iban"), p.Brut("bic"))
	})
}

func (s *Service) montrerPieces(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titrePieces, "pieces.html")
}

func (s *Service) joindre(w http.ResponseWriter, r *http.Request) error {
	return s.avecBrouillon(w, r, titrePieces, func(p *page) error {
		genre := r.PathValue("genre")
		if s.FreinerPieces != nil {
			if err := s.FreinerPieces(r); err != nil {
				return err
			}
		}
		f, err := lireEnvoi(r, "fichier-"+genre, &p.Formulaire)
		if err == nil {
			err = s.Joindre(r.Context(), s.secret(r), genre, f)
		}
		if err != nil {
			return refuser(w, r, "pieces.html", p, &p.Formulaire, err)
		}
		s.poserSecret(w, r, s.secret(r)) // as long as the draft
		return web.AllerDire(w, r, "/enrolement/pieces", modele.Texte{Fr: "Le document est reçu.", En: "The document has arrived."})
	})
}

func (s *Service) montrerVerification(w http.ResponseWriter, r *http.Request) error {
	return s.montrer(w, r, titreVerif, "verification.html")
}

func (s *Service) envoyer(w http.ResponseWriter, r *http.Request) error {
	return s.avecBrouillon(w, r, titreVerif, func(p *page) error {
		if _, err := s.EnvoyerDemande(r.Context(), s.secret(r), p.Brut("declaration") == "oui"); err != nil {
			return refuser(w, r, "verification.html", p, &p.Formulaire, err)
		}
		return web.Aller(w, r, "/enrolement/suivi")
	})
}

// montrerSuivi confirms a request that was sent, and says where it stands.
func (s *Service) montrerSuivi(w http.ResponseWriter, r *http.Request) error {
	e, err := s.Lire(r.Context(), s.secret(r))
	if err != nil {
		if e := noterFautes(nil, err); e != nil {
			return e
		}
	}
	if e.Etat == Brouillon {
		return web.Aller(w, r, "/enrolement")
	}
	titre := map[Etat]modele.Texte{
		Demande: {Fr: "Votre demande est envoyée", En: "Your request has been sent"}, Accepte: {Fr: "Votre demande est acceptée", En: "Your request is accepted"},
		Refuse: {Fr: "Votre demande est à corriger", En: "Your request is to be corrected"},
	}[e.Etat]
	return gabarits().Montrer(w, r, "suivi.html", &page{web.NouvellePage(r, titre), e})
}

// repondu asks for an answer to a question of yes or no.
func repondu(p *page, champ string) error {
	if v := p.Brut(champ); v != "oui" && v != "non" {
		return faute(champ, "Répondez par oui ou par non.", "Answer yes or no.")
	}
	return nil
}
