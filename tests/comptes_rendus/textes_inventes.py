"""Invented minutes, one per style seen in real ones: no person, place or sentence of theirs is real."""

# ruff: noqa: E501 - long lines are paragraphs, as an extraction gives them

ORNE = """PRÉFÈTE DE LA SOMBRE

Secrétariat général
Direction de la coordination
Affaire suivie par : Mme Ombeline CASTREL/ M. Thibaud VERNOIS
Tél : 02 99 41 32 71/ 75
adresse mail : pref-qualite@sombre.gouv.fr

Valcendre, le 19 juillet 2029

COMITE LOCAL DES USAGERS
du 28 juin 2029 – Compte-rendu

Le comité local des usagers s'est réuni à la préfecture sous la présidence de Mme Hortense DALMARE, secrétaire générale, et selon l'ordre du jour suivant :

- Bilan des enquêtes de satisfaction ;
- Suites données aux remarques ;
- Labellisation ;
- Visite du point numérique.

Étaient présents :

Représentants des associations et des collectivités :

Union des familles de la Sombre : Mme ISAMBERT et M. CORVOL
Association des maires : M. BOUVARD, maire de Clairgué
La Poste : M. GUESDE

Représentants de l'administration :

Secrétaire générale : Mme DALMARE
Directeur de la citoyenneté : représenté par Mme LAURIER, chef du bureau des titres
Chargée de la qualité : Mme CASTREL

Absents excusés :

M. le représentant de l'Union départementale des consommateurs
Mme TORVAL, conseillère départementale

Introduction

Mme la Secrétaire générale ouvre la séance et remercie les participants de leur présence.

1) *Bilan des enquêtes :*

L'enquête menée en avril montre un taux de satisfaction de 88,4 %.
M. GUESDE demande si les résultats seront publiés.
Mme CASTREL répond qu'ils sont affichés dans le hall.

2) *Suites données aux remarques du précédent comité :*

- Accessibilité : Mme la Secrétaire générale précise que la rampe a été refaite ;
- Confidentialité :
  - réorganisation du point numérique ;
  - pose de cloisons en juin.

Il est convenu que la notice « Mode d'emploi » sera relue par deux usagers.

3) *Labellisation :*

M. LOURMEL, secrétaire général de l'association des maires, suggère d'associer les mairies.
Aucune question n'est posée.

Clôture

L'ordre du jour est épuisé, le comité local des usagers est levé.

La prochaine réunion est prévue au premier trimestre 2030.

La Préfète

P/La Préfète
La Secrétaire Générale

signé

Hortense DALMARE
"""

CHARENTE = """Liberté • Égalité • Fraternité
RÉPUBLIQUE FRANÇAISE

PREFET DE LA HAUTE-BRUME

SECRETARIAT GENERAL
Bureau de la qualité

Dossier suivi par :
Mme Salomé VIGNAC
salome.vignac@haute-brume.gouv.fr

Port-Gris le
12 JUIL. 2028

Compte-rendu de la réunion d'installation du Comité Local des Usagers 19 juin 2028

Participaient à cette réunion :

M. Aymeric BRANDEL, Secrétaire général de la préfecture ;
Mme Salomé VIGNAC, Directrice des moyens, Référent numérique ;
M. le représentant de l'Union départementale des retraités ;
Mme Claire PORTEL, association « Accès pour tous » ;
M. Denis FOURCADE, maire de LESPARDE.

M. le Secrétaire général accueille les participants et rappelle l'ordre du jour :

1 – Présentation de la démarche qualité
2 – Rôle du comité
3 – Tour de table

Il rappelle que le comité poursuit trois objectifs :
1) présenter le travail de l'accueil ;
2) recueillir les remarques ;
3) échanger sur les bonnes pratiques.

Mme VIGNAC expose la démarche. Les membres saluent cette initiative.

Cette idée recueille l'approbation des participants.

Mme PORTELLE souhaite que le diaporama joint soit diffusé à tous.

415 courriers ont été reçus en 2027.

23 % de plus qu'en 2026, selon le service.

M. le Secrétaire général clôt la séance à 17 heures et propose de se revoir à la rentrée.

Le Préfet,
Pour le Préfet et par délégation,
Le Secrétaire Général,



Aymeric BRANDEL

Diffusion :
- membres du comité ;
- sous-préfectures.
"""

AUDIO = """SOUS-PRÉFECTURE DE MONTREUILLON

Compte rendu du comité local d'amélioration continue du mardi 1er février 2028 à 9 h 30

Le comité s'est tenu en audioconférence.

Présidence : M. Loïc HARDENNE, sous-préfet de Montreuillon

Secrétariat de séance : Mme Inès QUILLAN

Présents : Mme Ada BELLOT, présidente de l'association Mains Vertes ; M. Yves LE GALLO, adjoint au maire de Brévance ; Mme Nour SAÏDI

Excusés : la CAF de la Loue, M. Hugo de VAUCLAIR (représenté par Mme Ada BELLOT), le conseil départemental (direction des solidarités, pôle accueil).

I. Accueil téléphonique

Présentation de M. HARDENNE (diaporama, pages 2 à 4)

1. Les chiffres

Le standard a reçu 12 400 appels. Aucune observation.

2. Les horaires

Mme BELLOT demande l'ouverture le samedi. M. HARDENNE s'y engage pour l'essai.

II. Questions diverses

Le comité émet un avis favorable au projet de charte.

Mme QUILLAN s'engage à transmettre la charte avant la fin du mois.

La séance est levée à 11 h 05.

Le sous-préfet,

Loïc HARDENNE

P.J. : charte de l'accueil
"""

