"""More invented minutes: sentences, blocks per person, colleges on one line, several signatures. No person, place or sentence is real."""

# ruff: noqa: E501 - long lines are paragraphs, as an extraction gives them

VISIO = """Comité local des usagers – préfecture de la Loyre
Réunion du 11 octobre 2022 en visioconférence

La réunion s'est tenue en visioconférence de 14h à 15h30 sous la présidence de Mme Carole VIDAL, directrice de la citoyenneté.

Étaient présents Mme Anaïs MOREL, chargée de mission qualité, M. Joël RENAUD, représentant l'UFC, Mme Sarah COHEN, adjointe au maire et M. Ivan PETROV, délégué du Défenseur des droits.

Étaient excusés M. Noël GRAS, président de l'ADMR, ainsi que Mme Lise FAYARD, directrice de l'ANTS.

Actualité de l'accueil

Mme VIDAL présente les nouveaux horaires.

M. RENAUD estime que la fermeture du vendredi pénalise les actifs.

Bilan des réclamations

127 réclamations ont été reçues en 2021, contre 98 en 2020.

Mme COHEN propose de publier une foire aux questions. La proposition est retenue.

Points divers

Aucun point n'est évoqué.

Mme VIDAL lève la séance.

Carole VIDAL
"""

COLLEGES = """Compte rendu de la séance plénière du Comité Local des Usagers
Préfecture de l'Orval, 8 février 2023

PRESENTS :
Administration : M. HENRY (secrétaire général), Mme COSTE (DCL), M. BRUN (SIDSIC)
Usagers : Mme LENOIR (AFM), M. PAGE (CFDT), Mme SABATIER (AVF)
Élus : M. BARRAS (maire de Vaulx)
EXCUSES :
M. DUMAS (CCI), Mme FORT (CMA)

Introduction par M. HENRY

M. HENRY rappelle le cadre national.

1er point : les délais

Mme COSTE expose les délais par type de titre :
 - carte nationale d'identité : 15 jours
 - permis de conduire : 20 jours
 - certificat d'immatriculation : 4 jours

Question de M. PAGE : les délais annoncés sont-ils garantis ?

Réponse de Mme COSTE : non, il s'agit de moyennes.

2ème point : la signalétique

Remarque de Mme SABATIER : les panneaux sont peu lisibles.

3ème point : date de la prochaine réunion

Rendez-vous est pris pour le 14 septembre 2023.

Clôture de la réunion à 16 heures 30.

M. HENRY
Secrétaire général
"""

NUMEROTE = """COMITÉ LOCAL D'AMÉLIORATION CONTINUE
Compte rendu de la réunion du 23 mars 2023

I - PARTICIPANTS

Présents :
Nom Prénom\tFonction
BERTHELOT Camille\tSecrétaire générale
DUFOUR Nicolas\tChef du pôle accueil
MARCHAL Léa\tAssociation Voisins solidaires
Excusés :
VASSEUR Tom\tMaire de Croix-le-Bois

II - ORDRE DU JOUR

1 - Présentation de Services Publics+
2 - Résultats

III - DÉROULEMENT

Mme BERTHELOT ouvre la séance.

1 - Présentation de Services Publics+

M. DUFOUR présente le programme.

2 - Résultats

La satisfaction atteint 85 %.

IV - CONCLUSION

La réunion est levée à 17 h.

La secrétaire générale
Camille BERTHELOT
"""

BLOCS = """COMPTE RENDU DE LA RÉUNION DU COMITÉ LOCAL DES USAGERS
Préfecture de la Haute-Sauve – mercredi 5 juin 2019

Participants

Mme Danielle AUGER
Présidente de l'association Vivre ensemble

M. Philippe CHARRON
Maire de Sauveterre
Représentant l'association des maires

M. Gilles HOUDIN
Directeur de la réglementation

Absents excusés

Mme Nathalie COQ
Directrice de la mission locale

1 – Ouverture

M. HOUDIN accueille les participants à 9 heures.

2 – Le point numérique

Le point numérique accueille 20 usagers par jour.
Mme AUGER s'étonne de ce chiffre. M. HOUDIN explique que la fréquentation varie.

« Je n'ai jamais réussi à me connecter », témoigne un usager.

3 – Divers

RAS

La séance est levée à 11 heures.

Le Directeur de la réglementation et des libertés publiques,
Gilles HOUDIN

Annexe : photographies du point numérique

Annexe n° 2 – Questionnaire

1. Êtes-vous satisfait de l'accueil ?
2. Avez-vous attendu longtemps ?
"""

