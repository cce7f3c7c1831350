"""Taking over an existing text: from what the reading found to a sitting, its attendance and a draft."""

from __future__ import annotations

import datetime
import re
import unicodedata
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone

from comites.models import Comite, GroupePresence, LignePresence, PersonneCitee, PointOrdreDuJour, Seance
from journal.actions import consigner
from journal.workflow import verrouiller
from membres.models import Civilite, Personne, Structure, Utilisateur

from ..models import Bloc, CompteRendu, Genre, Revision, Rubrique
from ..reprise import Reprise
from ..reprise.structure import BlocLu
from ..texte import vers_html, vers_marquage
from .creation import nouveau
from .ecriture import PAS_D_ECART, exiger_qualite

DOUBLE = datetime.timedelta(minutes=5)

Lignes = dict[str, LignePresence | None]
"""Rows of the present persons by folded family name; None where two bear it."""


def reprendre(lecture: Reprise, *, comite: Comite, source: str, par: Utilisateur) -> CompteRendu:
    """Make a draft of a text that was read; the source is kept whole, with what was mended and what is doubtful.

    Uses the committee's sitting of that date when it is still bare, else makes one. The same text sent twice by the
    same person within ``DOUBLE`` is taken over once. Raises PermissionDenied unless ``par`` is quality officer of the
    committee.
    """
    exiger_qualite(comite, par)
    with transaction.atomic():
        comite = verrouiller(comite)
        siens = CompteRendu.objects.filter(seance__comite=comite, auteur=par, etat=CompteRendu.Etat.BROUILLON)
        deja = siens.filter(source=source, cree_le__gte=timezone.now() - DOUBLE).first()
        if deja is not None:
            return deja
        seance = _seance(lecture, comite)
        lignes = _presences(lecture, seance)
        _ordre_du_jour(lecture, seance)
        compte_rendu = nouveau(seance, par=par, **_champs(lecture, source))
        _rubriques(lecture, compte_rendu, lignes, par)
        consigner("reprendre", compte_rendu, par=par, details={"caracteres": len(source)})
    return compte_rendu


def _seance(lecture: Reprise, comite: Comite) -> Seance:
    lue = lecture.seance
    date = datetime.date.fromisoformat(lue.date) if lue.date else None
    if date is not None:
        seances = comite.seances.exclude(etat=Seance.Etat.ANNULEE)
        nue = seances.filter(date=date, comptes_rendus=None, groupes=None, points=None).first()
        if nue is not None:
            return nue
    debut, fin = (datetime.time.fromisoformat(h) if h else None for h in (lue.heure_debut, lue.heure_fin))
    seance = Seance(
        comite=comite,
        etat=Seance.Etat.TENUE,
        date=date,
        heure_debut=debut,
        heure_fin=fin if not (debut and fin) or fin > debut else None,
        mode=lue.mode or "",
        presidence=_premiere_ligne(lecture, "preside"),
        animation=_premiere_ligne(lecture, "anime"),
    )
    seance.full_clean()
    seance.save()
    return seance


def _premiere_ligne(lecture: Reprise, statut: str) -> str:
    lignes = [ligne.texte for groupe in lecture.presences if groupe.statut == statut for ligne in groupe.lignes]
    return lignes[0].replace("\t", ", ")[:300] if lignes else ""


def couper(texte: str | None, maximum: int) -> tuple[str, str]:
    """What a column of ``maximum`` characters can hold, and the rest, cut between two words: no word is dropped."""
    texte = texte or ""
    if len(texte) <= maximum:
        return texte, ""
    blanc = texte.rfind(" ", 0, maximum + 1)
    coupe = blanc if blanc > 0 else maximum
    return texte[:coupe], texte[coupe:].strip()


def _intitule(numero: str | None, titre: str | None, maximum: int) -> tuple[str, str, str]:
    """Number, title, rest of the title; a number too long for its column belongs to the title."""
    if len(numero or "") > 20:
        numero, titre = "", f"{numero} {titre or ''}".strip()
    return numero or "", *couper(titre, maximum)


def _presences(lecture: Reprise, seance: Seance) -> Lignes:
    """Write the groups and rows; returns the present persons' rows by folded family name (None where ambiguous)."""
    annuaire = _Annuaire()
    par_nom: Lignes = {}
    prenoms: dict[str, str] = {}
    for ordre, groupe in enumerate(lecture.presences):
        titre, reste = couper(groupe.titre, 300)
        rang = GroupePresence.objects.create(
            seance=seance,
            ordre=ordre,
            titre=titre,
            niveau=groupe.niveau,
            statut=groupe.statut,
            college=(groupe.college or "")[:200],
            en_ligne=groupe.en_ligne,
        )
        if reste:
            LignePresence.objects.create(groupe=rang, texte=reste)
        for indice, ligne in enumerate(groupe.lignes, start=1):
            creee = LignePresence.objects.create(
                groupe=rang,
                ordre=indice,
                texte=ligne.texte,
                fonction=ligne.fonction or "",
                structure_nom=(ligne.structure or "")[:500],
                structure=annuaire.structure(ligne.structure),
                represente_par=(ligne.represente_par or "")[:300],
                en_qualite_de=(ligne.en_qualite_de or "")[:300],
            )
            for place, personne in enumerate(ligne.personnes):
                PersonneCitee.objects.create(
                    ligne=creee,
                    ordre=place,
                    civilite=personne.civilite if personne.civilite in Civilite.values else "",
                    prenom=(personne.prenom or "")[:100],
                    nom=(personne.nom or "")[:100],
                    personne=annuaire.personne(personne.prenom, personne.nom),
                )
                nom, prenom = plier(personne.nom or ""), plier(personne.prenom or "")
                if nom and groupe.statut in ("preside", "anime", "present", "invite"):
                    seul = prenoms.setdefault(nom, prenom) == prenom
                    par_nom[nom] = par_nom.get(nom, creee) if seul else None
    return par_nom


