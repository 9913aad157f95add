// Shows how far the sending of files has come, and keeps what was typed when the language changes. Without this script
// the browser sends files by itself.
"use strict";

const texte = (fr, en) => (document.documentElement.lang === "en" ? en : fr);

document.addEventListener("submit", (evenement) => {
  const form = evenement.target;
  const fichiers = [...form.querySelectorAll("input[type=file]")].flatMap((champ) => [...champ.files]);
  if (evenement.defaultPrevented || form.enctype !== "multipart/form-data" || fichiers.length === 0) {
    return;
  }
  evenement.preventDefault();
  envoyer(form, evenement.submitter);
});

function envoyer(form, bouton) {
  const donnees = new FormData(form, bouton); // before the button is disabled
  const etat = afficher(form);
  const boutons = [...form.querySelectorAll("button")];
  boutons.forEach((b) => (b.disabled = true));
  const requete = new XMLHttpRequest();
  requete.upload.addEventListener("progress", (e) => etat.avancer(e.loaded, e.total));
  requete.addEventListener("load", () => montrer(requete));
  requete.addEventListener("error", () => {
    boutons.forEach((b) => (b.disabled = false));
    etat.dire(texte("L'envoi a été coupé. Vérifiez la connexion, puis envoyez de nouveau.", "The sending was cut. Check the connection, then send again."));
  });
  requete.open("POST", bouton?.getAttribute("formaction") ?? form.action);
  requete.setRequestHeader("Guichet-Envoi", "1");
  requete.send(donnees);
}

// afficher puts the bar and its words below the form's button.
function afficher(form) {
  form.querySelector(".avance")?.remove();
  const boite = document.createElement("div");
  boite.className = "avance";
  const barre = document.createElement("progress");
  barre.max = 1;
  barre.value = 0;
  barre.setAttribute("aria-label", texte("Avancement de l'envoi", "Progress of the sending"));
  const mots = document.createElement("p");
  mots.setAttribute("role", "status");
  boite.append(barre, mots);
  form.append(boite);
  let dit = -1;
  const dire = (t) => (mots.textContent = t);
  const avancer = (fait, total) => {
    barre.value = total > 0 ? fait / total : 0;
    const quart = Math.floor(barre.value * 4);
    if (quart !== dit) {
      dit = quart; // a screen reader is told four times, not four hundred
      dire(quart < 4 ? texte("Envoi en cours : ", "Sending: ") + quart * 25 + " %" : texte("Envoyé. Le guichet contrôle les fichiers.", "Sent. The counter checks the files."));
    }
  };
  avancer(0, 1);
  return { avancer, dire };
}

// montrer goes where the answer leads, or shows the page that it is.
function montrer(requete) {
  const suite = requete.getResponseHeader("Guichet-Suite");
  if (suite !== null) {
    window.location.assign(suite);
    return;
  }
  const page = new DOMParser().parseFromString(requete.responseText, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  window.scrollTo(0, 0);
  document.querySelector(".resume, main")?.focus();
}

// What was typed goes along to the page in the other language, in this tab alone: no secret, no file.
const gardee = "guichet-saisie";

const champs = () =>
  [...document.querySelectorAll("main form :is(input, select, textarea)[name]")].filter(
    (c) => !["password", "file", "hidden", "submit"].includes(c.type) && c.autocomplete !== "one-time-code",
  );

const coche = (c) => c.type === "radio" || c.type === "checkbox";

document.addEventListener("click", (evenement) => {
  const lien = evenement.target.closest(".pied a[hreflang]");
  if (lien !== null) {
    const saisie = champs().map((c) => [c.name, coche(c) ? c.value : null, coche(c) ? c.checked : c.value]);
    sessionStorage.setItem(gardee, JSON.stringify({ chemin: lien.pathname, saisie }));
  }
});

function remettre() {
  const texte = sessionStorage.getItem(gardee);
  sessionStorage.removeItem(gardee);
  const { chemin, saisie } = JSON.parse(texte ?? "{}");
  if (chemin !== window.location.pathname) {
    return;
  }
  const tous = champs();
  for (const [nom, valeur, saisi] of saisie) {
    const i = tous.findIndex((c) => c.name === nom && (!coche(c) || c.value === valeur));
    if (i >= 0) {
      const [c] = tous.splice(i, 1);
      if (coche(c)) {
        c.checked = saisi;
      } else {
        c.value = saisi;
      }
    }
  }
}

remettre();
