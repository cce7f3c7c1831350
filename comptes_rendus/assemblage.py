"""From the rows of a working compte rendu to its :class:`Document`, in a constant number of queries."""

from __future__ import annotations

import base64
import hashlib
import json

from django.db.models import Prefetch

from comites.actions import arbre
from comites.models import GroupePresence, Seance
from membres.models import Autorite
from membres.titres import avec_article

from .document import (
    BlocDocument,
    Document,
    LigneTete,
    PointDuJour,
    RubriqueDocument,
)
from .document import (
    GroupePresence as GroupeDocument,
)
from .models import Bloc, CompteRendu, Rubrique


def assembler(compte_rendu: CompteRendu) -> Document:
    """What the compte rendu shows now, as a document that owns its words."""
    autorite = compte_rendu.seance.comite.autorite
    corps, annexes = rubriques_et_annexes(compte_rendu)
    return Document(
        reference=compte_rendu.reference,
        titre=compte_rendu.titre,
        intitule=compte_rendu.titre or str(compte_rendu),
        autorite=autorite.nom,
        date=compte_rendu.date_document.isoformat() if compte_rendu.date_document else "",
        tete=tuple(LigneTete(ligne["role"], ligne["texte"]) for ligne in compte_rendu.tete),
        presences=tuple(_groupe(groupe) for groupe in groupes(compte_rendu.seance)),
        ordre_du_jour=tuple(points(compte_rendu.seance)) if compte_rendu.a_ordre_du_jour else (),
        ordre_du_jour_avant_presences=compte_rendu.ordre_du_jour_avant_presences,
        rubriques=tuple(_rubrique(rubrique) for rubrique in corps),
        signature=tuple(lignes_signature(compte_rendu)),
        annexes=tuple(_rubrique(rubrique) for rubrique in annexes),
        pied=tuple(autorite.pied.splitlines()[:3]),
        logo=_logo(autorite),
    )


def empreinte(document: Document) -> str:
    """SHA-256 (hex) of the canonical JSON: two documents that show the same have the same."""
    return hashlib.sha256(json.dumps(document.en_json(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def rubriques_et_annexes(compte_rendu: CompteRendu) -> tuple[list[Rubrique], list[Rubrique]]:
    """Body and annexes with their blocks in place (two queries)."""
    toutes = compte_rendu.rubriques.prefetch_related(
        Prefetch("blocs", queryset=Bloc.objects.en_place(), to_attr="en_place")
    )
    corps: list[Rubrique] = []
    annexes: list[Rubrique] = []
    for rubrique in toutes:
        (annexes if rubrique.est_annexe else corps).append(rubrique)
    return corps, annexes


def groupes(seance: Seance) -> list[GroupePresence]:
    return list(seance.groupes.prefetch_related("lignes"))


def points(seance: Seance) -> list[PointDuJour]:
    """The agenda tree, flattened in reading order with its levels (one query)."""
    return [PointDuJour(len(rangs), point.numero, point.titre) for rangs, point in arbre(seance.points.all())]


def lignes_signature(compte_rendu: CompteRendu) -> list[str]:
    """The block's lines, with the delegation line chosen (« P/ », « Pour … et par délégation ») before the office."""
    autorite = compte_rendu.seance.comite.autorite
    titulaire = avec_article(autorite.genre, autorite.chef_civilite)
    prefixe = {
        CompteRendu.Delegation.AUCUNE: [],
        CompteRendu.Delegation.P: [f"P/ {titulaire},"],
        CompteRendu.Delegation.POUR: [f"Pour {titulaire} et par délégation,"],
    }[CompteRendu.Delegation(compte_rendu.delegation)]
    return prefixe + [ligne.strip() for ligne in compte_rendu.signature.splitlines() if ligne.strip()]


def _groupe(groupe: GroupePresence) -> GroupeDocument:
    lignes = tuple(ligne.texte for ligne in groupe.lignes.all())
    return GroupeDocument(groupe.titre, groupe.niveau, groupe.statut, lignes, groupe.en_ligne)


def _rubrique(rubrique: Rubrique) -> RubriqueDocument:
    blocs: list[Bloc] = rubrique.en_place  # type: ignore[attr-defined]
    return RubriqueDocument(
        cle=rubrique.cle.hex,
        niveau=rubrique.niveau,
        numero=rubrique.numero,
        titre=rubrique.titre,
        blocs=tuple(BlocDocument(bloc.cle.hex, bloc.genre, bloc.html) for bloc in blocs),
    )


def _logo(autorite: Autorite) -> str:
    if not autorite.logo:
        return ""
    with autorite.logo.open("rb") as fichier:
        octets = fichier.read()
    genre = "png" if octets.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{genre};base64,{base64.b64encode(octets).decode()}"
