// Single keys in the agency's work, for who has switched them on (WCAG 2.1.4): a key acts on the element that names it (data-touche). All of
// it can be done without this script. A key presses a link or a button; of anything else it opens the panel and goes to its first field.
"use strict";

const ecrit = (e) => e.matches("textarea, select, [contenteditable]") || (e.matches("input") && !["radio", "checkbox", "button", "submit", "reset"].includes(e.type));

const vu = (e) => e.checkVisibility();

// viser puts the focus on what is chosen in an element, else on what comes first in it.
function viser(element) {
  const cible = [...element.querySelectorAll("input:checked, input, textarea, select, button, a[href]")].filter((e) => e.type !== "hidden" && vu(e));
  (element.querySelector("input:checked") ?? cible[0] ?? element).focus();
  element.scrollIntoView({ block: "nearest" });
}

// presser is what a key does with the element that names it.
function presser(element) {
  if (element.matches("a, button")) {
    element.click();
    return;
  }
  if (element.matches("details")) {
    element.open = true;
  }
  viser(element);
}

// ligne goes to the next row, or the one before.
function ligne(ici, pas) {
  const toutes = [...document.querySelectorAll("[data-ligne]")].filter(vu);
  const i = toutes.indexOf(ici.closest("[data-ligne]"));
  const cible = i < 0 ? toutes[0] : toutes[i + pas];
  return cible && (() => viser(cible));
}

// repondre gives the nth answer to the point that has the focus, else to the first without an answer, and goes to the next one.
function repondre(ici, n) {
  const points = [...document.querySelectorAll("[data-point]")];
  const sans = points.findIndex((p) => p.querySelector("input:checked") === null);
  const dedans = points.indexOf(ici.closest("[data-point]"));
  const i = dedans < 0 ? sans : dedans;
  const reponse = points[i]?.querySelectorAll("input[type=radio]")[n - 1];
  return (
    reponse &&
    (() => {
      reponse.click();
      viser(points[i + 1] ?? points[i]);
    })
  );
}

// confirmer presses the main button of the form that has the focus.
function confirmer(ici) {
  const form = ici.closest("main form");
  const bouton = form?.querySelector("button:not(.secondaire, .discret)") ?? form?.querySelector("button");
  return bouton && (() => bouton.click());
}

// fermer closes the panel around, or leaves the field.
function fermer(ici) {
  const panneau = ici.closest("main details[open]");
  if (panneau === null) {
    return ecrit(ici) ? () => ici.blur() : undefined;
  }
  return () => {
    panneau.open = false;
    panneau.querySelector("summary").focus();
  };
}

// faire finds what a key does where the focus is; undefined for nothing.
function faire(e, ici) {
  const nue = e.getModifierState("AltGraph") || !(e.ctrlKey || e.altKey || e.metaKey);
  if (e.isComposing) {
    return undefined;
  }
  if (e.key === "Enter") {
    return e.ctrlKey && !e.repeat ? confirmer(ici) : undefined;
  }
  if (e.key === "Escape") {
    return fermer(ici);
  }
  if (!nue || ecrit(ici)) {
    return undefined;
  }
  const cle = e.shiftKey ? e.key : e.key.toLowerCase();
  if (cle === "j" || cle === "k") {
    return ligne(ici, cle === "j" ? 1 : -1);
  }
  if (e.repeat) {
    return undefined;
  }
  const chiffre = /^(?:Digit|Numpad)([1-3])$/.exec(e.code); // where the row of digits needs Shift, too
  if (chiffre !== null) {
    return repondre(ici, Number(chiffre[1]));
  }
  if (cle === "o") {
    const lien = ici.closest("[data-ligne]")?.querySelector("a[href]");
    return lien && (() => lien.click());
  }
  const element = [...document.querySelectorAll("[data-touche]")].find((x) => x.dataset.touche === cle && vu(x));
  return element && (() => presser(element));
}

document.addEventListener("keydown", (e) => {
  const acte = faire(e, document.activeElement ?? document.body);
  if (acte) {
    e.preventDefault();
    acte();
  }
});
