// Turns and enlarges an image in its page. Without this script it stands there as wide as its column, and a link opens it in a window.
"use strict";

for (const cadre of document.querySelectorAll("[data-image]")) {
  const image = cadre.querySelector("img");
  const outils = cadre.previousElementSibling;
  const vue = { tour: 0, taille: 1, touchee: false };

  // poser gives the image its width: turned by a quarter, what was its height fills the column. An image that is still on its way gets it
  // when it is there.
  const poser = () => {
    if (!vue.touchee || image.naturalWidth === 0) {
      return;
    }
    const couche = vue.tour % 2 === 1;
    const rapport = image.naturalHeight / image.naturalWidth;
    const large = (cadre.clientWidth * vue.taille) / (couche ? rapport : 1);
    const ecart = couche ? (large * (1 - rapport)) / 2 : 0;
    image.style.width = `${large}px`;
    image.style.maxWidth = "none";
    image.style.margin = `${ecart}px ${-ecart}px`;
    image.style.transform = `rotate(${vue.tour * 90}deg)`;
  };

  const gestes = {
    plus: () => (vue.taille = Math.min(vue.taille * 1.25, 8)),
    moins: () => (vue.taille = Math.max(vue.taille / 1.25, 0.2)),
    tourner: () => (vue.tour = (vue.tour + 1) % 4),
  };
  outils.hidden = false;
  image.addEventListener("load", poser);
  addEventListener("resize", poser);
  outils.addEventListener("click", (e) => {
    const geste = e.target.closest("button")?.dataset.geste;
    if (geste !== undefined) {
      gestes[geste]();
      vue.touchee = true;
      poser();
    }
  });
}
