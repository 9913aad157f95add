"""What a supplier writes without Guichet: rows to dictionaries to files of 200, nothing checked.

usage: python3 script.py commandes.csv sortie
"""
import csv
import json
import os
import sys

BOOLEENS = {"oui": True, "non": False, "": None}
CERTIFICAT = ("numeroCarteCPX", "nomAdminTechnique", "telAdminTechnique", "emailAdminTechnique", "utiliteCertificat")


def vide(texte):
    return texte or None


def demande(r, rang, numero):
    return {
        "numLigne": rang,
        "typeAction": "C",
        "numeroASP": None,
        "numeroEditeur": numero,
        "commande": {
            "dateCommande": r["dateCommande"],
            "regimeTVA": r["regimeTVA"],
            "montantSegurHT": float(r["montantSegurHT"]),
        },
        "beneficiaires": {
            "isMandataire": BOOLEENS[r["isMandataire"]],
            "nomMandataire": vide(r["nomMandataire"]),
            "emailMandataire": vide(r["emailMandataire"]),
            "telephoneMandataire": vide(r["telephoneMandataire"]),
            "etablissementsClients": [{
                "FINESSJuridique": r["FINESSJuridique"],
                "demandeCertificatServeur": BOOLEENS[r["demandeCertificatServeur"]],
                "contractualisationOG": BOOLEENS[r["contractualisationOG"]],
                "statutAdminTechnique": vide(r["statutAdminTechnique"]),
                "contractualisationEditeur": BOOLEENS[r["contractualisationEditeur"]],
                "certificatServeur": {balise: vide(r[balise]) for balise in CERTIFICAT},
                "nomResponsableOG": r["nomResponsableOG"],
                "emailResponsableOG": r["emailResponsableOG"],
                "telephoneResponsableOG": r["telephoneResponsableOG"],
                "FINESSGeos": [r["FINESSGeo"]],
            }],
        },
        "piecesJustificatives": [{
            "nomFichier": f"MS1-DUI-Va1-BDC-{numero}.pdf",
            "formatFichier": "PDF",
            "typeFichier": "BON_COMMANDE",
        }],
        "scenarioInstallation": [{
            "FINESSGeo": r["FINESSGeo"],
            "ancienneVersion": r["ancienneVersion"],
            "isMaitreId": BOOLEENS[r["isMaitreId"]],
            "IsStockageId": BOOLEENS[r["IsStockageId"]],
            "operateurMessagerie": vide(r["operateurMessagerie"]),
            "profilMetier": r["profilMetier"],
            "IsRefSoins": BOOLEENS[r["IsRefSoins"]],
        }],
        "codeTraitement": None,
        "libelleTraitement": None,
    }


def ecrire(sortie, rang, demandes):
    nom = f"JSON-ANS0000001-20231002-{rang:03d}.json"
    contenu = {"impId": None, "numeroAns": "ANS0000001", "SIRET": "00000000100008", "lignesImport": demandes}
    with open(os.path.join(sortie, nom), "w", encoding="utf-8") as f:
        f.write(json.dumps(contenu, indent=4, ensure_ascii=False))


def main(source, sortie):
    os.makedirs(sortie, exist_ok=True)
    demandes, rang = [], 0
    with open(source, encoding="utf-8-sig", newline="") as f:
        for r in csv.DictReader(f, delimiter=";"):
            demandes.append(demande(r, len(demandes) + 1, r["numeroEditeur"]))
            if len(demandes) == 200:
                rang += 1
                ecrire(sortie, rang, demandes)
                demandes = []
    if demandes:
        ecrire(sortie, rang + 1, demandes)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
