"""Invented minutes of other prefectures: letter heads, lists in sentences, tables, numbers in words. No person, place or sentence is real."""

# ruff: noqa: E501 - long lines are paragraphs, as an extraction gives them

LETTRE = """PRÉFÈTE DE LA VALOISE

Secrétariat général
Direction de la coordination interministérielle
Mission qualité

Affaire suivie par : Mme Céline BASTIDE/ M. Yann KERVEL
Tél : 02 99 80 60 79/ 05
adresse mail : pref-qualite@valoise.gouv.fr

Valdore, le 19 juillet 2029

COMITE LOCAL DES USAGERS
du 27 juin 2029 – Compte-rendu

Le comité local des usagers s'est réuni à la préfecture de la Valoise le jeudi 27 juin 2029 sous la présidence de M. LORIDAN, secrétaire général de la préfecture, et selon l'ordre du jour suivant :

- Présentation du comité et de la démarche Qual-e-pref
- Bilan de l'enquête de satisfaction réalisée du 23 mai au 19 juin
- Suggestions et réclamations
- Documents soumis à l'avis du comité
- Questions diverses
- Visite du point numérique à l'issue de la réunion

Participants :

Représentants des associations et des collectivités :
Association des paralysés de France : Mme PERCEVAL et M. FONTANEL
UDAF : M. Jean MARCHAUD
UFC Que Choisir : Mme Odile TRANCHET
Mairie de Valdore : Mme Lucie HAMEL, adjointe au maire
Maison des services au public de Brisson : M. COLLINET
La Poste : M. DUVIVIER

Représentants de l'administration :
Secrétaire général de la préfecture : M. LORIDAN
Directrice de la citoyenneté et de la légalité : Mme VARENNE
Directeur des ressources humaines et des moyens, représenté par Mme AUBIN, chef du bureau de la logistique
Chef du bureau de l'éducation routière, représentée par M. SEGUIN
Chargée de mission qualité : Mme BASTIDE
Référent qualité : M. KERVEL

Excusés :
Mme la présidente de l'association des marcheurs
M. le directeur de la mission locale
Union départementale des locataires

*Introduction :*

M. LORIDAN, secrétaire général de la préfecture, accueille les participants et les remercie de leur présence. Il indique que le comité ne s'est pas réuni en 2028 et qu'il convient de le relancer.

1) *Présentation de la démarche :*

Mme BASTIDE rappelle que la charte Marianne date de 2005. La préfecture a choisi trois modules : relation générale, délivrance de titres (hors étrangers), coordination des politiques publiques.

L'audit interne aura lieu en septembre 2029 ; l'audit de labellisation en novembre 2029 par un organisme certificateur.

2) *Bilan de l'enquête de satisfaction :*

Le taux de satisfaction atteint 93,3 %. Les résultats sont consultables sur le site : http://www.valoise.gouv.fr/Services-de-l-Etat/Qualite
Les points à améliorer sont :
- les horaires d'ouverture ;
- la signalétique :
 - dans le hall ;
 - à l'extérieur.

M. FONTANEL demande si l'enquête concernait les personnes handicapées.
Mme BASTIDE répond que oui.

3) *Suggestions et réclamations :*

Les remarques des usagers et les actions engagées sont les suivantes :
- confidentialité au point numérique : réorganisation de l'espace en juin 2029
- attente au guichet : mise en place de rendez-vous
- absence de fontaine à eau : installation d'une fontaine dans le hall

- Accessibilité : Mme la secrétaire générale précise que la porte automatique sera remplacée.

- Stationnement : M. COLLINET fait remarquer que les places sont rares.

Les suggestions sont traitées sous 15 jours.

4) *Documents soumis à l'avis du comité :*

Mme TRANCHET trouve le terme « liasse » peu compréhensible. Il est convenu que le terme sera remplacé.
Les documents sont annexés au présent compte-rendu.

5) *Questions diverses :*

M. MARCHAUDD souhaite savoir si un tutoriel existe. Mme BASTIDE indique que sa mise en place est à l'étude.

*Clôture :*

Le secrétaire général remercie l'ensemble des participants. Le compte-rendu, le diaporama et le document de la DDT seront transmis à tous les membres.
La prochaine réunion aura lieu au premier trimestre 2030.
L'ordre du jour est épuisé, le comité local des usagers est levé.

La Préfète
P/La Préfète
La Secrétaire Générale

signé

Agathe LEMERCIER
"""

