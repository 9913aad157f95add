// Sends files with their progress, checks them before, follows an examination, and keeps what was typed when the language
// changes or another form is sent. Without this script the browser sends files by itself, the counter checks them, and a link leads to what
// the examination found.
"use strict";

// lisible is a file's name for a sentence: what it hides is seen, and one that runs from right to left moves nothing beside it.
function lisible(t) {
  const vu = t.replace(/[\p{Cc}\p{Cf}]/gu, (c) => `<U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(vu) ? `\u2068${vu}\u2069` : vu;
}

// texte is what the page says in its language, with the no-break spaces of French.
const texte = (fr, en) => (document.documentElement.lang === "en" ? en : fr.replace(/ (?=[:;!?»%€]|\d|(?:s|min|[kM]?o)\b)/g, "\u00a0").replace(/« /g, "«\u00a0"));

let enCours = null; // the request that sends
let parti = null; // the form that leads away from the page

// oublie tells whether something was typed that does not go along with the form that leads away, nor stays where a link leads away.
const oublie = () => [...document.querySelectorAll("main form[method=post] textarea")].some((c) => c.form !== parti && c.value.trim() !== "" && c.value !== c.defaultValue);

// The browser asks before a file that is being sent, or a text that was typed, is lost.
window.addEventListener("beforeunload", (evenement) => {
  if (enCours !== null || oublie()) {
    evenement.preventDefault();
  }
});

// A button that is pressed twice at once sends its form once.
let envoi = { form: null, instant: 0 };
document.addEventListener("submit", (evenement) => {
  const form = evenement.target;
  if (form === envoi.form && evenement.timeStamp - envoi.instant < 1000) {
    evenement.preventDefault();
    evenement.stopImmediatePropagation();
    return;
  }
  envoi = { form, instant: evenement.timeStamp };
});

document.addEventListener("change", (evenement) => {
  if (evenement.target.type === "file") {
    verifier(evenement.target);
  }
});

// A text that is too long for its field is told there, before the form is sent, and as soon as it is short enough.
document.addEventListener("submit", (evenement) => {
  const textes = evenement.submitter?.formNoValidate ? [] : [...evenement.target.querySelectorAll("textarea, input[type=text], input[type=email]")];
  const fautif = textes.filter((champ) => !dire(champ, tropLong(champ)))[0];
  if (fautif !== undefined) {
    evenement.preventDefault();
    fautif.closest("details")?.setAttribute("open", "");
    fautif.focus();
  }
});

document.addEventListener("input", (evenement) => {
  if (document.getElementById(evenement.target.id + "-refus") !== null && evenement.target.type !== "file") {
    dire(evenement.target, tropLong(evenement.target));
  }
});

// tropLong counts characters as the counter does; a field that says no bound has the one over which nothing is read.
function tropLong(champ) {
  const [n, maxi] = [[...champ.value.trim()].length, Number(champ.dataset.maxi ?? 65536)];
  const ecrire = (x) => x.toLocaleString(document.documentElement.lang);
  return n <= maxi ? [] : [texte(`Ce texte a ${ecrire(n)} caractères, ${ecrire(maxi)} au plus : raccourcissez-le. Rien n'est envoyé.`, `This text has ${ecrire(n)} characters, at most ${ecrire(maxi)}: shorten it. Nothing is sent.`)];
}

// choisies tells how many demandes of a list are ticked, and what they come to.
document.addEventListener("change", (evenement) => {
  const form = evenement.target.form;
  const dit = form?.querySelector("[data-choisies]");
  if (!dit || evenement.target.type !== "checkbox") {
    return;
  }
  const cochees = [...form.querySelectorAll("input[data-centimes]:checked")];
  const somme = cochees.reduce((s, c) => s + Number(c.dataset.centimes), 0) / 100;
  const euros = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "EUR" }).format(somme);
  dit.textContent = cochees.length === 0 ? "" : texte(`${cochees.length} choisie${cochees.length > 1 ? "s" : ""}, ${euros}`, `${cochees.length} ticked, ${euros}`);
});

