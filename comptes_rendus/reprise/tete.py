"""The head of a letter (mark, services, contact, place and date, object) and the title."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .blocs import en_clair
from .decoupage import NUMERO, forme_de, marge_de, puce
from .lexique import CIVILITE_DEBUT, DATE, MOIS, plier, verbes
from .structure import Contact, Ligne, LigneTete, Tete

_BORDS = " \t\u00a0\u202f*#"
_MARQUE = re.compile(
    r"(?:(?:le |la )?(?:sous-)?prefete?s?\b|(?:sous-)?prefecture\b|republique francaise|"
    r"haut[- ]commissariat|ministere\b)"
)
_SUITE_MARQUE = re.compile(r"(?:de |des |du |d'|la |le |les |l'|prefet)")
_DEVISE = re.compile(r"(?:liberte|egalite|fraternite|[\s•·,.–-])+")
_TYPE = re.compile(
    r"(?:projet de )?(?:compte[- ]rendu|proces[- ]verbal|releve de (?:conclusions|decisions)|"
    r"minutes?)(?: de (?:la )?(?:reunion|seance))?"
)
_TITRE = re.compile(
    r"compte[- ]rendu|proces[- ]verbal|releve de (?:conclusions|decisions)|comite (?:local|"
    r"departemental|des usagers|de suivi|d'amelioration)|"
    r"\b(?:clu|clac|cluac)\b|c\.l\.u|c\.l\.a\.c|reunion d(?:u|e la|'installation)"
)
_SUITE_TITRE = re.compile(
    r"(?:du |de la |de l'|des |d'|en date|seance |reunion |le (?:lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi)|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|tenue?\b|\d{1,2}(?:er)? [a-z]+\.? \d{4}|[–—-] |de \d|a \d|\(|compte[- ]rendu|"
    r"proces-verbal|comite local|valide|et )"
)
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("objet", re.compile(r"objet\s*:")),
    ("reference", re.compile(r"(?:[nv]\s?/\s?)?ref(?:erences?)?s?\.?\s*:|(?:nos|vos) references")),
    ("piece_jointe", re.compile(r"p\.?\s?j\.?\s*:|pieces?[- ]jointes?\s*:|annexes?\s*:")),
    (
        "contact",
        re.compile(
            r"(?:affaire|dossier)s? suivi(?:e|es|s)? par|(?:tel|telephone|fax|telecopie|mel|mail|"
            r"courriel|e-mail|adresse mail|contact|courriels?)\b\.?\s*:?"
        ),
    ),
)
_SUIVI = re.compile(r"(?:affaire|dossier)s? suivi(?:e|es|s)? par\s*:?\s*", re.I)
_COURRIEL = re.compile(r"[\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,40})+")
_TELEPHONE = re.compile(r"(?:\+33\s?|\b0)[1-9](?:[\s.-]?\d{2}){4}")
_TEL_DOUBLE = re.compile(r"\s?/\s?(\d{2}(?:[\s.]\d{2})*)\b")
_LIEU_DATE = re.compile(r"(?P<lieu>[A-ZÀ-Ý][\w'’ .-]{1,60}?)\s*,?\s+(?P<date>le\s*:?\s*.{0,60})$", re.S)
_ETIQUETTE = re.compile(
    r"^(?:t[ée]l[ée]?(?:phone|copie)?|m[ée]l|mail|courriel|e-mail|fax|adresse mail)s?\.?\s*:?\s*", re.I
)
_SERVICE = re.compile(
    r"(?:secretariat|direction|bureau|pole|service|cellule|cabinet|mission|division|section|"
    r"prefecture|sous-prefecture|departement|centre|unite|delegation|controle)"
)
ORDRE_DU_JOUR = re.compile(r"\bordres? du jour\b[^.!?]{0,80}$")


@dataclass(slots=True)
class TeteLue:
    tete: Tete = field(default_factory=Tete)
    titre: str = ""
    points: list[str] = field(default_factory=list)
    reste: list[Ligne] = field(default_factory=list)


def _colonnes(ligne: Ligne) -> list[Ligne]:
    """« PRÉFET DE …          Secrétariat général »: two columns of the head, glued by the extraction."""
    nu = ligne.texte.strip()
    parties = re.split(r"\s{4,}|\t+", nu) if len(nu) < 300 and not puce(ligne.texte) else [nu]
    if len(parties) != 2 or ligne.suite or verbes(nu):
        return [ligne]
    return [Ligne(parties[0], ligne.vides, blanc=ligne.blanc), Ligne(parties[1], 0, blanc=" ")]


def nettoyer(texte: str) -> str:
    """One head line without markup: « **PRÉFET », « DES LANDES** », « 1^{er} »."""
    return en_clair(texte).strip(_BORDS)


class LecteurTete:
    """Gives a role to each line above the attendance (or above the body)."""

    def __init__(self, lignes: list[Ligne], noter: Callable[[str, str], None]) -> None:
        self.lignes, self.noter = lignes, noter
        self.lue = TeteLue()
        self.titres: list[str] = []
        self.roles: list[str] = []
        self.dans_contact = False
        self.dans_agenda = False
        self.fin_d_annonce = -1
        self.marge = 0

    def lire(self) -> TeteLue:
        self.lignes = [partie for ligne in self.lignes for partie in _colonnes(ligne)]
        for i, ligne in enumerate(self.lignes):
            self._ligne(i, ligne)
        self.lue.titre = " ".join(self.titres)
        _lire_contacts(self.lue.tete)
        _lire_lieu_date(self.lue.tete)
        self._lire_labels()
        return self.lue

    def _ligne(self, i: int, ligne: Ligne) -> None:
        forme = forme_de(ligne)
        if forme == "folio":
            self.lue.reste.append(ligne)
            return
        texte = nettoyer(ligne.texte)
        if not any(lettre.isalnum() or lettre == "_" for lettre in texte):
            return
        if self._point(ligne):
            return
        role = self._role_en_contexte(i, ligne, texte)
        if role == "corps" or (role in ("suite", "autre") and self.roles[-1:] == ["corps"] and not ligne.vides):
            self.lue.reste.append(ligne)
            self.roles.append("corps")
            return
        if role == "titre":
            if self.titres:
                self._noter_jointure(i, ligne)
            self.titres.append(texte)
        elif role == "sous_titre":
            self._noter_jointure(i, ligne, " – ")
            self.titres.append(f"– {texte}")
        elif role == "suite":
            self._noter_jointure(i, ligne)
            derniere = self.lue.tete.lignes[-1]
            derniere.texte = f"{derniere.texte} {texte}"
        else:
            self.lue.tete.lignes.append(LigneTete(role, texte))
        self.dans_contact = role == "contact"
        self.roles.append(self.roles[-1] if role == "suite" and self.roles else role)

    def _role_en_contexte(self, i: int, ligne: Ligne, texte: str) -> str:
        """A sentence under the title belongs to the body, but for the one that announces the agenda, on any lines."""
        if i <= self.fin_d_annonce:
            self.dans_agenda = i == self.fin_d_annonce
            return "suite"
        role = self._role(i, ligne, texte)
        if role == "autre" and self.titres and not self.dans_agenda and _phrase(texte) and len(texte) > 30:
            self.fin_d_annonce = self._annonce(i)
            role = "autre" if self.fin_d_annonce > i else "corps"
        return role

    def _annonce(self, i: int) -> int:
        """Last line of the paragraph at ``i`` when it ends with « l'ordre du jour suivant : »; else -1."""
        fin = i + 1
        while fin < min(len(self.lignes), i + 12) and not self.lignes[fin].vides:
            if puce(self.lignes[fin].texte) or NUMERO.match(self.lignes[fin].texte.lstrip()):
                break
            fin += 1
        texte = plier(" ".join(ligne.texte.strip() for ligne in self.lignes[i:fin])[-300:])
        return fin - 1 if ORDRE_DU_JOUR.search(texte) and texte.endswith(":") else -1

    def _noter_jointure(self, i: int, ligne: Ligne, lien: str = " ") -> None:
        if i and not ligne.suite:
            avant, apres = self.lignes[i - 1].texte.rstrip().rsplit(None, 1)[-1], ligne.texte.split(None, 1)[0]
            marge = ligne.texte[: len(ligne.texte) - len(ligne.texte.lstrip())]
            self.noter(f"{avant}{ligne.blanc}{marge}{apres}", f"{avant}{lien}{apres}")

    # -- agenda in the head --

    def _point(self, ligne: Ligne) -> bool:
        """Under « Ordre du jour : », each bullet or numbered line is an item, until something else comes."""
        if not self.dans_agenda:
            return False
        nu = ligne.texte.strip()
        if puce(ligne.texte) or NUMERO.match(nu):
            self.lue.points.append(nu)
            self.marge = marge_de(ligne.texte)
            return True
        en_retrait = marge_de(ligne.texte) >= self.marge + 2
        if self.lue.points and (ligne.suite or (not ligne.vides and (nu[:1].islower() or en_retrait))):
            self.lue.points[-1] += f" {nu}"
            return True
        if not self.lue.points and not _titre_possible(nu):
            return False
        self.dans_agenda = not self.lue.points
        return False

    # -- roles --

    def _role(self, i: int, ligne: Ligne, texte: str) -> str:
        plie = plier(texte)
        precedent = self.roles[-1] if self.roles else ""
        if ORDRE_DU_JOUR.search(plie[-300:]) and not plie.startswith(("ref", "p.j", "objet")):
            self.dans_agenda = True
            return "suite" if precedent == "autre" and not ligne.vides and _en_cours(texte) else "autre"
        if ligne.suite and self.roles:
            return "titre" if precedent == "titre" else "suite"
        label = next((nom for nom, motif in _LABELS if motif.match(plie)), None)
        if label:
            return label
        if _COURRIEL.search(texte) or _TELEPHONE.search(texte):
            return "contact"
        nomme = ligne.vides == 1 and self.dans_contact and self.lignes[i - 1].texte.rstrip().endswith(":")
        if nomme and CIVILITE_DEBUT.match(texte):
            return "contact"
        if self.dans_contact and not ligne.vides and len(texte) < 120 and not _est_lieu_date(texte):
            return "contact"
        if precedent in ("objet", "reference", "piece_jointe") and not ligne.vides:
            return "suite"
        return self._role_de_corps(i, ligne, texte, plie, precedent)

    def _role_de_corps(self, i: int, ligne: Ligne, texte: str, plie: str, precedent: str) -> str:
        if _DEVISE.fullmatch(plie):
            return "devise"
        if precedent == "titre" and _SUITE_TITRE.match(plie) and len(texte) < 160 and not _phrase(texte):
            return "titre"
        if self.titres and _date_seule(plie) and not DATE.search(plier(" ".join(self.titres))):
            return "titre" if precedent == "titre" else "autre"
        if _est_lieu_date(texte) or (precedent == "lieu_date" and _date_seule(plie)):
            return "lieu_date"
        if _TYPE.fullmatch(plie.strip(" .:")) and not self.titres and not self._titre_suit(i):
            return "type"
        if (
            _TITRE.search(plie)
            and len(texte) < 300
            and not _phrase(texte)
            and (not self.titres or precedent == "titre" or self._meilleur(plie))
        ):
            return "titre"
        if (
            not self.titres
            and texte.isupper()
            and (_MARQUE.match(plie) or ("marque" in self.roles[-2:] and not ligne.vides and _SUITE_MARQUE.match(plie)))
        ):
            return "marque"
        if not self.titres and not self.roles and _MARQUE.match(plie) and len(texte) < 60:
            return "marque"
        if (
            precedent in ("titre", "sous_titre")
            and texte.isupper()
            and not NUMERO.match(texte)
            and len(texte) < 120
            and not _phrase(texte)
        ):
            return "sous_titre"
        if _date_seule(plie):
            return "lieu_date" if not self.titres else "titre" if precedent == "titre" else "autre"
        if (
            not self.titres
            and len(texte) < 140
            and not _phrase(texte)
            and (_SERVICE.match(plie) or (precedent == "service" and not ligne.vides))
        ):
            return "service"
        return "suite" if precedent == "autre" and not ligne.vides and texte[:1].islower() else "autre"

    def _titre_suit(self, i: int) -> bool:
        """« COMPTE-RENDU » is the first line of a title that goes on just below."""
        for ligne in self.lignes[i + 1 : i + 2]:
            plie = plier(nettoyer(ligne.texte))
            return bool(_SUITE_TITRE.match(plie)) and not ligne.vides and not _est_lieu_date(nettoyer(ligne.texte))
        return False

    def _meilleur(self, plie: str) -> bool:
        """A second title line far from the first: only when the first did not name a committee."""
        return "comite" in plie and not any("comite" in plier(titre) for titre in self.titres)

    def _lire_labels(self) -> None:
        tete = self.lue.tete
        for ligne in tete.lignes:
            valeur = ligne.texte.partition(":")[2].strip() or ligne.texte
            if ligne.role == "objet" and tete.objet is None:
                tete.objet = valeur
            elif ligne.role == "reference":
                tete.references.append(valeur)
            elif ligne.role == "piece_jointe":
                tete.pieces_jointes.append(valeur)