POUVOIRS = """PRÉFET DE LA CORBIÈRE

CLUAC – Relevé de conclusions du 30 janvier 2025

Étaient présents : Mmes Aude BRICE (SGC), Line CROZ (DDETS) et Maud DREY (préfecture), MM. Éloi FAGES (UDAF) et Guy HAAS (AMF), M. et Mme LENTZ (usagers).

Était excusée : Mme Jade KLEIN.

M. Éloi FAGES a donné pouvoir à M. Guy HAAS.

A – Suivi des décisions antérieures

| Décision | État |
| --- | --- |
| Affichage | réalisé |
| Borne | en cours |

B – Nouvelles décisions

1. Le comité décide de créer un groupe de travail.
2. Le comité émet un avis défavorable à la fermeture du lundi.
3. Mme BRICE se charge de rédiger la note avant le 1er mars 2025.

C – Votes

Le règlement intérieur est adopté par 8 voix pour, 1 contre et 2 abstentions.

Fin de la réunion à 12h15.

Le président du comité,

p/o Aude BRICE

Diffusion : membres du comité, site internet
P.J. : tableau de suivi
"""

ROMAINS = """PRÉFET DE LA ROCHELANDE

COMPTE RENDU
CLU du 7 février 2020

Etaient présents :

I. Services de l'Etat :
M. Yann BREVAL, secrétaire général de la préfecture, président du comité
Mme Agathe FONDRAY, directrice de la coordination
Le directeur départemental des territoires et de la mer ou son représentant
Le commandant du groupement de gendarmerie, représenté par le capitaine LORANT

II. Représentants des usagers :
Pour l'association des consommateurs :
- Mme Irène CAUVET
- M. Tony MAZUR
Pour l'union des retraités : M. Henri BALLON
M. Samuel OTT, en qualité de représentant des usagers du guichet

Absents non représentés : Mme Clara DUSSOL (CCI)

I. Ouverture de la séance

Le secrétaire général ouvre la séance à 14h15.

II. Examen des documents

II.A – Courriers types

Le comité est consulté pour avis sur trois courriers. Mme CAUVET juge le vocabulaire trop technique.
M. BREVAL prend note de cette remarque et s'engage à faire réécrire les courriers.

II.B – Site internet

M. MAZUR se félicite de la nouvelle page.

III. Informations diverses

Il est rappelé que l'accueil sera fermé le 25 mai 2020.

La prochaine séance est fixée au 12 novembre 2020 à 14h.

La séance est levée à 15h50.

Le Secrétaire Général,
Président du Comité Local des Usagers

Yann BREVAL
"""

MIXTE = """RÉPUBLIQUE FRANÇAISE
PRÉFECTURE DE LA SAULDE
Direction des services du cabinet
Bureau de la communication interministérielle

Projet de compte rendu
Comité local de l'amélioration continue (CLAC)
Séance du 28 novembre 2024 de 10h00 à 11h30 en visioconférence et en salle Marianne

PRÉSENTS EN SALLE
BONNARD Lucie – Préfecture
CHEVRIER Marc – DDETSPP
PRÉSENTS EN VISIOCONFÉRENCE
DELMAS Aurélie – UDAF
ESTÈVE Hugo – Conseil départemental
EXCUSÉS
FABIANI Paola – Mission locale

***

Point d'information n°1 : actualité de Services Publics +

Lucie BONNARD rappelle les huit engagements.

Hugo ESTÈVE demande comment les usagers peuvent donner leur avis.
→ Un QR code est affiché dans le hall.

Point d'information n°2 : enquête mystère

Résultats : 82 % de conformité (+ 4 points).

Point pour avis n°3 : plan d'amélioration continue 2025

Le plan est validé par les membres du comité.

Suite à donner : la préfecture transmettra le plan aux membres avant le 15 décembre 2024.

*
* *

La secrétaire générale adjointe
signé
Lucie BONNARD
"""

TOUS = {
    "visio": VISIO,
    "colleges": COLLEGES,
    "numerote": NUMEROTE,
    "blocs": BLOCS,
    "pouvoirs": POUVOIRS,
    "romains": ROMAINS,
    "mixte": MIXTE,
}