document.addEventListener("submit", (evenement) => {
  const form = evenement.target;
  parti = evenement.defaultPrevented ? null : form;
  const champs = [...form.querySelectorAll("input[type=file]")];
  const fichiers = champs.flatMap((champ) => [...champ.files]);
  if (evenement.defaultPrevented || form.enctype !== "multipart/form-data" || fichiers.length === 0) {
    return;
  }
  evenement.preventDefault();
  parti = null;
  const fautif = champs.filter((champ) => !verifier(champ))[0];
  if (fautif !== undefined) {
    fautif.focus();
  } else if (enCours === null) {
    envoyer(form, evenement.submitter, fichiers.length);
  }
});

// verifier tells at the field what the counter would not take, before it is sent.
function verifier(champ) {
  return dire(champ, [...champ.files].map((f) => refus(champ, f)).filter((t) => t !== ""));
}

// dire puts what is wrong with a field before it, and tells whether nothing is.
function dire(champ, dits) {
  document.getElementById(champ.id + "-refus")?.remove();
  const autres = (champ.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== "" && id !== champ.id + "-refus");
  if (dits.length > 0) {
    const p = document.createElement("p");
    p.id = champ.id + "-refus";
    p.className = "faute";
    p.setAttribute("role", "alert");
    p.append(...dits.flatMap((d, i) => (i > 0 ? [document.createElement("br"), d] : [d])));
    champ.before(p);
    autres.unshift(p.id);
  }
  poser(champ, "aria-invalid", dits.length === 0 ? "" : "true");
  poser(champ, "aria-describedby", autres.join(" "));
  return dits.length === 0;
}

function poser(element, attribut, valeur) {
  if (valeur === "") {
    element.removeAttribute(attribut);
  } else {
    element.setAttribute(attribut, valeur);
  }
}

function refus(champ, fichier) {
  const nom = fichier.name.toLowerCase();
  const genres = champ.accept.split(",").filter((g) => g.startsWith("."));
  const zip = nom.endsWith(".zip") && champ.dataset.maxZip !== undefined;
  const max = Number((zip ? champ.dataset.maxZip : champ.dataset.max) ?? 0);
  const compresse = /\.(rar|7z|tar|gz|tgz|bz2|xz|zst)$/.exec(nom);
  if (genres.length > 0 && compresse !== null) {
    const genre = compresse[1].toUpperCase();
    return texte(
      `${lisible(fichier.name)} est une archive ${genre}, pas un .zip. Décompressez-la, puis choisissez ${genres.includes(".zip") ? "les documents, ou une archive .zip" : "le document"}.`,
      `${lisible(fichier.name)} is a ${genre} archive, no .zip. Unpack it, then choose ${genres.includes(".zip") ? "the documents, or a .zip archive" : "the document"}.`,
    );
  }
  if (genres.length > 0 && !genres.some((g) => nom.endsWith(g))) {
    const liste = genres.join(", ");
    return texte(
      `${lisible(fichier.name)} n'est pas d'un type attendu ici (${liste}). Enregistrez-le dans un de ces formats, puis choisissez-le.`,
      `${lisible(fichier.name)} is of no type that is expected here (${liste}). Save it in one of these formats, then choose it.`,
    );
  }
  if (max > 0 && fichier.size > max) {
    const [poids, plus] = [taille(fichier.size), taille(Math.floor(max / 1048576) * 1e6)];
    return zip
      ? texte(`${lisible(fichier.name)} pèse ${poids}, ${plus} au plus. Répartissez les documents en plusieurs archives.`, `${lisible(fichier.name)} weighs ${poids}, at most ${plus}. Share the documents out among several archives.`)
      : texte(`${lisible(fichier.name)} pèse ${poids}, ${plus} au plus. Réduisez-le (numérisez en gris, à 150 points par pouce), puis choisissez-le.`, `${lisible(fichier.name)} weighs ${poids}, at most ${plus}. Make it smaller (scan in grey, at 150 dots per inch), then choose it.`);
  }
  if (fichier.size === 0) {
    return texte(`${lisible(fichier.name)} est vide. Choisissez le bon fichier.`, `${lisible(fichier.name)} is empty. Choose the right file.`);
  }
  return "";
}

// taille is a number of bytes as people read it.
function taille(octets) {
  const langue = document.documentElement.lang;
  const [n, unite] = octets < 1e6 ? [octets / 1e3, texte("ko", "kB")] : [octets / 1e6, texte("Mo", "MB")];
  return n.toLocaleString(langue, { maximumFractionDigits: 1 }) + "\u00a0" + unite;
}

