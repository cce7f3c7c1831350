"""The attendance: where it begins and ends, its groups and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .blocs import en_clair
from .decoupage import NUMERO, PUCES_DE_TITRE, forme_de, puce
from .intitules import Intitule, couper_la_presence, lire_intitule
from .lexique import CIVILITE, CIVILITE_DEBUT, OFFICE_DEBUT, verbes
from .partage import plusieurs_en_un, rangs_en_ligne
from .personnes import lire_personnes, orateur, parle_au_pronom, semble_personne
from .rangs import Colonnes, lire_colonnes, lire_rang
from .structure import GroupeLu, Ligne, LigneLue

_PERSONNE = re.compile(rf"^[\s*]*(?:[-–—•▪●◦✓➢→>◆❖*·]\s+)*(?:\d{{1,2}}[.)]\s+)?{CIVILITE}[\s\u00a0]")
_STRUCTURE_DEBUT = re.compile(
    r"(?:l['’]|la |le |les )?(?:association|union|f[ée]d[ée]ration|mission locale|mairie|"
    r"communaut[ée]|conseil|ligue|office|direction|"
    r"secours|croix[- ]rouge|chambre|caisse|maison|centre|comit[ée]|collectif|fondation|"
    r"agence|service|pr[ée]fecture|sous-pr[ée]fecture|"
    r"syndicat|point|antenne|d[ée]l[ée]gation|universit[ée]|tribunal|la poste|ville|commune|"
    r"repr[ée]sentant|(?-i:[A-Z]{2,})\b)",
    re.I,
)
_FIN_DE_ZONE = re.compile(
    r"(?:introduction|pr[ée]ambule|ordre du jour|l['’]ordre du jour|conclusion|ouverture|"
    r"cl[ôo]ture|propos|rappel|relev[ée]|questions?)\b",
    re.I,
)
_LISTE_DE_STRUCTURES = re.compile(r"structures?|organismes?|associations?|services?|institutions?", re.I)
_CIVILITE_EN_FIN = re.compile(r"(?:^|[\s(])(?:MM?\.|MM|Mmes?|Mlles?|Madame|Monsieur|Mesdames|Messieurs)$")
_MOT_OUVERT = re.compile(r"\s(?:de|du|des|la|le|les|et|à|au|aux|pour|en|sur|par)$|[dl]['’]$")
_COLONNES = re.compile(r"(?<=\S) {3,}(?=\S)")
_REPRESENTE = re.compile(rf",\s+repr[ée]sent[ée]+s?\s+par\s+{CIVILITE}\s")
_COMPTE = re.compile(r"(?:environ\s+)?(?:\d+|une? \w+aine)\s+(?:de\s+)?(?:personnes?|participants?|membres?)\b", re.I)


@dataclass(slots=True)
class ZonePresences:
    groupes: list[GroupeLu] = field(default_factory=list)
    debut: int = 0
    fin: int = 0
    folios: list[Ligne] = field(default_factory=list)


class LecteurPresences:
    """Reads the attendance from ``debut`` on, row by row, until something that is no row."""

    def __init__(self, lignes: list[Ligne], debut: int, largeur: int | None, noter: Callable[[str, str], None]) -> None:
        self.lignes, self.largeur, self.noter = lignes, largeur, noter
        self.zone = ZonePresences(debut=debut, fin=debut)
        self.rangs: list[list[str]] = []
        self.groupe: GroupeLu | None = None
        self.parent: GroupeLu | None = None
        self.derniere = ""
        self.colonnes: Colonnes | None = None
        proches = lignes[debut + 1 : debut + 41]
        self.aere = sum(1 for ligne in proches if ligne.vides) > 0.9 * len(proches)
        """A blank line stands between any two lines of the source."""

    def lire(self, sans_intitule: bool = False) -> ZonePresences:
        if sans_intitule:
            self._ouvrir(GroupeLu("", 1, "present"))
        i = self.zone.debut
        while i < len(self.lignes):
            if not self._avaler(i):
                break
            self.derniere = self.lignes[i].texte
            i += 1
        self._fermer()
        self.zone.fin = i
        return self.zone

    def _avaler(self, i: int) -> bool:
        ligne = self.lignes[i]
        forme = forme_de(ligne)
        if forme == "folio":
            self.zone.folios.append(ligne)
            return True
        if forme == "signe" or (forme == "tableau" and not any(c.isalnum() for c in ligne.texte)):
            garde = forme == "tableau" or self._reprend_apres(i)
            if garde and "_" in ligne.texte:
                self.zone.folios.append(ligne)
            return garde
        intitule = None if ligne.suite else lire_intitule(ligne.texte)
        if intitule and self._est_intitule(intitule, i):
            self._nouveau_groupe(intitule)
            return True
        if self.groupe is None:
            return False
        if ligne.suite or self._continue(ligne):
            self._joindre(ligne)
            return True
        if self._est_rang(ligne, i):
            self.rangs.append([ligne.texte.strip(" ")])
            return True
        return False

    # -- headings --

    def _est_intitule(self, intitule: Intitule, i: int) -> bool:
        if intitule.sur or intitule.reste:
            return True
        suivante = next((x for x in self.lignes[i + 1 : i + 9] if forme_de(x) not in ("signe", "folio")), None)
        if suivante is None:
            return False
        if self.rangs and puce(self.lignes[i].texte) and puce(self.rangs[-1][0]):
            return False
        if lire_intitule(suivante.texte):
            return True
        if (
            intitule.college
            and self.groupe
            and self.rangs
            and not self.lignes[i].vides
            and not suivante.texte.strip().startswith("M")
        ):
            return False
        return self._ressemble_a_un_rang(suivante.texte)

    def _nouveau_groupe(self, intitule: Intitule) -> None:
        precedent = self.groupe
        seul = precedent is not None and not self.rangs and not precedent.en_ligne
        self._fermer()
        if seul and precedent is not None and precedent.statut not in ("preside", "anime"):
            if bool(intitule.statut) != bool(precedent.college and not _a_un_statut(precedent)):
                pass
            self.parent = precedent if _peut_contenir(precedent, intitule) else self.parent
        if self.parent and not _peut_contenir(self.parent, intitule):
            self.parent = None
        groupe = GroupeLu(intitule.titre, 1, intitule.statut or "present", intitule.college)
        if self.parent is not None:
            groupe.niveau = 2
            groupe.statut = intitule.statut or self.parent.statut
            groupe.college = intitule.college or self.parent.college
        self._ouvrir(groupe)
        if intitule.reste:
            groupe.en_ligne = True
            self.rangs = [[intitule.reste]]
        if intitule.puis:
            self._fermer()
            self._ouvrir(GroupeLu(intitule.puis, 1, "present"))

    def _ouvrir(self, groupe: GroupeLu) -> None:
        self.groupe = groupe
        self.rangs = []
        self.zone.groupes.append(groupe)

    def _fermer(self) -> None:
        if self.groupe is None:
            return
        textes = [en_clair(" ".join(morceaux).replace(" \t", "\t")) for morceaux in self.rangs]
        if self.groupe.en_ligne:
            textes = [*rangs_en_ligne(textes[0]), *textes[1:]] if textes else []
        textes = [texte for rang in textes for texte in plusieurs_en_un(rang) if texte.strip()]
        self.groupe.lignes = [self._lire_rang(self._en_colonnes(texte)) for texte in textes]

    def _lire_rang(self, texte: str) -> LigneLue:
        """A row; the heading row of a table says which cell is the function and which the structure."""
        colonnes = lire_colonnes(texte)
        if colonnes is not None:
            self.colonnes = colonnes
        return lire_rang(texte, self.colonnes)

    def _en_colonnes(self, texte: str) -> str:
        """A name and a function parted by a run of blanks (columns of the source) are parted by a tab."""
        trouve = _COLONNES.search(texte[:300])
        if trouve is None or "\t" in texte or not lire_personnes(texte[: trouve.start()])[0]:
            return texte
        self.noter(texte[: trouve.end() + 1], f"{texte[: trouve.start()]}\t{texte[trouve.end() : trouve.end() + 1]}")
        return f"{texte[: trouve.start()]}\t{texte[trouve.end() :]}"

    # -- rows --

    def _est_rang(self, ligne: Ligne, i: int) -> bool:
        texte = ligne.texte
        lue = puce(texte)
        if NUMERO.match(lue[2] if lue else texte.lstrip()) and not _PERSONNE.match(texte):
            return False
        premiere = lue and self.rangs and not puce(self.rangs[-1][0])
        if lue and premiere and (ligne.vides or lue[1] in PUCES_DE_TITRE) and not self._tient_d_un_rang(lue[2]):
            return False
        if orateur(texte) or parle_au_pronom(texte):
            return False
        if self._ressemble_a_un_rang(texte):
            return True
        return self._rang_de_structure(ligne)

    def _tient_d_un_rang(self, texte: str) -> bool:
        """Without its bullet it would be a row too."""
        return self._ressemble_a_un_rang(texte) or bool(_STRUCTURE_DEBUT.match(texte))

    def _ressemble_a_un_rang(self, texte: str) -> bool:
        nu = texte.strip()
        if len(nu) > 900:
            return False
        if "\t" in nu:
            return True
        lue = puce(nu)
        coeur = lue[2].strip() if lue else nu.strip("*")
        if CIVILITE_DEBUT.match(coeur):
            personnes, reste = lire_personnes(coeur)
            if personnes:
                return not _est_phrase(reste)
            apres = CIVILITE_DEBUT.sub("", coeur, count=1).lstrip()
            return bool(OFFICE_DEBUT.match(apres)) and not _est_phrase(apres)
        debut = re.split(r",|\s[–—-]\s|\(|:", coeur, maxsplit=1)[0].strip(" .;")
        if semble_personne(debut) and len(coeur) > len(debut) + 3 and not _est_phrase(coeur[len(debut) :]):
            return True
        if self.groupe and semble_personne(debut) and len(coeur) <= len(debut) + 3:
            return not self.groupe.college or bool(self.rangs)
        _, deux_points, droite = coeur.partition(":")
        if _REPRESENTE.search(coeur) and len(coeur) < 300:
            return not _est_phrase(coeur)
        if deux_points and (CIVILITE_DEBUT.match(droite.strip()) or re.match(r"\s*repr[ée]sent[ée]", droite)):
            return not _est_phrase(coeur)
        return bool(lue) and len(coeur) < 250 and not _est_phrase(coeur)

    def _rang_de_structure(self, ligne: Ligne) -> bool:
        """A body, a count, a function without person: short, no verb, close to the row before."""
        nu = ligne.texte.strip().strip("*")
        if len(nu) > 250 or nu.endswith(":") or _FIN_DE_ZONE.match(nu) or _est_phrase(nu) or self.groupe is None:
            return False
        if _COMPTE.match(nu):
            return True
        finie = nu.endswith((";", ","))
        liste = bool(_LISTE_DE_STRUCTURES.search(self.groupe.titre)) or self.groupe.statut in ("excuse", "absent")
        if self.groupe.en_ligne and self.derniere.rstrip().endswith("."):
            return finie
        if ligne.vides == 1 and self.aere and self.rangs and _STRUCTURE_DEBUT.match(nu):
            return True
        if not ligne.vides:
            return finie or bool(_STRUCTURE_DEBUT.match(nu)) or liste or not self.rangs or nu.endswith(".")
        premier = not self.rangs and not self.groupe.en_ligne
        if premier:
            return finie or liste or bool(_STRUCTURE_DEBUT.match(nu)) or bool(OFFICE_DEBUT.match(nu))
        return finie and bool(_STRUCTURE_DEBUT.match(nu) or liste)

    def _continue(self, ligne: Ligne) -> bool:
        """The line goes on the row before: lower case, or a full line before, or the function under the name."""
        if not self.rangs:
            return False
        texte = ligne.texte.lstrip()
        avant = self.derniere.rstrip()
        if puce(ligne.texte) or NUMERO.match(texte) or _FIN_DE_ZONE.match(texte):
            return False
        if not ligne.vides and self._phrase_en_cours(avant):
            return True
        if _PERSONNE.match(texte):
            return False
        if ligne.vides:
            return texte[:1].islower() and ligne.vides <= 4 and avant[-1:] not in ";.:" and not _est_phrase(texte[:60])
        if texte[:1].islower() or texte.startswith("("):
            return not (avant.endswith((";", ".")) and not self._sans_fin(avant))
        if "\t" in texte or self._ressemble_a_un_rang(ligne.texte):
            return False
        if avant.endswith((",", "–", "-", "’", "'", "«")) and not (
            self.groupe and self.groupe.statut in ("excuse", "absent")
        ):
            return bool(_PERSONNE.match(self.rangs[-1][0]))
        if texte[0].isupper() and OFFICE_DEBUT.match(texte):
            return False
        if self.largeur is not None and len(avant) >= 0.8 * self.largeur and not avant.endswith((";", ".")):
            return True
        return _bloc_de_personne(self.rangs[-1]) and not _est_phrase(texte)

    def _phrase_en_cours(self, avant: str) -> bool:
        """A list written as one sentence, or a civility without its name: the line before was full."""
        if _CIVILITE_EN_FIN.search(avant[-14:]) or _MOT_OUVERT.search(avant[-14:]):
            return True
        pleine = self.largeur is not None and len(avant) >= 0.8 * self.largeur
        return bool(self.groupe and self.groupe.en_ligne and pleine and not avant.endswith((";", ".", ":")))

    @staticmethod
    def _sans_fin(avant: str) -> bool:
        return bool(re.search(r"\b(?:M|Mme|cf|etc)\.$", avant))

    def _joindre(self, ligne: Ligne) -> None:
        texte = ligne.texte.strip()
        if not self.rangs:
            self.rangs.append([texte])
            return
        lien = "\t" if not ligne.vides and texte[:1].isupper() and _bloc_de_personne(self.rangs[-1]) else " "
        if not ligne.suite:
            avant = self.derniere.rstrip().rsplit(None, 1)[-1][-60:]
            apres = texte.split(None, 1)[0][:60]
            marge = ligne.texte[: len(ligne.texte) - len(ligne.texte.lstrip())]
            self.noter(f"{avant}{ligne.blanc}{marge}{apres}", f"{avant}{lien}{apres}")
        self.rangs[-1].append(texte if lien == " " else f"\t{texte}")
        self._couper_la_presence()

    def _couper_la_presence(self) -> None:
        """« Sous la présidence de M. X, préfet, en présence / de : »: the second heading stood on two lines."""
        groupe = self.groupe
        if groupe is None or groupe.statut != "preside" or not groupe.en_ligne:
            return
        reste, puis = couper_la_presence(" ".join(self.rangs[-1]))
        if puis:
            self.rangs[-1] = [reste]
            self._fermer()
            self._ouvrir(GroupeLu(puis, 1, "present"))

    def _reprend_apres(self, i: int) -> bool:
        """A separator inside the attendance: only if another of its headings comes right after."""
        return any(lire_intitule(ligne.texte) for ligne in self.lignes[i + 1 : i + 2])


def _bloc_de_personne(rang: list[str]) -> bool:
    """« Mme X » alone on its line, then what she is on the lines below."""
    if not _PERSONNE.match(rang[0]) or not _nom_seul(rang[:1]):
        return False
    return all(morceau.startswith("\t") for morceau in rang[1:]) and len(rang) < 4


def _nom_seul(rang: list[str]) -> bool:
    _, reste = lire_personnes(rang[0])
    return len(rang) == 1 and not reste.strip(" ,;:.–-")


def _a_un_statut(groupe: GroupeLu) -> bool:
    return groupe.statut != "present" or not groupe.college


def _peut_contenir(parent: GroupeLu, intitule: Intitule) -> bool:
    """A heading of status without row holds colleges; a college without row holds statuses."""
    if parent.college and parent.statut == "present":
        return intitule.statut is not None
    return intitule.statut is None


def _est_phrase(texte: str) -> bool:
    """A finite verb that no row holds (« qui représente » is none)."""
    debut = texte[:700]
    trouves = verbes(debut)
    return bool(trouves) and not (len(trouves) == 1 and re.search(rf"\bqui {trouves[0]}\b", debut))


def debut_des_presences(lignes: list[Ligne]) -> tuple[int, bool] | None:
    """Index of the first heading of attendance (True: none, but rows begin there); None: no attendance."""
    limite = min(len(lignes), 400)
    for i in range(limite):
        intitule = None if lignes[i].suite else lire_intitule(lignes[i].texte)
        if intitule and intitule.fort and _plausible(lignes, i, intitule):
            return i, False
    for i in range(min(limite, 80)):
        if all(k < len(lignes) and _rang_evident(lignes[k].texte) for k in (i, i + 1)):
            return i, True
    return None


def _plausible(lignes: list[Ligne], i: int, intitule: Intitule) -> bool:
    """A heading with something under it that looks like attendance."""
    if intitule.reste and (intitule.statut is not None):
        return True
    for ligne in [ligne for ligne in lignes[i + 1 : i + 14] if forme_de(ligne) != "folio"][:3]:
        if _rang_evident(ligne.texte) or lire_intitule(ligne.texte) or semble_personne(ligne.texte.strip(" ;,.-")):
            return True
        if (
            intitule.statut
            and intitule.sur
            and _STRUCTURE_DEBUT.match(ligne.texte.strip(" -•"))
            and not _est_phrase(ligne.texte)
        ):
            return True
        if _COMPTE.match(ligne.texte.strip()) or (
            intitule.statut and intitule.sur and puce(ligne.texte) and not _est_phrase(ligne.texte)
        ):
            return True
    return False


def _rang_evident(texte: str) -> bool:
    nu = texte.strip()
    if "\t" in nu and len(nu) < 900:
        return True
    if not _PERSONNE.match(nu) or orateur(nu):
        _, deux_points, droite = nu.partition(":")
        return bool(deux_points) and bool(CIVILITE_DEBUT.match(droite.strip())) and not _est_phrase(nu)
    return len(nu) < 500 and not _est_phrase(nu)
