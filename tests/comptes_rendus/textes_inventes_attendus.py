"""What the invented minutes of other prefectures must give, one line per reading (see ``test_reprise_autres``)."""

# ruff: noqa: E501 - long lines are rows of attendance

LETTRE = """
titre COMITE LOCAL DES USAGERS du 27 juin 2029 – Compte-rendu
séance 2029-06-27 - - presentiel CLU
G1 present Participants : [-]
G2 present Représentants des associations et des collectivités : [Représentants des associations et des collectivités]
  Mme PERCEVAL + M. FONTANEL | - | Association des paralysés de France | -
  M. Jean MARCHAUD | - | UDAF | -
  Mme Odile TRANCHET | - | UFC Que Choisir | -
  Mme Lucie HAMEL | adjointe au maire | Mairie de Valdore | -
  M. COLLINET | - | Maison des services au public de Brisson | -
  M. DUVIVIER | - | La Poste | -
G2 present Représentants de l'administration : [Représentants de l'administration]
  M. LORIDAN | Secrétaire général de la préfecture | préfecture | -
  Mme VARENNE | Directrice de la citoyenneté et de la légalité | - | -
  - | Directeur des ressources humaines et des moyens | - | Mme AUBIN
  - | Chef du bureau de l'éducation routière | - | M. SEGUIN
  Mme BASTIDE | Chargée de mission qualité | - | -
  M. KERVEL | Référent qualité | - | -
G1 excuse Excusés : [-]
  - | la présidente de l'association des marcheurs | association des marcheurs | -
  - | le directeur de la mission locale | mission locale | -
  - | - | Union départementale des locataires | -
O  Présentation du comité et de la démarche Qual-e-pref
O  Bilan de l'enquête de satisfaction réalisée du 23 mai au 19 juin
O  Suggestions et réclamations
O  Documents soumis à l'avis du comité
O  Questions diverses
O  Visite du point numérique à l'issue de la réunion
R1  Introduction :
  intervention M. LORIDAN
R1 1) Présentation de la démarche :
  intervention Mme BASTIDE
  paragraphe
R1 2) Bilan de l'enquête de satisfaction :
  paragraphe
  paragraphe
  liste
  intervention M. FONTANEL
  intervention Mme BASTIDE
R1 3) Suggestions et réclamations :
  paragraphe
  liste
  paragraphe
R1 4) Documents soumis à l'avis du comité :
  intervention Mme TRANCHET
  paragraphe
R1 5) Questions diverses :
  intervention M. MARCHAUDD
R1  Clôture :
  intervention Le secrétaire général
  paragraphe
  paragraphe
prochaine au premier trimestre 2030
signature La Préfète / P/La Préfète / La Secrétaire Générale / signé / Agathe LEMERCIER
"""

INSTALLATION = """
titre Compte-rendu de la réunion d'installation du Comité Local des Usagers 19 juin 2028
séance 2028-06-19 - - - CLU
G1 present Participaient à cette réunion : [-]
  M. Pierre-Emmanuel PORTAL | Secrétaire Général de la préfecture | préfecture | -
  Mme Sylvie GALANT | Directrice des moyens, Référent numérique | - | -
  M. Alain FORTHEUR | Chef du service des ressources humaines | - | -
  Mme Anne-Marie DE LA TOUR | Directrice de la citoyenneté et de la légalité | - | -
  M. Bruno LESAGE | sous-préfet de Saint-Aubin | - | -
  - | - | Union départementale des locataires | -
  - | - | association des maires | -
  - | - | mission locale | -
  M. Gérard BIARD | Conseiller départemental, maire de Villefleur | - | -
  Mme Josette RIVAL | - | UFC Que Choisir | -
O 1 – Présentation du Comité
O 2 – L'accueil en préfecture et en sous-préfecture
O 3 – Le plan préfectures nouvelle génération
O 4 – La démarche qualité
O 5 – Questions diverses
R1
  intervention M. le Secrétaire Général
  paragraphe
  liste
  intervention Mme GALANT
  intervention M. FORTHEURE
  intervention M. le représentant de l'Union départementale des locataires
  intervention Les membres du comité
  decision M. le Secrétaire Général
  decision Les participants
  engagement M. le Secrétaire Général
prochaine -
signature Le Préfet, / Pour le Préfet et par délégation, / Le Secrétaire Général, / Pierre-Emmanuel PORTAL
"""