function envoyer(form, bouton, nombre) {
  const donnees = new FormData(form, bouton); // before the button is disabled
  const requete = new XMLHttpRequest();
  const etat = afficher(form, () => requete.abort());
  const boutons = [...form.querySelectorAll("button:not(.avance button)")].filter((b) => !b.disabled);
  boutons.forEach((b) => (b.disabled = true));
  const finir = () => {
    enCours = null;
    boutons.forEach((b) => (b.disabled = false));
  };
  requete.upload.addEventListener("progress", (e) => etat.avancer(e.loaded, e.total));
  requete.addEventListener("load", () => {
    finir();
    parti = form;
    montrer(requete);
  });
  requete.addEventListener("error", () => {
    finir();
    etat.finir(texte("L'envoi a été coupé. Vérifiez la connexion, puis envoyez de nouveau.", "The sending was cut. Check the connection, then send again."));
  });
  requete.addEventListener("abort", () => {
    finir();
    const avant = nombre > 1 ? texte(" Les fichiers arrivés avant sont gardés : rouvrez la page pour les voir.", " The files that came before are kept: open the page again to see them.") : "";
    etat.finir(texte("L'envoi est annulé : ce qui arrivait n'est pas gardé.", "The sending was cancelled: what was arriving is not kept.") + avant);
    bouton?.focus();
  });
  requete.open("POST", bouton?.getAttribute("formaction") ?? form.action);
  requete.setRequestHeader("Guichet-Envoi", "1");
  enCours = requete;
  requete.send(donnees);
}

// afficher puts the bar, its words and a way to cancel below the form's button.
function afficher(form, annuler) {
  form.querySelector(".avance")?.remove();
  const boite = document.createElement("div");
  boite.className = "avance";
  const barre = document.createElement("progress");
  barre.max = 1;
  barre.value = 0;
  barre.setAttribute("aria-label", texte("Avancement de l'envoi", "Progress of the sending"));
  const compte = document.createElement("p"); // for the eye: it changes all the time
  const mots = document.createElement("p");
  mots.setAttribute("role", "status");
  const arret = document.createElement("button");
  arret.type = "button";
  arret.className = "secondaire";
  arret.textContent = texte("Annuler l'envoi", "Cancel the sending");
  arret.addEventListener("click", annuler);
  boite.append(barre, compte, mots, arret);
  form.append(boite);
  const debut = performance.now();
  let dit = -1;
  const avancer = (fait, total) => {
    barre.value = total > 0 ? fait / total : 0;
    compte.textContent = total > 1 ? taille(fait) + texte(" sur ", " of ") + taille(total) + reste(fait, total, performance.now() - debut) : "";
    const quart = Math.floor(barre.value * 4);
    if (quart !== dit) {
      dit = quart; // a screen reader is told four times, not four hundred
      mots.textContent = quart < 4 ? texte("Envoi en cours : ", "Sending: ") + quart * 25 + texte(" %", "%") : texte("Envoyé. Le guichet vérifie les fichiers.", "Sent. The counter checks the files.");
    }
  };
  const finir = (t) => {
    barre.remove();
    compte.remove();
    arret.remove();
    mots.textContent = t;
  };
  avancer(0, 1);
  return { avancer, finir };
}

// reste says how much longer a sending takes, as long as that can be said.
function reste(fait, total, ms) {
  if (fait === 0 || fait >= total || ms < 2000) {
    return "";
  }
  const secondes = Math.ceil(((total - fait) * ms) / fait / 1000);
  if (secondes < 60) {
    return texte(`, encore ${secondes} s environ`, `, about ${secondes} s left`);
  }
  const minutes = Math.ceil(secondes / 60);
  return texte(`, encore ${minutes} min environ`, `, about ${minutes} min left`);
}

// suivre asks now and then whether an examination has come to its end, then shows what it found: for ten minutes at
// most, not while the page is hidden, and without taking away a file that was chosen meanwhile.
function suivre() {
  const avis = document.querySelector("[data-suivi]");
  const fin = performance.now() + 10 * 60 * 1000;
  const encore = async (attente) => {
    if (!avis?.isConnected || performance.now() > fin) {
      return;
    }
    if (!document.hidden && (await examine(avis.dataset.suivi))) {
      await rafraichir(avis);
      return;
    }
    setTimeout(encore, attente, Math.min(attente * 1.2, 10000));
  };
  setTimeout(encore, 1000, 1500);
}