INSTALLATION = """Liberté • Égalité • Fraternité
RÉPUBLIQUE FRANÇAISE
PREFET DE LA BRUME-MARITIME

PREFECTURE
Secrétariat Général
Mission qualité et performance
Affaire suivie par : Sylvie GALANT
sylvie.galant@brume-maritime.gouv.fr

Port-Clair le 12 JUIL. 2028

Compte-rendu de la réunion d'installation du Comité Local des Usagers
19 juin 2028

Participaient à cette réunion :

M. Pierre-Emmanuel PORTAL, Secrétaire Général de la préfecture ;
Mme Sylvie GALANT, Directrice des moyens, Référent numérique ;
M. Alain FORTHEUR, Chef du service des ressources humaines,
Mme Anne-Marie DE LA TOUR, Directrice de la citoyenneté et de la légalité.
M. Bruno LESAGE, sous-préfet de Saint-Aubin
M. le représentant de l'Union départementale des locataires ;
M. le représentant de l'association des maires ;
Mme la représentante de la mission locale
M. Gérard BIARD, Conseiller départemental, maire de Villefleur ;
Mme Josette RIVAL, UFC Que Choisir ;

M. le Secrétaire Général ouvre la séance en remerciant les participants d'avoir répondu à l'invitation. Il présente l'ordre du jour :
1 – Présentation du Comité
2 – L'accueil en préfecture et en sous-préfecture
3 – Le plan préfectures nouvelle génération
4 – La démarche qualité
5 – Questions diverses

Le Comité Local des Usagers est une instance de concertation dont les objectifs sont :
1) Présenter le travail de l'accueil en préfecture
2) Recueillir les remarques et les suggestions des usagers
3) Échanger sur les bonnes pratiques

Mme GALANT présente le diaporama joint au présent compte-rendu. Les guichets reçoivent en moyenne 120 usagers par jour, contre 250 avant la dématérialisation des titres.

M. FORTHEURE précise que les agents ont été formés et que leur nombre passe de 32 à 18.

M. le représentant de l'Union départementale des locataires souhaite connaître les lieux d'accueil : il s'agit des maisons de services au public.

Les membres du comité font part de leur satisfaction quant à l'accueil. Mme RIVAL s'interroge sur le délai d'obtention des certificats d'immatriculation.

M. le Secrétaire Général propose que le comité se réunisse deux fois par an, ce qui est approuvé par l'ensemble des participants.

Les participants proposent de diffuser une plaquette dans les mairies. Cette idée recueille l'approbation de tous.

M. le Secrétaire Général s'engage à organiser à la rentrée une visite de l'accueil. Il remercie les participants et clôt la séance.

Le Préfet,
Pour le Préfet et par délégation,
Le Secrétaire Général,

Pierre-Emmanuel PORTAL
"""

SOUS_PREFECTURE = """SOUS-PRÉFECTURE
DE MONTCLAIR
Liberté
Égalité
Fraternité

Pôle accueil et qualité

Compte rendu de la réunion du comité local des usagers
Sous-préfecture de Montclair
Le 1er mars 2024 à 9 h 30

Sous la présidence de M. Victor AUBERT, sous-préfet de Montclair, en présence de :

- Mme Claire DUPIN (UFC)
- M. Henri LOSSERAND (association Regain)
- Mme Paule REY, maire de Saint-Brice, représentante de l'association des maires
- M. Ali BENSAÏD (Mission locale du bassin)

Assistaient également à la réunion :

- Mme Nadia FERRAND, secrétaire générale de la sous-préfecture
- M. Luc MOREAU, chef du bureau des titres

Étaient excusés :

- M. Robert VIAL, président du CCAS
- Mme la directrice de La Poste

Premier point : Bilan de l'année 2023

Mme FERRAND présente les chiffres. 3 200 usagers ont été reçus.

Mme DUPIN demande si les horaires peuvent être élargis.

Le sous-préfet répond que l'effectif ne le permet pas.

Deuxième point : Enquête de satisfaction

Le questionnaire a été distribué à l'accueil. Aucune remarque n'a été formulée par les membres.

Troisième point : Questions diverses

M. VIAL étant absent, sa question est reportée.

Prochaine réunion : premier semestre 2025

Fin de séance : 12h

Le sous-préfet de Montclair,

Victor AUBERT

Destinataires :
- membres du comité
- préfecture
"""

DECISIONS = """PRÉFET
DE LA HAUTE-LOUVE
Liberté
Égalité
Fraternité

Direction de la citoyenneté

Relevé de décisions
Comité local des usagers et de l'amélioration continue (CLUAC)
Mardi 14 mai 2024 – 14h00 à 15h45
Salle Jean Moulin

Présents

Nom\tQualité\tStructure
Mme DELAGE Corinne\tPrésidente\tADAPEI
M. ROUX Thierry\tDélégué départemental\tAPF France handicap
Mme PONS Aline\tDirectrice\tMission locale
M. GARNIER Paul\tSecrétaire général\tPréfecture

Excusés

Nom\tQualité\tStructure
M. HUET Marc\tMaire\tCommune de Brives
Mme LACOSTE Ève\tDirectrice\tCAF

Ordre du jour
1. Accueil
2. Indicateurs
3. Plan d'actions

1. Accueil et tour de table

Le secrétaire général accueille les participants.

2. Indicateurs

2.1. Délais

Les délais sont stables.

2.2. Appels

Le taux de décroché est de 91 %.

Décision n° 1 : le comité valide le tableau de bord.

3. Plan d'actions

Décision n° 2 : l'affichage est rénové avant le 30 juin.

Le comité se prononce à l'unanimité en faveur du plan.
Vote : pour : 12 ; contre : 0 ; abstention : 1.

La séance est levée à 15h45.

Pour le préfet et par délégation,
le secrétaire général,

Paul GARNIER

Annexe 1 – Tableau de bord
Annexe 2 – Plan d'actions 2024
"""

