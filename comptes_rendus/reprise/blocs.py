"""One paragraph, list or table of the body: its kind, its speaker, its words plain and with light markup."""

from __future__ import annotations

import re

from .decoupage import PUCES_D_ALINEA, Alinea, puce
from .lexique import OFFICE_DEBUT, plier, verbes
from .personnes import lire_personnes, orateur, parle_au_pronom
from .structure import BlocLu

_GRAS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]*[^*\s])\1(?![\w*])")
_EXPOSANT = re.compile(r"(?<=\w)\^\{(\w{1,12})\}")
_NUMERO_DE_LISTE = re.compile(r"^( *\d{1,3}[.)]) +", re.M)
_REGLE = re.compile(r"[\s|:]*-{2,}[\s|:-]*$")
_PRESENTATION = re.compile(
    r"\(?(?:pr[ée]sentation|intervention|expos[ée]|communication|t[ée]moignage|point)\s+(?:(?:faite?|"
    r"assur[ée]e?|effectu[ée]e?|r[ée]alis[ée]e?|pr[ée]sent[ée]e?|anim[ée]e?)\s+)?par\s|"
    r"\(?pr[ée]sent[ée](?:e|s|es)?\s+par\s|\(?(?:rapporteur|rapporteure|intervenante?s?|"
    r"pr[ée]sentat(?:eur|rice))\s*:\s|\(?(?:intervention|pr[ée]sentation) de (?=M\.|Mme|"
    r"MM)",
    re.I,
)
_DIAPORAMA = re.compile(
    r"\(?\s*(?:cf\.?\s+)?(?:voir\s+)?(?:le\s+)?(?:diaporama|diapo(?:sitive)?s?|support|"
    r"slides?|planches?)\b[\s,:-]*([^()]*)\)?",
    re.I,
)
_RIEN = re.compile(
    r"\b(?:aucune?|pas d['’e]|ni|sans)\s*(?:autre\s+|nouvelle\s+)?(?:observation|question|"
    r"remarque|commentaire|intervention)s?\b|"
    r"\bn['e’]\s?(?:appelle|appellent|suscite|suscitent|g[ée]n[èe]re|g[ée]n[èe]rent|soul[èe]ve|"
    r"soul[èe]vent|donne(?:nt)? lieu|fait l['’]objet|font l['’]objet)\b[^.]{0,30}\b(?:aucune?|"
    r"pas|d['’]aucune?)\b[^.]{0,30}"
    r"\b(?:observation|question|remarque|commentaire|intervention)s?",
    re.I,
)
_NEANT = re.compile(r"(?:n[ée]ant|r\.?a\.?s\.?|sans objet|sans observation|rien [àa] signaler)\s*[.!]?", re.I)
_CLOTURE = re.compile(
    r"\b(?:s[ée]ance|r[ée]union|comit[ée])\b[^.]{0,60}\b(?:lev[ée]e?|prend fin|close?|cl[ôo]tur[ée]e?|"
    r"s['’]ach[èe]ve|se termine)\b|ordre du jour (?:[ée]tant|est) [ée]puis[ée]",
    re.I,
)
_COLLECTIF = (
    r"(?:le comit[ée](?: local[^,.;]{0,60})?|les (?:membres|participants|repr[ée]sentants)[^,.;]{0,60}|"
    r"l['’](?:assembl[ée]e|ensemble des (?:membres|participants))[^,.;]{0,40})"
)
_AVIS = re.compile(
    r"\b(?:[ée]met(?:tent)?|rend(?:ent)?|donne(?:nt)?|a [ée]mis|ont [ée]mis|a rendu|ont "
    r"rendu)\s+(?:\w+\s+){0,3}avis\b|\bavis\s+(?:\w+\s+)?(?:favorable|d[ée]favorable|"
    r"r[ée]serv[ée])\b|"
    rf"^{_COLLECTIF}\s+(?:est|sont)\s+(?:\w+\s+)?(?:d[ée])?favorables?\b",
    re.I,
)
_DECISION = re.compile(
    r"\bil (?:est|a [ée]t[ée]) (?:convenu|d[ée]cid[ée]|act[ée]|retenu|arr[êe]t[ée]|valid[ée]|"
    r"entendu)\b|\b(?:recueille|obtient|emporte) l['’](?:approbation|accord|adh[ée]sion|"
    r"assentiment)|"
    r"\b(?:est|sont|a [ée]t[ée]|ont [ée]t[ée]) (?:approuv|adopt|valid)[ée]+s? (?:par|[àa] "
    r"l['’]unanimit)|\b[àa] l['’]unanimit[ée]|^d[ée]cision\s*(?:n\s?°\s?\d+\s*)?:|"
    rf"^{_COLLECTIF}\s+(?:approuvent?|valident?|d[ée]cident?|adoptent?|actent?)\b",
    re.I,
)
_APPROUVE = re.compile(
    r",\s+ce qui (?:est|a [ée]t[ée]) (?:approuv|accept|valid|adopt)[ée]+ (?:par|[àa] )[^.!?]{3,80}[.!]?$", re.I
)
_ENGAGEMENT_FERME = re.compile(r"\bs['’]engage(?:nt)? [àa]\b|\b(?:prend|prennent) l['’]engagement\b", re.I)
_ENGAGEMENT = re.compile(
    r"\b(?:sera|seront) (?:\w+ment )?(?:donn|transmi|fourni|communiqu|adress|envoy|apport|"
    r"remi|diffus|pr[ée]sent[ée]|organis)\w*\s+(?:[àa] |aux? |ult[ée]rieurement|par |en "
    r"|lors |d['’]ici )",
    re.I,
)
_POUVOIR = re.compile(r"\bdonn(?:e|ent|[ée]e?s?) (?:un )?(?:pouvoir|procuration|mandat)\b", re.I)
_QUESTION_DE = re.compile(
    r"(?:(?:question|r[ée]ponse|remarque|intervention|observation|demande|suggestion|proposition|pr[ée]cision)s?"
    r"(?:\s+n\s?°\s?\d+)?)\s+(?:de|par)\s+(?=M)",
    re.I,
)
_UNE_PHRASE = re.compile(r"(?<!\bM)(?<!\bMM)[.!?]\s+[A-ZÀ-Ý]")
_ADRESSE = re.compile(r"https?:|www\.|@| > ")