ETROIT = """PRÉFECTURE DU VAL-DORÉ

COMPTE RENDU
du comité local des usagers du 4 mars 2027 de 14h30 à 16h15

PRESENTS

Mme Lise AUBRAC, directrice de cabinet de la préfecture du Val-Doré et char-
gée de l'amélioration continue ;
M. Omar TIJANI, président de l'association des usagers des transports du
plateau ;
M. Paul-Henri DE ROUVRE, délégué du Défenseur des droits.

EXCUSES

M. Jean PRIGENT, maire de Sauvetat.

Point n° 1 : L'accueil physique

Mme AUBRAC présente les travaux du hall, qui ont commencé au mois de janvier
et doivent durer jusqu'à l'été. Pendant cette période, les usagers entrent par
la cour et un agent les oriente vers le guichet ouvert, où un rendez-
vous peut être pris sans attendre ; une signalétique provisoire a été posée le

Page 1 sur 2

long du parcours. Les personnes à mobilité réduite disposent d'une entrée dé-
diée.
M. TIJANI signale que la rampe est trop raide et demande que sa pente soit
revue avec les associations avant la fin du chantier.

Point n° 2 : Les délais de
délivrance des titres

Les délais baissent : 12 jours en janvier contre 31 jours un an plus tôt.
2027 sera une année de stabilisation selon le service, qui compte sur les
renforts annoncés pour tenir ces délais pendant l'été.

- cartes d'identité : douze jours, avec un objectif de dix jours à la fin de
l'année ;
- passeports : quinze jours.

M. DE ROUVRE estime que l'affichage des délais est utile.

Page 2 sur 2

La directrice de cabinet,
Lise AUBRAC
"""

CAPITALES = """COMPTE RENDU DU COMITE LOCAL D'AMELIORATION CONTINUE
DU 14 NOVEMBRE 2028

PRESIDENCE

Mme Jeanne MORVAND, secretaire generale

REPRESENTANTS DES USAGERS

• LENOIR Elsa, representante de l'association des locataires
• BRUNEAU Karim, federation des commercants

REPRESENTANTS DE L'ETAT

• PASTEL Odile, cheffe du bureau de l'accueil

A. BILAN DE L'ANNEE

Mme Pastel indique que la frequentation est stable.

\uf0b7 enquete de mai : 412 reponses
\uf0b7 enquete d'octobre : 388 reponses
\uf0d8 les deux enquetes seront fusionnees

B. PROJETS

Mme Lenoir interroge le service sur les horaires.

CONCLUSION

La seance est levee a 12h.

JEANNE MORVAND
Secretaire generale de la prefecture
"""

TIRETS = """Préfecture de la Creusette
Bureau de l'accueil

Procès-verbal de la réunion du CLUAC du vendredi 3 décembre 2027

Sous la présidence de M. Basile TRÉMONT, préfet de la Creusette

Participants :
- Mme Edwige SAULNIER, représentant M. Luc PARDIEU, président de l'UDAF
- M. Noé CARRIER – France Bénévolat
- la mission locale
- Mme la directrice de la CAF

Excusé·e·s :
- Mme Rose d'ARVOR

1/ Rappel des engagements

Mme Saulnier remarque que l'affiche est peu lisible.

2/ Plan d'actions

2.1 Téléphone

Présenté par M. CARRIER

action	pilote	échéance
---|---|---
rappel automatique	accueil	mars 2028
guide	qualité	juin 2028

2.2 Courrier

« Merci pour votre patience. »

M. Carrier rappelle que le délai est de quinze jours. Il ajoute que tout retard est expliqué.

Il ajoute enfin que le suivi est mensuel.

3/ Tour de table

Les participants n'ont pas d'autre question.

La séance est close à 16 heures 40.

M. Basile TRÉMONT

ANNEXE 1 : engagements
- joindre
- orienter

ANNEXE 2 – Bilan
Le bilan est tenu à jour chaque mois par le bureau.
"""

PHRASE = """Compte rendu – Comité local des usagers – séance du 9 avril 2026

Étaient présents : M. Alban RICHER, maire de Toulvray ; Mme Zoé MANTEL, directrice de la maison des services ; MM. DURVAL et PESSAC, association Rive Sud.
Étaient excusés : Mmes LORRAIN et VASQUE.
Étaient absents M. Karl BRESSE et Mme Anna VILLOT.

L'ordre du jour est le suivant :
1. Bilan
2. Perspectives

**Bilan**

M. RICHER salue le travail accompli.

**Perspectives**

Une enquête sera lancée. Le compte rendu sera adressé aux membres par courriel.

Fin de la séance : 18h.

Zoé MANTEL
"""

PAS_UN_COMPTE_RENDU = """Tarte aux pommes

Éplucher six pommes. Étaler la pâte dans un moule beurré.

- sucre
- beurre

Cuire trente minutes à four chaud.
"""

TOUS = {
    "orne": ORNE,
    "charente": CHARENTE,
    "audio": AUDIO,
    "etroit": ETROIT,
    "capitales": CAPITALES,
    "tirets": TIRETS,
    "phrase": PHRASE,
    "recette": PAS_UN_COMPTE_RENDU,
}