SOUS_PREFECTURE = """
titre Compte rendu de la réunion du comité local des usagers
séance 2024-03-01 09:30 12:00 - CLU
G1 preside Sous la présidence de [-]
  M. Victor AUBERT | sous-préfet de Montclair | - | -
G1 present en présence de : [-]
  Mme Claire DUPIN | - | UFC | -
  M. Henri LOSSERAND | - | association Regain | -
  Mme Paule REY | maire de Saint-Brice, représentante de l'association des maires | association des maires | -
  M. Ali BENSAÏD | - | Mission locale du bassin | -
G1 present Assistaient également à la réunion : [-]
  Mme Nadia FERRAND | secrétaire générale de la sous-préfecture | sous-préfecture | -
  M. Luc MOREAU | chef du bureau des titres | - | -
G1 excuse Étaient excusés : [-]
  M. Robert VIAL | président du CCAS | CCAS | -
  - | la directrice de La Poste | La Poste | -
R1 Premier point : Bilan de l'année 2023
  intervention Mme FERRAND
  intervention Mme DUPIN
  intervention Le sous-préfet
R1 Deuxième point : Enquête de satisfaction
  paragraphe
R1 Troisième point : Questions diverses
  paragraphe
  paragraphe
  paragraphe
prochaine premier semestre 2025
signature Le sous-préfet de Montclair, / Victor AUBERT
A Destinataires : (1)
"""

DECISIONS = """
titre Relevé de décisions Comité local des usagers et de l'amélioration continue (CLUAC) Mardi 14 mai 2024 – 14h00 à 15h45
séance 2024-05-14 14:00 15:45 presentiel CLUAC
G1 present Présents [-]
  - | - | - | -
  Mme Corinne DELAGE | Présidente | ADAPEI | -
  M. Thierry ROUX | Délégué départemental | APF France handicap | -
  Mme Aline PONS | Directrice | Mission locale | -
  M. Paul GARNIER | Secrétaire général | Préfecture | -
G1 excuse Excusés [-]
  - | - | - | -
  M. Marc HUET | Maire | Commune de Brives | -
  Mme Ève LACOSTE | Directrice | CAF | -
O 1. Accueil
O 2. Indicateurs
O 3. Plan d'actions
R1
  titre
R1 1. Accueil et tour de table
  intervention Le secrétaire général
R1 2. Indicateurs
R2 2.1. Délais
  paragraphe
R2 2.2. Appels
  paragraphe
  decision
R1 3. Plan d'actions
  decision
  decision
  paragraphe
prochaine -
signature Pour le préfet et par délégation, / le secrétaire général, / Paul GARNIER
A Annexe 1 – Tableau de bord (0)
A Annexe 2 – Plan d'actions 2024 (0)
"""