def en_clair(texte: str) -> str:
    """The same words without ``**``, ``*`` and ``^{}`` marks."""
    for _ in range(3 if "*" in texte else 0):
        texte, combien = _GRAS.subn(lambda trouve: trouve[2], texte)
        if not combien:
            break
    return _EXPOSANT.sub(lambda trouve: trouve[1], texte) if "^{" in texte else texte


def bloc_de(alinea: Alinea, precedent: BlocLu | None = None) -> BlocLu:
    """The block a shape of the text makes (headings are chosen before, see ``corps``)."""
    if alinea.forme == "liste":
        return _liste(alinea)
    if alinea.forme == "tableau":
        return _tableau(alinea)
    texte = " ".join(alinea.texte.replace("\t", " ").strip().split("\n"))
    if alinea.forme in ("signe", "folio"):
        clair = texte.strip()
        return BlocLu("separateur" if alinea.forme == "signe" else "saut", clair, _sans_piege(clair))
    genre, qui = genre_de(texte, precedent)
    return BlocLu(genre, en_clair(texte), _sans_piege(texte), qui)


def _sans_piege(texte: str) -> str:
    """Numbers that open a line stay words: the no-break space keeps « 1. » from becoming an automatic number."""
    if not (texte[:1].isdigit() or " 1" in texte[:9] or "\n" in texte):
        return texte
    return _NUMERO_DE_LISTE.sub(lambda trouve: f"{trouve[1]}\u00a0", texte)


def bloc_titre(texte: str) -> BlocLu:
    clair = en_clair(texte.strip().lstrip(PUCES_D_ALINEA)).strip("*# ")
    return BlocLu("titre", clair, _sans_piege(clair))


