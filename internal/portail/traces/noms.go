package traces

import "guichet/modele"

// genres says what each trace is, in the order of the filter.
var genres = []struct {
	Code string
	Nom  modele.Texte
}{
	{"connexion.refusee", modele.Texte{Fr: "connexion refusée : mot de passe ou adresse", En: "sign-in refused: password or address"}},
	{"code.refuse", modele.Texte{Fr: "connexion refusée : code", En: "sign-in refused: code"}},
	{"mot_de_passe.refuse", modele.Texte{Fr: "mot de passe refusé, redemandé à qui est connecté", En: "password refused, asked again of who is signed in"}},
	{"essais.freines", modele.Texte{Fr: "essais freinés", En: "tries braked"}},
	{"reseau.freine", modele.Texte{Fr: "réseau freiné", En: "network braked"}},
	{"acces.refuse", modele.Texte{Fr: "page refusée : le rôle ne suffit pas", En: "page refused: the role is not enough"}},
	{"origine.refusee", modele.Texte{Fr: "formulaire d'un autre site refusé", En: "form of another site refused"}},
	{"lien.refuse", modele.Texte{Fr: "lien inconnu, usé ou trop vieux", En: "link unknown, used or too old"}},
	{"piece.ouverte", modele.Texte{Fr: "document d'enrôlement ouvert", En: "enrolment document opened"}},
	{"export", modele.Texte{Fr: "export", En: "export"}},
}

// actions says what the commonest rows of the journal are; others stand by their code.
var actions = map[string]modele.Texte{
	"compte.adresse":               {Fr: "adresse changée", En: "address changed"},
	"compte.adresse_arretee":       {Fr: "changement d'adresse arrêté", En: "change of address stopped"},
	"compte.adresse_demandee":      {Fr: "autre adresse demandée", En: "another address asked for"},
	"compte.connecte":              {Fr: "connexion", En: "sign-in"},
	"compte.mot_de_passe":          {Fr: "mot de passe changé", En: "password changed"},
	"compte.oubli":                 {Fr: "nouveau mot de passe demandé", En: "new password asked for"},
	"compte.ouvert":                {Fr: "compte ouvert", En: "account opened"},
	"compte.premier":               {Fr: "premier administrateur", En: "first administrator"},
	"compte.profil":                {Fr: "profil changé", En: "profile changed"},
	"compte.second_facteur":        {Fr: "second facteur mis", En: "second factor set up"},
	"compte.second_facteur_retire": {Fr: "second facteur retiré", En: "second factor taken away"},
	"compte.secours":               {Fr: "codes de secours renouvelés", En: "recovery codes renewed"},
	"compte.session_terminee":      {Fr: "session terminée", En: "session ended"},
	"compte.sessions_terminees":    {Fr: "sessions terminées", En: "sessions ended"},
	"enrolement.demande":           {Fr: "enrôlement demandé", En: "enrolment asked for"},
	"enrolement.accepte":           {Fr: "enrôlement accepté", En: "enrolment accepted"},
	"enrolement.refuse":            {Fr: "enrôlement refusé", En: "enrolment refused"},
	"enrolement.avis":              {Fr: "enrôlement : avis favorable, une autre personne décide", En: "enrolment: favourable opinion, another person decides"},
	"enrolement.reprise":           {Fr: "enrôlement : avis repris", En: "enrolment: opinion taken back"},
	"logiciel.demande":             {Fr: "logiciel demandé", En: "software asked for"},
	"logiciel.accepte":             {Fr: "logiciel accepté", En: "software accepted"},
	"logiciel.refuse":              {Fr: "logiciel refusé", En: "software refused"},
	"banque.demande":               {Fr: "compte bancaire demandé", En: "bank account asked for"},
	"banque.accepte":               {Fr: "compte bancaire accepté", En: "bank account accepted"},
	"banque.refuse":                {Fr: "compte bancaire refusé", En: "bank account refused"},
	"banque.avis":                  {Fr: "compte bancaire : avis favorable, une autre personne décide", En: "bank account: favourable opinion, another person decides"},
	"banque.reprise":               {Fr: "compte bancaire : avis repris", En: "bank account: opinion taken back"},
	"iban.affiche":                 {Fr: "IBAN affiché en entier", En: "IBAN shown whole"},
	"fournisseur.suspendu":         {Fr: "fournisseur suspendu", En: "supplier suspended"},
	"fournisseur.actif":            {Fr: "suspension levée", En: "suspension ended"},
	"mandat.donne":                 {Fr: "mandat donné", En: "mandate given"},
	"mandat.revoque":               {Fr: "mandat révoqué", En: "mandate revoked"},
	"message.ecrit":                {Fr: "message écrit", En: "message written"},
	"pieces.recues":                {Fr: "documents reçus", En: "documents received"},
	"pieces.examinees":             {Fr: "documents examinés", En: "documents examined"},
	"pieces.refusees":              {Fr: "documents refusés", En: "documents refused"},
	"role.invite":                  {Fr: "personne invitée", En: "person invited"},
	"role.accepte":                 {Fr: "invitation acceptée", En: "invitation accepted"},
	"role.decline":                 {Fr: "invitation déclinée", En: "invitation declined"},
	"role.relance":                 {Fr: "invitation renvoyée", En: "invitation sent again"},
	"role.change":                  {Fr: "rôle changé", En: "role changed"},
	"role.retire":                  {Fr: "rôle retiré", En: "role taken away"},
	"role.second_facteur_leve":     {Fr: "second facteur d'une personne retiré", En: "a person's second factor taken away"},
	"depot.accepte":                {Fr: "dépôt accepté", En: "deposit accepted"},
	"depot.partiel":                {Fr: "dépôt accepté en partie", En: "deposit accepted in part"},
	"depot.refuse":                 {Fr: "dépôt refusé", En: "deposit refused"},
	"depot.rejete":                 {Fr: "dépôt rejeté", En: "deposit rejected"},
	"depot.illisible":              {Fr: "dépôt illisible", En: "unreadable deposit"},
}