PROCES_VERBAL = """
titre PROCÈS-VERBAL DU COMITÉ LOCAL D'AMÉLIORATION CONTINUE Séance du jeudi 12 décembre 2024
séance 2024-12-12 14:05 16:10 - CLAC
G1 present Étaient présents : [-]
G2 present Au titre des usagers : [Au titre des usagers]
  Mme Josiane PICARD | présidente de l'UDAF | UDAF | -
  M. Édouard LEMAIRE | - | UNAPEI | -
G2 present Au titre des collectivités territoriales : [Au titre des collectivités territoriales]
  M. Franck NOËL | maire de Portelune, vice-président de l'AMF | - | -
G2 present Au titre des services de l'État : [Au titre des services de l'État]
  M. Alexandre DE SAINT-PRIX | secrétaire général de la préfecture | préfecture | -
  Mme Hélène O'BRIEN | directrice du SGCD | SGCD | -
  Mme Sophie VASSEUR-PETIT | cheffe du bureau de l'accueil | - | -
G1 excuse Étaient absents excusés : [-]
  M. Marc TESSON | Défenseur des droits | - | -
  Mme Annie GROS | - | France services de Vaux | M. Kévin LE BRIS
G1 absent Étaient absents non excusés : [-]
  - | - | Chambre d'agriculture | -
O  Approbation du procès-verbal de la séance précédente
O  Résultats des enquêtes
O  Questions diverses
R1
  titre
  paragraphe
R1 I. APPROBATION DU PROCÈS-VERBAL DE LA SÉANCE PRÉCÉDENTE
  decision
R1 II. RÉSULTATS DES ENQUÊTES
R2 A) Enquête papier
  intervention Mme VASSEUR-PETIT
R2 B) Enquête en ligne
  intervention M. LEMAIRE
  intervention Mme O'BRIEN
R1 III. QUESTIONS DIVERSES
  sans_observation
  paragraphe
prochaine -
signature Le président de séance, / Alexandre DE SAINT-PRIX / La secrétaire de séance, / Sophie VASSEUR-PETIT
"""

OBJET = """
titre -
séance 2023-05-16 - 11:30 - CLU
G1 preside Présidence : [-]
  M. Yvan CLÉMENT | préfet de la Sarente | - | -
G1 present Présents : [-]
  Mme Julie ARNAL | - | préfecture | -
  M. Karl WEBER | - | UFC-Que Choisir | -
  Mme Lola PINTO | - | CIDFF | -
  M. Jean BAUD + M. Paul RIO | - | Familles rurales | -
G1 excuse Excusés : [-]
  M. Éric NADAL | - | La Poste | -
  - | - | la CPAM | -
  - | - | le conseil départemental | -
G1 invite Invitée : [-]
  Mme Inès FABRE | prestataire | - | -
R1  Accueil des étrangers
  intervention M. WEBER
R1  Permis de conduire
  intervention Mme FABRE
R1  Suites à donner
  liste
  paragraphe
prochaine -
signature Yvan CLÉMENT / Préfet de la Sarente
"""

PUCES = """
titre COMPTE-RENDU Comité local des usagers de la préfecture du Vernois Lundi 20 novembre 2023
séance 2023-11-20 14:00 16:00 - CLU
G1 present Participants : [-]
  M. Bastien COLAS | secrétaire général, président | - | -
  Mme Anne-Laure PERRIN | directrice de la réglementation | - | -
  M. Ousmane DIALLO | - | association Accueil et Partage | -
  Mme Françoise de MONTALBERT | défenseure des droits (déléguée) | - | -
  - | - | gendarmerie | -
G1 absent Absents : [-]
  M. Serge BLIN | - | Union des commerçants | -
  - | - | DDPP | -
R1 I. Introduction
  intervention Le secrétaire général
R1 II. Présentation de la démarche
R2 II.1 Le label
  intervention Madame PERRIN
R2 II.2 Les audits
  paragraphe
R1 III. Tour de table
  intervention Monsieur DIALLO
  intervention Madame PERRIN
  paragraphe
prochaine -
signature Le secrétaire général / Bastien COLAS
"""

VISIO = """
titre Comité local des usagers – préfecture de la Loyre Réunion du 11 octobre 2022 en visioconférence
séance 2022-10-11 14:00 15:30 visio CLU
G1 present Étaient présents [-]
  Mme Anaïs MOREL | chargée de mission qualité | - | -
  M. Joël RENAUD | représentant l'UFC | UFC | -
  Mme Sarah COHEN | adjointe au maire | - | -
  M. Ivan PETROV | délégué du Défenseur des droits | - | -
G1 excuse Étaient excusés [-]
  M. Noël GRAS | président de l'ADMR | ADMR | -
  Mme Lise FAYARD | directrice de l'ANTS | ANTS | -
R1
  paragraphe
R1  Actualité de l'accueil
  intervention Mme VIDAL
  intervention M. RENAUD
R1  Bilan des réclamations
  paragraphe
  intervention Mme COHEN
R1  Points divers
  paragraphe
  intervention Mme VIDAL
prochaine -
signature Carole VIDAL
"""