class _Annuaire:
    """Links to persons and structures already known: an exact, unambiguous match or nothing."""

    def __init__(self) -> None:
        self.structures = {plier(s.nom): s for s in Structure.objects.all()}
        self.personnes: dict[str, Personne | None] = {}
        for personne in Personne.objects.all():
            cle = plier(f"{personne.prenom} {personne.nom}")
            self.personnes[cle] = None if cle in self.personnes else personne

    def structure(self, nom: str | None) -> Structure | None:
        return self.structures.get(plier(nom or ""))

    def personne(self, prenom: str | None, nom: str | None) -> Personne | None:
        return self.personnes.get(plier(f"{prenom} {nom}")) if prenom and nom else None


def plier(texte: str) -> str:
    """Case, accents and spaces folded away: « Élodie  MARTIN » and « elodie martin » are the same."""
    nu = unicodedata.normalize("NFKD", texte.casefold())
    return " ".join("".join(c for c in nu if not unicodedata.combining(c)).split())


def _ordre_du_jour(lecture: Reprise, seance: Seance) -> None:
    """The agenda, as printed or as told by the headings: a tree by levels."""
    chemin: list[PointOrdreDuJour] = []
    for ordre, point in enumerate(lecture.ordre_du_jour):
        chemin = chemin[: max(point.niveau - 1, 0)]
        parent = chemin[-1] if chemin else None
        numero, titre, reste = _intitule(point.numero, point.titre, 500)
        cree = PointOrdreDuJour.objects.create(seance=seance, parent=parent, ordre=ordre, numero=numero, titre=titre)
        chemin.append(cree)
        while reste:
            titre, reste = couper(reste, 500)
            PointOrdreDuJour.objects.create(seance=seance, parent=parent, ordre=ordre, titre=titre)


def _champs(lecture: Reprise, source: str) -> dict[str, Any]:
    titre, reste = couper(lecture.titre, 1000)
    tete = [{"role": ligne.role, "texte": ligne.texte} for ligne in lecture.tete.lignes]
    return {
        "titre": titre,
        "tete": [*tete, {"role": "autre", "texte": reste}] if reste else tete,
        "date_document": datetime.date.fromisoformat(lecture.tete.date) if lecture.tete.date else None,
        "a_ordre_du_jour": lecture.ordre_du_jour_propre,
        "ordre_du_jour_avant_presences": lecture.ordre_du_jour_avant_presences,
        "prochaine_seance": (lecture.prochaine_seance or "")[:300],
        "signature": "\n".join(lecture.signature),
        "source": source,
        "reparations": [{"avant": r.avant, "apres": r.apres} for r in lecture.reparations],
        "a_verifier": [{"texte": texte, "fait": False} for texte in lecture.a_verifier],
    }


def _rubriques(lecture: Reprise, compte_rendu: CompteRendu, lignes: Lignes, par: Utilisateur) -> None:
    for ordre, rubrique in enumerate(lecture.rubriques):
        numero, titre, reste = _intitule(rubrique.numero, rubrique.titre, 1000)
        creee = Rubrique.objects.create(
            compte_rendu=compte_rendu,
            ordre=ordre,
            niveau=rubrique.niveau,
            numero=numero,
            titre=titre,
            presente_par=(rubrique.presente_par or "")[:300],
            diaporama=(rubrique.diaporama or "")[:100],
        )
        _blocs(creee, _suite(reste) + rubrique.blocs, lignes, par)
    for ordre, annexe in enumerate(lecture.annexes):
        titre, reste = couper(annexe.titre, 1000)
        creee = Rubrique.objects.create(compte_rendu=compte_rendu, ordre=ordre, est_annexe=True, titre=titre)
        _blocs(creee, _suite(reste) + annexe.blocs, lignes, par)


def _suite(reste: str) -> list[BlocLu]:
    """The end of a title too long for its column, as the first block under it."""
    marquage = vers_marquage(f"<p>{escape(reste, quote=False)}</p>")
    return [BlocLu(Genre.PARAGRAPHE, reste, marquage)] if reste else []


def _blocs(rubrique: Rubrique, lus: list[BlocLu], lignes: Lignes, par: Utilisateur) -> None:
    """Blocks and their first revisions, in two statements whatever their number."""
    blocs = Bloc.objects.bulk_create(
        Bloc(
            rubrique=rubrique,
            ordre=(indice + 1) * PAS_D_ECART,
            genre=lu.genre,
            html=vers_html(lu.marquage, citation=lu.genre == Genre.CITATION),
            orateur=(lu.orateur or "")[:200],
            orateur_ligne=lignes.get(_nom_de(lu.orateur)),
        )
        for indice, lu in enumerate(lus)
    )
    Revision.objects.bulk_create(
        Revision(
            compte_rendu=rubrique.compte_rendu,
            cle=bloc.cle,
            numero=1,
            genre=bloc.genre,
            html=bloc.html,
            orateur=bloc.orateur,
            par=par,
        )
        for bloc in blocs
    )


def _nom_de(orateur: str | None) -> str:
    """The folded family name of « Mme Prénom NOM » or « M. NOM »: its words in capitals."""
    mots = [mot for mot in (orateur or "").split() if mot == mot.upper() and len(re.findall(r"[^\W\d_]", mot)) > 1]
    return plier(" ".join(mots))
