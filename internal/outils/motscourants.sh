#!/usr/bin/env bash
# Makes internal/portail/motdepasse/motscourants.gz again, out of the packages that motscourants.md names.
set -euo pipefail
cd "$(dirname "$0")/../portail/motdepasse"
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
npm install --silent --no-save --prefix "$dossier" @zxcvbn-ts/language-common@4.1.3 @zxcvbn-ts/language-fr@4.1.2 >/dev/null
cp "$dossier/node_modules/@zxcvbn-ts/language-common/LICENSE.txt" motscourants.LICENSE
DOSSIER="$dossier/node_modules/@zxcvbn-ts" node >"$dossier/liste" <<'FIN'
const { readFileSync } = require("fs");
const lire = (nom) => { const l = JSON.parse(readFileSync(`${process.env.DOSSIER}/${nom}.json`)); return Array.isArray(l) ? l : Object.keys(l); };
const plat = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const choisir = (l, n) => [...new Set(l.map(plat).filter((s) => /^[\x21-\x7e]{4,24}$/.test(s)))].slice(0, n);
const secrets = choisir(lire("language-common/src/passwords"), 20000);
const mots = choisir(lire("language-fr/src/wikipedia").filter((s) => /^[^\d'’-]+$/.test(s)), 8000);
const prenoms = choisir(lire("language-fr/src/lastnames"), 2500);
const vus = new Set();
for (let i = 0; i < secrets.length; i++)
	for (const s of [secrets[i], mots[i], i > 1000 && i % 2 === 0 ? prenoms[(i - 1002) / 2] : ""]) if (s) vus.add(s);
console.log([...vus].join("\n"));
FIN
gzip -9n <"$dossier/liste" >motscourants.gz