async function examine(adresse) {
  try {
    const reponse = await fetch(adresse);
    return reponse.ok && !reponse.redirected && Number(await reponse.text()) === 0;
  } catch {
    return false; // the network comes back, or not
  }
}

// rafraichir puts the new page in the place of the old one, and says so to who does not see it.
async function rafraichir(avis) {
  const choisi = () => enCours !== null || [...document.querySelectorAll("input[type=file]")].some((c) => c.files.length > 0);
  const dire = (t) => {
    const voix = document.getElementById("voix") ?? document.querySelector("main").appendChild(document.createElement("p"));
    voix.id = "voix";
    voix.className = "lecture-seule";
    voix.setAttribute("role", "status");
    setTimeout(() => (voix.textContent = t), 200); // once it is there, so that it is said
  };
  const fini = avis.dataset.fini ?? texte("L'examen est fini.", "The examination is done.");
  const reponse = choisi() ? null : await fetch(window.location.pathname + window.location.search).catch(() => null);
  if (reponse === null || !reponse.ok || choisi()) {
    avis.firstChild.textContent = fini + " ";
    avis.querySelector("a").textContent = texte("Voir le résultat (les fichiers choisis seront à choisir à nouveau)", "See the outcome (files that were chosen are to be chosen again)");
    dire(fini);
    return;
  }
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const ici = document.activeElement?.id;
  const [avant, apres] = [document.querySelector("main"), page.querySelector("main")];
  apres.prepend(...avant.querySelectorAll(":scope > .resume, :scope > [data-rester]")); // what was said of the files that were sent
  avant.replaceWith(apres);
  if (ici) {
    document.getElementById(ici)?.focus({ preventScroll: true });
  }
  dire(fini + " " + (document.querySelector("[data-bilan]")?.textContent ?? ""));
  suivre();
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
  suivre();
}

// The button of the foot gives one form to the counter, which shows it again in the other language; a form that searches has its own. Here the page is put in the place
// of this one, with all that was typed and chosen: nothing of it is sent, nor kept anywhere.
const champs = () => [...document.querySelectorAll("main form :is(input, select, textarea)[name]")].filter((c) => !["hidden", "submit"].includes(c.type));

const coche = (c) => c.type === "radio" || c.type === "checkbox";

document.addEventListener("click", async (evenement) => {
  const bouton = evenement.target.closest(".pied [data-adresse]");
  if (bouton === null || champs().length === 0) { // nothing can be lost: the link leads there
    return;
  }
  evenement.preventDefault();
  const adresse = new URL(bouton.dataset.adresse, window.location.href);
  const reponse = enCours === null ? await fetch(adresse).catch(() => null) : null;
  if (!reponse?.ok || new URL(reponse.url).pathname !== adresse.pathname) {
    window.location.assign(adresse); // signed out meanwhile, or cut off: the browser says so
    return;
  }
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const avant = champs();
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(page.body);
  window.history.replaceState(null, "", reponse.url);
  remettre(avant);
  outiller();
  suivre();
  document.querySelector(".pied [data-adresse]")?.focus();
});

// remettre fills the fields of the page in as those of the one before were.
function remettre(avant) {
  const tous = champs();
  for (const a of avant) {
    const i = tous.findIndex((c) => c.name === a.name && (!coche(c) || c.value === a.value));
    if (i < 0) {
      continue;
    }
    const [c] = tous.splice(i, 1);
    if (coche(c)) {
      c.checked = a.checked;
    } else if (c.type === "file") {
      c.files = a.files;
    } else {
      c.value = a.value;
    }
  }
}

// What the browser alone can do is offered by the script alone.
function outiller() {
  document.querySelectorAll("[data-copier], [data-imprimer]").forEach((bouton) => {
    bouton.hidden = bouton.dataset.copier !== undefined && navigator.clipboard === undefined;
    bouton.addEventListener("click", async () => {
      if (bouton.dataset.imprimer !== undefined) {
        window.print();
        return;
      }
      const lignes = [...document.querySelectorAll("#" + bouton.dataset.copier + " code")].map((c) => c.textContent);
      await navigator.clipboard.writeText(lignes.join("\n"));
      bouton.textContent = texte("Copié", "Copied");
    });
  });
}

outiller();
suivre();
document.querySelector(".resume")?.focus();
