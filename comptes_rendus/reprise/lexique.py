"""The French words of minutes: verbs of speech, offices, civilities, dates, compound words. No name, no place."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")
_PLATS = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})


def plier(texte: str) -> str:
    """Lower case without accents, length kept for the letters of French (œ and æ stay); no-break blanks are blanks."""
    nu = texte.lower()
    if nu.isascii():
        return nu
    return _ACCENTS.sub("", unicodedata.normalize("NFD", nu.translate(_PLATS)))


# --- verbs ----------------------------------------------------------------------------------------------------------

_PREMIER_GROUPE = """
    indiqu demand précis ajout soulign interrog expliqu propos signal évoqu déplor estim confirm inform
    remarqu remerci salu souhait observ affirm assur déclar regrett constat exprim aliment apport suggér
    insist relev mentionn rapport not cit pos interpell alert présent expos détaill illustr résum
    développ comment complét nuanc corrig rectifi félicit encourag recommand préconis conseill invit
    convi appel attir attest certifi garanti propag diffus donn laiss termin énonc communiqu partag
    approuv valid refus accept contest récus cautionn argument justifi témoign racont manifest réaffirm
    rassur modér accueill répliqu rétorqu objectiv clarifi considèr considér espèr espér pens jug trouv
    critiqu dénonc plaid milit engag précisionn abord annonc enchaîn résum récapitul clôtur lanc lèv lev
    cèd céd renvoi fourni comprend plac rappel réclam sollicit aimer salu questionn échang débattr
    discut regard évalu souligne étonn inquièt oppos excus avou concèd décid exig confi invoqu énumèr
    avanc pointe relat retrac dress récapitul rappell suggèr réitèr réitér complèt révèl révél ajourn
    charg explicit précis
    """.split()
_AUTRES = """
    rappelle rappellent appelle appellent répond répondent dit disent intervient interviennent fait font
    met mettent prend prennent émet émettent soumet soumettent promet promettent admet admettent
    reconnaît reconnait reconnaissent convient conviennent soutient soutiennent tient tiennent revient
    reviennent maintient comprend comprennent attend attendent entend entendent défend prétend rend
    perçoit conclut concluent conçoit craint craignent plaint plaignent se-plaint avertit fournit
    garantit réfléchit définit ouvre ouvrent offre clôt clos veut veulent pense renvoie renvoient
    voudrait voudraient souhaiterait souhaiteraient aimerait aimeraient prévoit réjouit réjouissent
    argue transmet conçoivent lève cède décrit décrivent introduit introduisent traduit produit suit
    rejoint rejoignent voit lit relit écrit inscrit sait
    """.split()
_PARTICIPES = """
    répondu dit intervenu fait mis pris émis soumis promis admis reconnu convenu soutenu tenu revenu
    maintenu compris attendu entendu défendu conclu craint averti fourni garanti réfléchi défini ouvert
    clos voulu introduit rejoint
    """.split()
NOMS_AUSSI = frozenset(
    "demande demandes note notes présente présentes remarque commente compte offre conseille rapporte alerte place "
    "place charge cite pose presente illustre fait font suit lit ouvert tient pris mis dit compris tenu "
    "continue partage partagent reste adresse adresses cause liste abord forme crée échange "
    "echange appel appelle engage lance clos produit prise".split()
)

# « engage », « attend » : a speaker does so; « est favorable », « a indiqué » are built in ``personnes``/``corps``.
VERBES_PAROLE: frozenset[str] = frozenset(
    {racine + fin for racine in _PREMIER_GROUPE for fin in ("e", "ent", "ait", "aient", "a", "era", "eront")}
    | set(_AUTRES)
) - {"a", "era", "aient"}
PARTICIPES_PAROLE: frozenset[str] = frozenset({racine + "é" for racine in _PREMIER_GROUPE} | set(_PARTICIPES))
AUXILIAIRES = frozenset("a ont avait avaient aura auront est sont était étaient".split())
_ETATS = """
    est sont était étaient sera seront serait seraient a ont avait avaient aura auront peut peuvent
    pourra pourront doit doivent devra devront permet permettent va vont faut reste restent demeure
    demeurent existe existent dispose disposent constitue constituent représente représentent concerne
    concernent bénéficie bénéficient reçoit reçoivent vient viennent devient deviennent s'agit figure
    figurent montre montrent utilise utilisent traite traitent réunit réunissent débute débutent
    commence commencent travaille travaillent augmente augmentent passe passent fonctionne fonctionnent
    souhaiterait souhaiteraient pourrait pourraient devrait devraient faudrait conviendrait accèdent
    accède salue déclare continuent
    """.split()
VERBES_PHRASE: frozenset[str] = (VERBES_PAROLE - NOMS_AUSSI) | frozenset(_ETATS)
"""Finite verbs that make a line a sentence and not a title."""
_MOT = re.compile(r"(?<![lLdD]['’])\b[\w-]+")

INTERCALES = frozenset(
    plier(mot)
    for mot in """
    se s' lui leur leurs en y ne n' nous vous le la les l' également egalement ensuite ainsi donc
    néanmoins enfin alors aussi toutefois cependant par ailleurs pour sa part de son côté à tour en
    outre quant elle lui-même elle-même notamment toujours d'abord tout abord puis encore finalement
    brièvement succinctement vivement sincèrement chaleureusement tous plus particulièrement pas tenu
    tient et
    """.split()
)
DETERMINANTS = frozenset(
    plier(mot)
    for mot in """
    la le les l' un une des de d' du cette ce cet ces leur leurs sa son ses toute tout toutes chaque
    aucune aucun par sur en à au aux pour sans première premier nouvelle nouveau et ou votre notre
    """.split()
)


def verbes(texte: str) -> list[str]:
    """The finite verbs of ``texte`` (« s'est », « n'a »; not the noun of « l'annonce », « la demande »)."""
    trouves, avant = [], ""
    for mot in _MOT.findall(texte):
        if mot in VERBES_PHRASE and avant not in DETERMINANTS:
            trouves.append(mot)
        avant = mot.lower()
    return trouves


# --- persons and offices --------------------------------------------------------------------------------------------

CIVILITE = (
    r"(?:MM?\.|MM(?=\s)|M(?=\s+[A-ZÀ-Ý])|Mmes?\.?|Mlles?|Melles?|Mesdames|Messieurs|Madame|"
    r"Monsieur|Mademoiselle|Me(?=\s+[A-ZÀ-Ý])|Dr\.?|Pr\.?)"
)
CIVILITE_DEBUT = re.compile(rf"{CIVILITE}(?=[\s\u00a0\u202f])")
OFFICES = (
    r"pr[ée]f(?:et|[èe]te)|sous-pr[ée]f(?:et|[èe]te)|haut[- ]commissaire|secr[ée]taire|"
    r"direct(?:eur|rice)|d[ée]l[ée]gu[ée]e?|"
    r"repr[ée]sentant(?:e|es|s)?|adjoint(?:e|s|es)?|chef(?:fe)?s?|maires?|pr[ée]sident(?:e|"
    r"s|es)?|vice-pr[ée]sident(?:e)?|"
    r"r[ée]f[ée]rent(?:e|s|es)?|responsables?|charg[ée]e?s?|conseill(?:er|[èe]re)s?|correspondant(?:e)?|"
    r"animat(?:eur|rice)|"
    r"coordinat(?:eur|rice)|coordonnat(?:eur|rice)|agente?s?|m[ée]diat(?:eur|rice)|d[ée]fenseur(?:e)?|commandante?|"
    r"colonel(?:le)?|capitaine|inspect(?:eur|rice)|administrat(?:eur|rice)|gestionnaire|auditeur|auditrice|"
    r"rapporteur(?:e)?|s[ée]nat(?:eur|rice)|d[ée]put[ée]e?|[ée]lu(?:e|s|es)?|b[ée]n[ée]vole|tr[ée]sori(?:er|[èe]re)|"
    r"intervenant(?:e|s|es)?|participant(?:e|s|es)?|membres?|assembl[ée]e|comit[ée]|commission|coll[èe]gues|"
    r"interlocut(?:eur|rice)s?|associations? pr[ée]sentes?|substitut(?:e)?|recteur|rectrice|doyenn?e?"
)
OFFICE_DEBUT = re.compile(rf"(?:le|la|les|l['’]|un|une|des|plusieurs|certains|quelques)\s?(?:{OFFICES})\b", re.I)
OFFICE = re.compile(rf"\b(?:{OFFICES})\b", re.I)

# --- dates and hours ------------------------------------------------------------------------------------------------

MOIS = {
    "janvier": 1,
    "janv": 1,
    "jan": 1,
    "fevrier": 2,
    "fevr": 2,
    "fev": 2,
    "mars": 3,
    "mar": 3,
    "avril": 4,
    "avr": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "juil": 7,
    "aout": 8,
    "septembre": 9,
    "sept": 9,
    "sep": 9,
    "octobre": 10,
    "oct": 10,
    "novembre": 11,
    "nov": 11,
    "decembre": 12,
    "dec": 12,
}
_NOM_MOIS = "|".join(sorted(MOIS, key=len, reverse=True))
DATE = re.compile(
    rf"\b(?:(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(\d{{1,2}})(?:\s?er|\^\{{er\}})?\s*"
    rf"(?:({_NOM_MOIS})\.?\s*(\d{{4}})\b|[/.-](\d{{1,2}})[/.-](\d{{4}})\b)"
)
"""On a folded text: weekday, day, month name, year; or day, month, year in figures."""
HEURE = re.compile(r"\b([01]?\d|2[0-3])\s?(?:h|heures?|:)\s?([0-5]\d)?\b")

# --- words cut at a line end ----------------------------------------------------------------------------------------

PREFIXES_COMPOSES = frozenset(
    """
    rendez vice après arrière outre quasi semi demi celui celle ceux celles elle eux lui soi vous nous
    saint sainte saints nord sud ouest quelques quatre cinquante soixante vingt trente quarante franco
    socio médico laissez peut savoir grand grands petit petits ceci cela jusque chef rez deux trois
    électro audio porte quant bric est-ce-que
    """.split()
)
"""Whole left pieces that only open a compound."""
SUFFIXES_COMPOSES = frozenset(
    """
    vous être là à même mêmes rendu rendus verbal verbaux dire parole clé clés clef clefs mail mails
    préfet préfets préfète préfètes préfecture préfectures président présidente présidence delà dessus
    dessous chaussée il elle ils elles on huit neuf sept midi formation traitant traitants
    """.split()
)
"""Whole right pieces that only close a compound."""
MOTS_COMPOSES = frozenset(
    """
    sous-directeur sous-directrice sous-direction sous-total sous-ensemble sous-titre sous-effectif
    sous-secrétaire non-respect non-recours non-conformité non-réponse non-lieu non-présentation
    non-discrimination main-d'œuvre main-forte contre-indication contre-visite contre-proposition
    contre-appel avant-projet avant-propos avant-dernier avant-hier bien-être bien-fondé savoir-faire
    savoir-être faire-part face-à-face tête-à-tête état-major mi-temps mi-mai mi-juin mi-parcours
    plus-value moins-value long-terme haut-débit très-haut-débit chef-lieu point-relais mot-clé
    mots-clés pré-demande pré-demandes pré-accueil pré-rendez-vous ex-région co-construction
    co-animation auto-école auto-écoles tout-venant laisser-passer lot-et-garonne passe-partout
    libre-service télé-procédure télé-procédures en-tête en-têtes au-delà au-dessus au-dessous là-bas
    ci-dessus ci-dessous ci-après ci-joint ci-joints ci-jointe ci-contre par-delà vis-à-vis week-end
    week-ends dix-huit dix-sept dix-neuf mieux-être mal-être grand-public bout-à-bout suivi-client
    lieu-dit demi-heure demi-journée garde-corps garde-chasse plain-pied porte-parole est-ce mise-à-jour
    pays-bas
    """.split()
)
