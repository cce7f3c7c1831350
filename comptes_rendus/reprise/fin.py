"""The end: closing words, signature block, annexes and foot."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from .blocs import en_clair, ressemble_a_un_titre
from .corps import titres_et_blocs
from .decoupage import Decoupeur, forme_de, puce
from .lexique import CIVILITE_DEBUT, plier, verbes
from .personnes import en_capitales, lire_personnes, semble_personne
from .structure import AnnexeLue, Ligne

_BORDS = " \t\u00a0\u202f*"
_OFFICE_SIGNATAIRE = re.compile(
    r"(?:(?:pour|p/|p\.?\s?o\.?)\s*)?(?:le |la |l'|les |un |une )?(?:sous-)?(?:prefete?|"
    r"secretaire|directeur|directrice|chef(?:fe)?|adjoint|adjointe|president|"
    r"presidente|vice-president|haut-commissaire|referent|referente|charge|chargee|responsable|"
    r"correspondant|correspondante|rapporteur|delegue|deleguee|maire|animateur|animatrice)e?s?\b"
)
_DELEGATION = re.compile(
    r"(?:et )?par (?:delegation|interim|ordre|empechement|suppleance)|signe\b|p/|pour (?:le|"
    r"la) (?:sous-)?prefete?|(?:pour|p\.o\.)\b|bon pour|vu\b|fait a\b"
)
_PIED = re.compile(
    r"(?:diffusion|destinataires?|copies?(?: a)?|ampliations?|p\.?\s?j\.?|pieces?[- ]jointes?|"
    r"annexes?(?:\s*(?:n\s?[°ºo]\s?)?\d*)?|nb|contact|liste des annexes|documents? joints?)\s*(?::|"
    r"$)"
)
_ANNEXE = re.compile(r"annexes?\b(?:\s*(?:n\s?[°ºo]\s?)?(?:\d{1,2}|[ivx]{1,4}|[a-e]))?\s*(?:$|[:.–—-])", re.I)
CLOTURE = re.compile(
    r"\b(?:seance|reunion|comite|clu|clac)\b[^.\n]{0,90}\b(?:levee?|prend fin|close?|cloturee?|"
    r"s'acheve|se termine|terminee?)\b|\b(?:leve|clot|cloture) la (?:seance|reunion)\b"
)
_AVANT_NOM = re.compile(r"^(?:signé|sgd|original signé|p/o|p\.\s?o\.)\s*:?\s*(?:par\s+)?", re.I)
_OUVERTE = re.compile(r"(?:\b(?:du|de|des|la|le|les|et|à|au|aux|pour)|['’–-])$", re.I)
_LONGUEUR = 90


def nu(ligne: Ligne) -> str:
    return en_clair(ligne.texte).strip(_BORDS)


def trouver_signature(lignes: list[Ligne], debut: int) -> tuple[int, int] | None:
    """Bounds of the signature block in ``lignes`` (search from ``debut`` on)."""
    cloture = max((i for i in range(debut, len(lignes)) if CLOTURE.search(plier(lignes[i].texte[-600:]))), default=None)
    blocs: list[tuple[int, int]] = []
    i = max(debut, len(lignes) - 3000)
    while i < len(lignes):
        fin = _bloc_de_signature(lignes, i)
        if fin is not None:
            blocs.append((i, fin))
            i = fin
        else:
            i += 1
    blocs = [(bloc[0] - _nom_dessus(lignes, debut, bloc), bloc[1]) for bloc in blocs]
    apres = [bloc for bloc in blocs if cloture is not None and bloc[0] > cloture]
    if apres:
        return apres[0]
    return blocs[-1] if blocs else _nom_en_fin(lignes, debut, cloture)


def ecarter_les_folios(
    lignes: list[Ligne], bloc: tuple[int, int], noter: Callable[[str, str], None]
) -> tuple[int, int]:
    """Page marks in or right under the signature go above it (and this is listed)."""
    debut, fin = bloc
    while fin < len(lignes) and forme_de(lignes[fin]) == "folio":
        fin += 1
    suite = lignes[debut:fin]
    folios = [ligne for ligne in suite if forme_de(ligne) == "folio"]
    if not folios:
        return bloc
    autres = [ligne for ligne in suite if forme_de(ligne) != "folio"]
    avant = "".join((ligne.blanc if rang else "") + ligne.texte for rang, ligne in enumerate(suite))
    noter(avant, "\n".join(ligne.texte for ligne in [*folios, *autres]))
    for ligne in [*folios, *autres]:
        ligne.blanc = "\n"
    autres[0].vides = max(autres[0].vides, 1)
    folios[0].vides = max(folios[0].vides, 1)
    lignes[debut:fin] = [*folios, *autres]
    return debut + len(folios), fin


def _nom_dessus(lignes: list[Ligne], debut: int, bloc: tuple[int, int]) -> int:
    """1 when a block without name has its name just above: « Prénom NOM », blank, « Préfet de … »."""
    if bloc[0] <= debut or any(_est_nom(nu(ligne)) for ligne in lignes[bloc[0] : bloc[1]]):
        return 0
    return int(_est_nom(nu(lignes[bloc[0] - 1])) and " " in nu(lignes[bloc[0] - 1]))


def _bloc_de_signature(lignes: list[Ligne], i: int) -> int | None:
    """End of the block that an office or delegation line opens at ``i``; a name, « signé » or the end closes it."""
    premiere = nu(lignes[i])
    if (
        forme_de(lignes[i]) == "folio"
        or not _est_office(premiere)
        or (i and not lignes[i].vides and not _peut_preceder(nu(lignes[i - 1])))
    ):
        return None
    fin, nom = i + 1, False
    while fin < len(lignes) and fin - i < 12:
        texte = nu(lignes[fin])
        if forme_de(lignes[fin]) == "folio" and fin + 1 < len(lignes):
            fin += 1
            continue
        if _est_nom(texte):
            nom = True
            fin += 1
            break
        if not _courte(texte) or puce(lignes[fin].texte) or _PIED.match(plier(texte)):
            break
        if not (_est_office(texte) or _suite_d_office(texte, lignes[fin])):
            break
        fin += 1
    if nom:
        return _avec_office_dessous(lignes, fin)
    while forme_de(lignes[fin - 1]) == "folio":
        fin -= 1
    a_la_fin = fin == len(lignes) or _PIED.match(plier(nu(lignes[fin])))
    signe = any(plier(nu(ligne)).startswith("signe") for ligne in lignes[i:fin])
    return fin if (a_la_fin or signe) and lignes[i].vides else None


def _peut_preceder(avant: str) -> bool:
    """Without a blank line, the signature comes after a short line or after the end of a sentence."""
    return _courte(avant) or avant.endswith((".", "!", "»"))


def _est_office(texte: str) -> bool:
    if not _courte(texte) or (texte.endswith((".", ";", ":")) and not re.search(r"\b[pP]\.\s?[oO]\.$", texte)):
        return False
    plie = plier(texte)
    return (bool(_OFFICE_SIGNATAIRE.match(plie) or _DELEGATION.match(plie)) and texte[:1].isupper()) or bool(
        re.fullmatch(r"\(?sign[ée]e?\)?\s*:?.{0,50}", texte, re.I)
    )


def _suite_d_office(texte: str, ligne: Ligne) -> bool:
    """The rest of an office on a second line: « Sombre, », « chargée de l'administration de l'État »."""
    return not ligne.vides or texte[:1].islower() or texte.startswith("(")


def _courte(texte: str) -> bool:
    return 0 < len(texte) <= _LONGUEUR and not verbes(texte)


def _est_nom(texte: str) -> bool:
    """« Prénom NOM », « NOM », « M. Prénom Nom »: a name and nothing else."""
    brut = re.sub(r"^(?:signé|sgd|original signé|p/o|p\.\s?o\.)\s*:?\s*(?:par\s+)?", "", texte, flags=re.I).strip(
        " .,«»"
    )
    if not brut or len(brut) > 60 or any(c.isdigit() for c in brut):
        return False
    if CIVILITE_DEBUT.match(brut):
        personnes, reste = lire_personnes(brut)
        return bool(personnes) and not reste.strip(" .,")
    if semble_personne(brut):
        return True
    mots = brut.split()
    if not 1 <= len(mots) <= 5 or _OFFICE_SIGNATAIRE.match(plier(brut)) or _PIED.match(plier(brut)):
        return False
    if all(en_capitales(mot) or mot.lower() in ("de", "du", "le", "la", "d'") for mot in mots):
        return True
    return 2 <= len(mots) <= 4 and all(re.match(r"[A-ZÀ-Ý][a-zà-ÿ'’-]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*$", mot) for mot in mots)


def _avec_office_dessous(lignes: list[Ligne], fin: int) -> int:
    """An office under the name belongs to the block too, and so does a second signature."""
    if fin < len(lignes) and _est_office(nu(lignes[fin])):
        seconde = _bloc_de_signature(lignes, fin)
        if seconde is not None and any(_est_nom(nu(ligne)) for ligne in lignes[fin:seconde]):
            return seconde
    if fin < len(lignes) and not lignes[fin].vides and _est_office(nu(lignes[fin])):
        return fin + 1
    return fin


def _nom_en_fin(lignes: list[Ligne], debut: int, cloture: int | None) -> tuple[int, int] | None:
    """No office first: a name after the closing words or at the very end, maybe with an office under it."""
    depart = max(debut, cloture + 1 if cloture is not None else len(lignes) - 3)
    for i in range(depart, min(len(lignes), depart + 8)):
        texte = nu(lignes[i])
        detache = lignes[i].vides or (i > debut and nu(lignes[i - 1]).endswith((".", "!")))
        if detache and _est_nom(texte) and (len(texte.split()) > 1 or CIVILITE_DEBUT.match(texte)):
            fin = i + 1
            while fin < len(lignes) and fin < i + 3 and not lignes[fin].vides and _courte(nu(lignes[fin])):
                fin += 1
            office = fin > i + 1 and _est_office(nu(lignes[i + 1]))
            if office or fin == len(lignes) or cloture is not None:
                return (i, fin) if office else (i, i + 1)
    return None


def lignes_de_signature(lignes: list[Ligne], noter: Callable[[str, str], None]) -> list[str]:
    """The lines of the block; an office cut in two by the width of the page is one line again."""
    sortie: list[str] = []
    for i, ligne in enumerate(lignes):
        texte = nu(ligne)
        if sortie and (ligne.suite or (not ligne.vides and _OUVERTE.search(sortie[-1]))):
            if not ligne.suite:
                noter(
                    f"{lignes[i - 1].texte.split()[-1]}{ligne.blanc}{ligne.texte.split()[0]}",
                    f"{lignes[i - 1].texte.split()[-1]} {ligne.texte.split()[0]}",
                )
            sortie[-1] = f"{sortie[-1]} {texte}"
        else:
            sortie.append(texte)
    return sortie


def debut_des_annexes(lignes: list[Ligne], debut: int) -> int | None:
    """Without signature: the first « ANNEXE 1 » or foot line after the closing words."""
    cloture = next(
        (i for i in range(len(lignes) - 1, debut, -1) if CLOTURE.search(plier(lignes[i].texte[-600:]))), None
    )
    depart = cloture + 1 if cloture is not None else max(debut, len(lignes) // 2)
    for i in range(depart, len(lignes)):
        texte = nu(lignes[i])
        if (
            lignes[i].vides
            and len(texte) < 150
            and (_ANNEXE.match(texte) or (cloture is not None and _PIED.match(plier(texte))))
        ):
            return i
    return None


def lire_annexes(lignes: list[Ligne], decoupeur: Decoupeur) -> list[AnnexeLue]:
    """What stands after the signature: one part per « Annexe n », « Diffusion », « P.J. »; else one annex."""
    parties: list[list[Ligne]] = []
    for ligne in lignes:
        texte = nu(ligne)
        coupe = (
            len(texte) < 200
            and (_ANNEXE.match(texte) or _PIED.match(plier(texte)))
            and not ligne.suite
            and forme_de(ligne) == "prose"
        )
        if coupe or not parties:
            parties.append([])
        parties[-1].append(ligne)
    return [_annexe(partie, decoupeur) for partie in parties]


def _annexe(lignes: list[Ligne], decoupeur: Decoupeur) -> AnnexeLue:
    premiere = nu(lignes[0])
    if _PIED.match(plier(premiere)) and not _ANNEXE.match(premiere):
        gauche, deux_points, droite = premiere.partition(":")
        titre = f"{gauche.rstrip()}{' ' if gauche.endswith((' ', chr(160))) else ''}{deux_points}"
        suite = [Ligne(droite.strip(), 0), *lignes[1:]] if droite.strip() else lignes[1:]
        return AnnexeLue(titre.strip(), titres_et_blocs(decoupeur.alineas(suite)))
    return _annexe_titree(lignes, decoupeur)


def _annexe_titree(lignes: list[Ligne], decoupeur: Decoupeur) -> AnnexeLue:
    """Title lines at the top of an annex: all but the last when several stand before the first paragraph."""
    titres = 0
    while (
        titres < len(lignes)
        and titres < 6
        and forme_de(lignes[titres]) == "prose"
        and ressemble_a_un_titre(nu(lignes[titres]), longueur=110)
    ):
        titres += 1
    garde = min(titres, 1) if titres == len(lignes) else max(min(titres, 1), titres - 1)
    if _ANNEXE.match(nu(lignes[0])):
        garde = max(garde, 1)
    textes = [nu(ligne) for ligne in lignes[:garde]]
    for precedente, ligne in pairwise(lignes[:garde]):
        avant, apres = precedente.texte.rsplit(None, 1)[-1], ligne.texte.split(None, 1)[0]
        decoupeur.noter(f"{avant}{ligne.blanc}{apres}", f"{avant} – {apres}")
    return AnnexeLue(" – ".join(textes), titres_et_blocs(decoupeur.alineas(lignes[garde:])))