def _en_cours(texte: str) -> bool:
    return texte[:1].islower()


def _titre_possible(nu: str) -> bool:
    return len(nu) < 200


def _phrase(texte: str) -> bool:
    return bool(verbes(texte[:400])) or len(texte) > 300


def _date_seule(plie: str) -> bool:
    return bool(
        re.fullmatch(
            rf"(?:le |du |{'|'.join(('lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'))}|"
            rf"\s)*{DATE.pattern}(?:\s+(?:a|de)\s+\d.*)?",
            plie.strip(" ."),
        )
    )


def _est_lieu_date(texte: str) -> bool:
    """« Valcendre, le 3 mai 2028 », « Port-Gris le » (the date is stamped on the next line), « Fait à … »."""
    if len(texte) > 110:
        return False
    trouve = _LIEU_DATE.match(texte)
    if not trouve or CIVILITE_DEBUT.match(texte) or _phrase(texte):
        return bool(re.match(r"(?:le|fait à .{2,40})\s", texte, re.I)) and _date_seule(plier(texte))
    date = plier(trouve["date"]).removeprefix("le").strip(" :.")
    return not date or _date_seule(date)


def iso(texte: str) -> str | None:
    """First full date of ``texte``, ISO."""
    for trouve in DATE.finditer(plier(texte)):
        jour, mois_lettres, annee, mois_chiffres, annee_chiffres = trouve.groups()[1:]
        mois = MOIS.get(mois_lettres or "") or int(mois_chiffres or 0)
        an = int(annee or annee_chiffres)
        if (
            1 <= mois <= 12
            and 1 <= int(jour) <= (31, 29 if an % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[mois - 1]
        ):
            return f"{an:04d}-{mois:02d}-{int(jour):02d}"
    return None


def _lire_lieu_date(tete: Tete) -> None:
    lignes = tete.de_role("lieu_date")
    for texte in lignes:
        trouve = _LIEU_DATE.match(texte)
        if trouve and tete.lieu is None:
            tete.lieu = re.sub(r"^fait à\s+", "", trouve["lieu"].strip(" ,"), flags=re.I)
        date = iso(texte)
        if date and tete.date is None:
            tete.date = date
            affichee = trouve["date"] if trouve else texte
            tete.date_affichee = affichee.strip()


def _lire_contacts(tete: Tete) -> None:
    """One contact per agent named; phone and mail are shared when there is only one of them."""
    contacts: list[Contact] = []
    telephones: list[str] = []
    courriels: list[str] = []
    attente = False
    for texte in tete.de_role("contact"):
        suivi = _SUIVI.match(texte)
        courriels += _COURRIEL.findall(texte)
        numeros = _telephones(texte)
        telephones += numeros
        reste = _ETIQUETTE.sub("", _COURRIEL.sub("", _TELEPHONE.sub("", texte)) if not suivi else texte)
        if suivi:
            noms = texte[suivi.end() :].strip(" :")
            noms = _COURRIEL.sub("", _TELEPHONE.sub("", noms)).strip(" -–,")
            contacts += [_contact(nom) for nom in re.split(r"\s*/\s*|\s+et\s+(?=M)", noms) if nom.strip()]
            attente = not noms
        elif not numeros and not _COURRIEL.search(texte) and reste.strip() == texte:
            _nom_ou_fonction(contacts, texte, attente)
            attente = False
    if not contacts and (telephones or courriels):
        contacts.append(Contact())
    for rang, contact in enumerate(contacts):
        contact.telephone = telephones[min(rang, len(telephones) - 1)] if telephones else None
        contact.courriel = courriels[min(rang, len(courriels) - 1)] if courriels else None
    tete.contacts = contacts


def _contact(texte: str) -> Contact:
    nom, virgule, fonction = texte.partition(",")
    return Contact(nom.strip(), fonction.strip() or None if virgule else None)


def _nom_ou_fonction(contacts: list[Contact], texte: str, attente: bool) -> None:
    if attente or not contacts:
        contacts += [_contact(nom) for nom in re.split(r"\s*/\s*", texte) if nom.strip()]
    elif contacts[-1].fonction is None:
        contacts[-1].fonction = texte


def _telephones(texte: str) -> list[str]:
    """« 01 99 00 12 34/ 56 » is two numbers."""
    numeros: list[str] = []
    for trouve in _TELEPHONE.finditer(texte):
        numeros.append(trouve[0])
        double = _TEL_DOUBLE.match(texte, trouve.end())
        if double:
            numeros.append(trouve[0][: -len(double[1])] + double[1])
    return [" ".join(numero.split()) for numero in numeros]