COLLEGES = """
titre Compte rendu de la séance plénière du Comité Local des Usagers
séance 2023-02-08 - 16:30 - CLU
G1 present PRESENTS : [-]
G2 present Administration : [Administration]
  M. HENRY | secrétaire général | - | -
  Mme COSTE | - | DCL | -
  M. BRUN | - | SIDSIC | -
G2 present Usagers : [Usagers]
  Mme LENOIR | - | AFM | -
  M. PAGE | - | CFDT | -
  Mme SABATIER | - | AVF | -
G2 present Élus : [Élus]
  M. BARRAS | maire de Vaulx | - | -
G1 excuse EXCUSES : [-]
  M. DUMAS | - | CCI | -
  Mme FORT | - | CMA | -
R1  Introduction par M. HENRY
  intervention M. HENRY
R1 1er point : les délais
  intervention Mme COSTE
  liste
  intervention M. PAGE
  intervention Mme COSTE
R1 2ème point : la signalétique
  intervention Mme SABATIER
R1 3ème point : date de la prochaine réunion
  paragraphe
  paragraphe
prochaine pour le 14 septembre 2023
signature M. HENRY / Secrétaire général
"""

NUMEROTE = """
titre COMITÉ LOCAL D'AMÉLIORATION CONTINUE Compte rendu de la réunion du 23 mars 2023
séance 2023-03-23 - 17:00 - CLAC
G1 present I - PARTICIPANTS [-]
G1 present Présents : [-]
  - | - | - | -
  Camille BERTHELOT | Secrétaire générale | - | -
  Nicolas DUFOUR | Chef du pôle accueil | - | -
  Léa MARCHAL | - | Association Voisins solidaires | -
G1 excuse Excusés : [-]
  Tom VASSEUR | Maire de Croix-le-Bois | - | -
O 1 - Présentation de Services Publics+
O 2 - Résultats
R1 II - ORDRE DU JOUR
R1 III - DÉROULEMENT
  intervention Mme BERTHELOT
R2 1 - Présentation de Services Publics+
  intervention M. DUFOUR
R2 2 - Résultats
  paragraphe
R1 IV - CONCLUSION
  paragraphe
prochaine -
signature La secrétaire générale / Camille BERTHELOT
"""

BLOCS = """
titre COMPTE RENDU DE LA RÉUNION DU COMITÉ LOCAL DES USAGERS
séance 2019-06-05 - 11:00 presentiel CLU
G1 present Participants [-]
  Mme Danielle AUGER | Présidente de l'association Vivre ensemble | association Vivre ensemble | -
  M. Philippe CHARRON | Maire de Sauveterre, Représentant l'association des maires | association des maires | -
  M. Gilles HOUDIN | Directeur de la réglementation | - | -
G1 excuse Absents excusés [-]
  Mme Nathalie COQ | Directrice de la mission locale | mission locale | -
R1 1 – Ouverture
  intervention M. HOUDIN
R1 2 – Le point numérique
  paragraphe
  intervention Mme AUGER
  paragraphe
R1 3 – Divers
  sans_observation
  paragraphe
prochaine -
signature Le Directeur de la réglementation et des libertés publiques, / Gilles HOUDIN
A Annexe : photographies du point numérique (0)
A Annexe n° 2 – Questionnaire (2)
"""