def bloc_liste_numerotee(lignes: list[str]) -> BlocLu:
    texte = "\n".join(" ".join(ligne.split()) for ligne in lignes)
    return BlocLu("liste", en_clair(texte), _sans_piege(texte))


# --- lists and tables -----------------------------------------------------------------------------------------------


def _liste(alinea: Alinea) -> BlocLu:
    marges: list[int] = []
    signes: list[str] = []
    sortie: list[str] = []
    for ligne in alinea.lignes:
        lue = puce(ligne)
        marge, signe, mots = (len(lue[0].replace("\t", "    ")), lue[1], lue[2]) if lue else (0, "", ligne.strip())
        while marges and (marge < marges[-1] or (marge == marges[-1] and signe in signes[:-1])):
            marges.pop()
            signes.pop()
        plus_profond = not marges or marge > marges[-1] or (signe != signes[-1] and signe not in signes)
        if plus_profond and len(marges) < 4:
            marges.append(marge)
            signes.append(signe)
        if signe in PUCES_D_ALINEA and signe != ">" and len(set(signes)) > 1:
            mots = f"{signe} {mots}"
        sortie.append("  " * (len(marges) - 1) + "- " + " ".join(mots.split()))
    texte = "\n".join(sortie)
    return BlocLu("liste", en_clair(texte), texte)


def _tableau(alinea: Alinea) -> BlocLu:
    rangs: list[str] = []
    entete = False
    for ligne in alinea.lignes:
        if _REGLE.match(ligne):
            entete = entete or len(rangs) == 1
            continue
        nu = ligne.strip()
        cellules = nu.strip("|").split("|") if nu.startswith("|") else ligne.strip("\n").split("\t")
        rangs.append("\t".join(" ".join(cellule.split()) for cellule in cellules))
    if not rangs:
        return BlocLu("separateur", "", "")
    marques = [rangs[0], "---", *rangs[1:]] if entete and len(rangs) > 1 else rangs
    return BlocLu("tableau", en_clair("\n".join(rangs)), "\n".join(marques))


# --- kinds ----------------------------------------------------------------------------------------------------------


def genre_de(texte: str, precedent: BlocLu | None = None) -> tuple[str, str | None]:
    """Kind of a paragraph and its speaker. In doubt: « paragraphe »."""
    nu = re.sub(rf"^[{re.escape(PUCES_D_ALINEA)}]\s*", "", en_clair(texte[:3000]).strip())
    if est_presentation(nu):
        return "presentation", None
    if nu.startswith("«") and nu.rstrip(" .").endswith("»") and nu.count("«") == nu.count("»") == 1:
        return "citation", None
    if _POUVOIR.search(nu[:200]):
        return "paragraphe", None
    qui = orateur(nu) or _replique(nu)
    if qui:
        if _APPROUVE.search(nu) and _UNE_PHRASE.search(nu) is None:
            return "decision", qui
        if _ENGAGEMENT_FERME.search(nu[: len(qui) + 60]):
            return "engagement", qui
        if re.match(_COLLECTIF, nu, re.I):
            collectif = _avis_ou_decision(nu)
            return (collectif, qui) if collectif else ("intervention", qui)
        return "intervention", qui
    if _CLOTURE.search(nu):
        return "paragraphe", None
    if len(nu) < 400 and _rien_a_dire(nu):
        return "sans_observation", None
    courant = _avis_ou_decision(nu) if len(nu) < 600 else None
    if courant:
        return courant, None
    pronom = parle_au_pronom(nu)
    if pronom:
        return "intervention", _qui_au_pronom(pronom, precedent)
    if len(nu) < 400 and _UNE_PHRASE.search(nu) is None and (_ENGAGEMENT_FERME.search(nu) or _ENGAGEMENT.search(nu)):
        return "engagement", None
    return "paragraphe", None


