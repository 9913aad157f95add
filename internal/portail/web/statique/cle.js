// Lets a passkey answer in a form: the browser asks for it, and its answer goes into the form's field. Without this script, or in a
// browser that knows no passkeys, the form takes a code.
"use strict";

const sait = typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

// repondre asks the browser for a key that is there, or for a new one.
const repondre = (part) => {
  const options = JSON.parse(part.dataset.options);
  return part.dataset.cle === "creer"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};

for (const part of sait ? document.querySelectorAll("[data-cle]") : []) {
  const [champ, bouton, dit] = [part.querySelector("input"), part.querySelector("button"), part.querySelector("[role=alert]")];
  part.hidden = false;
  part.parentElement.querySelector("[data-sans-cle]")?.remove();
  bouton.addEventListener("click", async () => {
    bouton.disabled = true;
    dit.textContent = "";
    try {
      champ.value = JSON.stringify(await repondre(part));
      champ.form.requestSubmit();
    } catch {
      champ.value = "";
      dit.textContent = part.dataset.echec;
    }
    bouton.disabled = false;
  });
}