PROCES_VERBAL = """PROCÈS-VERBAL DU COMITÉ LOCAL D'AMÉLIORATION CONTINUE
Séance du jeudi 12 décembre 2024

Étaient présents :
Au titre des usagers :
Mme Josiane PICARD, présidente de l'UDAF
M. Édouard LEMAIRE, UNAPEI
Au titre des collectivités territoriales :
M. Franck NOËL, maire de Portelune, vice-président de l'AMF
Au titre des services de l'État :
M. Alexandre DE SAINT-PRIX, secrétaire général de la préfecture
Mme Hélène O'BRIEN, directrice du SGCD
Mme Sophie VASSEUR-PETIT, cheffe du bureau de l'accueil
Étaient absents excusés :
M. Marc TESSON, Défenseur des droits
Mme Annie GROS, France services de Vaux, représentée par M. Kévin LE BRIS
Étaient absents non excusés :
Chambre d'agriculture
Ordre du jour :
- Approbation du procès-verbal de la séance précédente
- Résultats des enquêtes
- Questions diverses
La séance est ouverte à 14 h 05 par M. DE SAINT-PRIX.
I. APPROBATION DU PROCÈS-VERBAL DE LA SÉANCE PRÉCÉDENTE
Le procès-verbal de la séance du 7 décembre 2023 est adopté à l'unanimité.
II. RÉSULTATS DES ENQUÊTES
A) Enquête papier
Mme VASSEUR-PETIT expose les résultats.
B) Enquête en ligne
M. LEMAIRE regrette le faible taux de réponse.
Mme O'BRIEN lui répond qu'une relance est prévue.
III. QUESTIONS DIVERSES
Néant.
L'ordre du jour étant épuisé, le président lève la séance à 16 h 10.
Le président de séance,
Alexandre DE SAINT-PRIX
La secrétaire de séance,
Sophie VASSEUR-PETIT
"""

OBJET = """Préfecture de la Sarente
Bureau de la performance
Affaire suivie par :
Mme Julie ARNAL
Tél. : 05 99 00 11 22
Mél : julie.arnal@sarente.gouv.fr

Fait à Sarente-la-Ville, le 05/06/2023

Objet : Compte rendu du comité local des usagers du 16 mai 2023
Réf. : convocation du 2 mai 2023
P.J. : 2

Présidence : M. Yvan CLÉMENT, préfet de la Sarente.
Présents : Mme Julie ARNAL (préfecture), M. Karl WEBER (UFC-Que Choisir), Mme Lola PINTO (CIDFF), MM. Jean BAUD et Paul RIO (Familles rurales).
Excusés : M. Éric NADAL (La Poste), la CPAM, le conseil départemental.
Invitée : Mme Inès FABRE, prestataire.

◆ Accueil des étrangers

M. WEBER indique avoir constaté des files d'attente. Mme ARNAL reconnaît ces difficultés.

◆ Permis de conduire

Mme FABRE présente l'outil de prise de rendez-vous.

◆ Suites à donner

- Envoyer le guide (Mme ARNAL, avant le 30 juin 2023) ;
- Revoir l'affichage.

La séance se termine à 11h30.

Yvan CLÉMENT
Préfet de la Sarente
"""

PUCES = """                                        COMPTE-RENDU
                 Comité local des usagers de la préfecture du Vernois
                              Lundi 20 novembre 2023

Participants :
    •   Monsieur Bastien COLAS, secrétaire général, président
    •   Madame Anne-Laure PERRIN, directrice de la réglementation
    •   Monsieur Ousmane DIALLO, association Accueil et Partage
    •   Madame Françoise de MONTALBERT, défenseure des droits (déléguée)
    •   Un représentant de la gendarmerie
Absents :
    •   Monsieur Serge BLIN, Union des commerçants
    •   Représentant de la DDPP


        • I. Introduction

Le secrétaire général remercie les membres de leur présence. La réunion débute à 14h.

        • II. Présentation de la démarche
            II.1 Le label
Madame PERRIN rappelle le calendrier du label.
            II.2 Les audits
L’audit se déroulera en mars 2024.

        • III. Tour de table

Monsieur DIALLO : « Les personnes que nous suivons ne savent pas utiliser internet. »
Madame PERRIN : un point numérique est à leur disposition.

La réunion s'achève à 16h.




                                                        Le secrétaire général

                                                        Bastien COLAS
"""

TOUS = {
    "lettre": LETTRE,
    "installation": INSTALLATION,
    "sous_prefecture": SOUS_PREFECTURE,
    "decisions": DECISIONS,
    "proces_verbal": PROCES_VERBAL,
    "objet": OBJET,
    "puces": PUCES,
}