def _replique(nu: str) -> str | None:
    """« Mme DURAND : les délais sont longs », « M. X (maire) : … »: the name before the colon speaks."""
    debut = _QUESTION_DE.match(nu)
    nu = nu[debut.end() :] if debut else nu
    personnes, reste = lire_personnes(nu[:200])
    if (
        len(personnes) == 1
        and personnes[0].civilite
        and re.match(r"\s*(?:\([^()]{1,60}\)|,[^:.;]{1,80})?\s*:\s+\S", reste)
    ):
        return nu[: len(nu[:200]) - len(reste)].strip()
    return None


def _avis_ou_decision(nu: str) -> str | None:
    if _AVIS.search(nu):
        return "avis"
    return "decision" if _DECISION.search(nu) else None


def _rien_a_dire(nu: str) -> bool:
    """« Aucune observation n'est formulée »: opens the paragraph, or is in its only sentence; nobody speaks after."""
    if _NEANT.fullmatch(nu):
        return True
    trouve = _RIEN.search(nu)
    if not trouve or _suite_parlee(nu):
        return False
    return trouve.start() < 12 or _UNE_PHRASE.search(nu) is None


def _suite_parlee(nu: str) -> bool:
    """« Aucune observation. M. X demande… »: someone speaks after all."""
    return any(orateur(phrase) for phrase in re.split(r"(?<=[.!?])\s+", nu)[1:4])


def _qui_au_pronom(pronom: str, precedent: BlocLu | None) -> str | None:
    """The speaker of the block before, when the pronoun agrees with his or her civility."""
    if precedent is None or precedent.genre != "intervention" or not precedent.orateur:
        return None
    nom = plier(precedent.orateur)
    femme = nom.startswith(("mme ", "mlle", "la ", "madame", "l'adjointe"))
    homme = nom.startswith(("m. ", "le ", "monsieur", "m "))
    pluriel = nom.startswith(("les ", "mm", "mmes"))
    if (pronom == "elle" and femme) or (pronom == "il" and homme) or (pronom in ("ils", "elles") and pluriel):
        return precedent.orateur
    return None


def est_presentation(nu: str) -> bool:
    if len(nu) > 260 or not _PRESENTATION.match(nu):
        return False
    coeur = _DIAPORAMA.sub("", nu)
    return not verbes(coeur.partition(" ")[2])


def lire_presentation(texte: str) -> tuple[str | None, str | None]:
    """Presenter and pages of « Présentation par Mme X (Diaporama pages 8 à 10) »."""
    nu = texte.strip().strip("()")
    diaporama = _DIAPORAMA.search(texte)
    pages = diaporama[1].strip(" .;)") if diaporama else None
    trouve = _PRESENTATION.match(texte)
    if not trouve:
        return None, pages
    reste = texte[trouve.end() :]
    if reste.startswith("("):
        reste = reste[1:]
    qui = re.split(r"\(|\s[–—-]\s", reste, maxsplit=1)[0].strip(" .:;)")
    personnes, suite = lire_personnes(qui)
    if personnes and suite.strip().startswith(","):
        qui = qui[: len(qui) - len(suite)].strip()
    return (qui or None) if nu else None, pages


def ressemble_a_un_titre(texte: str, *, longueur: int = 90) -> bool:
    """A short line, no final stop, no sentence: « Principe : », « Historique de … », « Concernant les armes »."""
    nu = en_clair(texte.strip()).strip("*# ")
    if (
        est_presentation(nu)
        or _NEANT.fullmatch(nu)
        or (nu[:1] == "«" and nu[-1:] == "»")
        or not 2 <= len(nu) <= longueur
        or nu[-1] in ".;,!…"
        or _ADRESSE.search(nu)
        or len(nu.split()) > 15
    ):
        return False
    if not (nu[0].isupper() or nu[0] in '«"') or "\t" in nu:
        return False
    if nu.endswith(":") and (len(nu) > 55 or ":" in nu[:-1]):
        return False
    if ":" in nu[:-1] and not texte.strip().startswith(("**", "#")) and not nu.isupper():
        return False
    if verbes(nu) and not nu.endswith("?"):
        return False
    return not (OFFICE_DEBUT.match(nu) and nu[0] != nu[0].upper()) and nu.count("(") == nu.count(")")