POUVOIRS = """
titre CLUAC – Relevé de conclusions du 30 janvier 2025
séance 2025-01-30 - 12:15 - CLUAC
G1 present Étaient présents : [-]
  Mme Aude BRICE + Mme Line CROZ + Mme Maud DREY | - | - | -
  M. Éloi FAGES + M. Guy HAAS | - | - | -
  M. LENTZ + Mme LENTZ | usagers | - | -
G1 excuse Était excusée : [-]
  Mme Jade KLEIN | - | - | -
R1
  paragraphe
R1 A – Suivi des décisions antérieures
  tableau
R1 B – Nouvelles décisions
  liste
R1 C – Votes
  decision
  paragraphe
prochaine -
signature Le président du comité, / p/o Aude BRICE
A Diffusion : (1)
A P.J. : (1)
"""

ROMAINS = """
titre CLU du 7 février 2020
séance 2020-02-07 14:15 15:50 - CLU
G1 present Etaient présents : [-]
G2 present I. Services de l'Etat : [Services de l'Etat]
  M. Yann BREVAL | secrétaire général de la préfecture, président du comité | préfecture | -
  Mme Agathe FONDRAY | directrice de la coordination | - | -
  - | Le directeur départemental des territoires et de la mer ou son représentant | - | -
  - | Le commandant du groupement de gendarmerie | gendarmerie | le capitaine LORANT
G2 present II. Représentants des usagers : [Représentants des usagers]
G2 present Pour l'association des consommateurs : [Pour l'association des consommateurs]
  Mme Irène CAUVET | - | - | -
  M. Tony MAZUR | - | - | -
G2 present Pour l'union des retraités : [Pour l'union des retraités]
  M. Henri BALLON | - | - | -
  M. Samuel OTT | en qualité de représentant des usagers du guichet | - | -
G1 absent Absents non représentés : [-]
  Mme Clara DUSSOL | - | CCI | -
R1 I. Ouverture de la séance
  intervention Le secrétaire général
R1 II. Examen des documents
R2 II.A – Courriers types
  paragraphe
  engagement M. BREVAL
R2 II.B – Site internet
  intervention M. MAZUR
R1 III. Informations diverses
  paragraphe
  paragraphe
  paragraphe
prochaine au 12 novembre 2020 à 14h
signature Le Secrétaire Général, / Président du Comité Local des Usagers / Yann BREVAL
"""

MIXTE = """
titre Projet de compte rendu Comité local de l'amélioration continue (CLAC) Séance du 28 novembre 2024 de 10h00 à 11h30 en visioconférence et en salle Marianne
séance 2024-11-28 10:00 11:30 mixte CLAC
G1 present PRÉSENTS EN SALLE [-]
  Lucie BONNARD | - | Préfecture | -
  Marc CHEVRIER | - | DDETSPP | -
G1 present PRÉSENTS EN VISIOCONFÉRENCE [-]
  Aurélie DELMAS | - | UDAF | -
  Hugo ESTÈVE | - | Conseil départemental | -
G1 excuse EXCUSÉS [-]
  Paola FABIANI | - | Mission locale | -
R1
  separateur
R1 Point d'information n°1 : actualité de Services Publics +
  intervention Lucie BONNARD
  intervention Hugo ESTÈVE
  paragraphe
R1 Point d'information n°2 : enquête mystère
  paragraphe
R1 Point pour avis n°3 : plan d'amélioration continue 2025
  decision
  paragraphe
  separateur
prochaine -
signature La secrétaire générale adjointe / signé / Lucie BONNARD
"""

TOUS = {
    "lettre": LETTRE,
    "installation": INSTALLATION,
    "sous_prefecture": SOUS_PREFECTURE,
    "decisions": DECISIONS,
    "proces_verbal": PROCES_VERBAL,
    "objet": OBJET,
    "puces": PUCES,
    "visio": VISIO,
    "colleges": COLLEGES,
    "numerote": NUMEROTE,
    "blocs": BLOCS,
    "pouvoirs": POUVOIRS,
    "romains": ROMAINS,
    "mixte": MIXTE,
}
