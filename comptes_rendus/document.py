"""The document: what one compte rendu *shows*, as plain frozen data.

The page, the PDF, the attached JSON and the public version are all made from this one structure. At approval its
JSON is kept beside the PDF, so that a published text depends on no row that can still change (« a document owns
its words », docs of the house).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LigneTete:
    """One line of the head, in reading order.

    ``role``: ``marque`` (« PRÉFET », « DES LANDES »), ``devise`` (motto), ``type`` (« COMPTE RENDU » alone),
    ``service``, ``contact``, ``lieu_date``, ``objet``, ``reference``, ``piece_jointe``, ``autre``. ``texte`` keeps
    its printed label (« Objet : … »).
    """

    role: str
    texte: str


@dataclass(frozen=True, slots=True)
class GroupePresence:
    """A heading of the attendance and its rows, as shown.

    ``niveau`` 1 or 2 (« Excusés » > « Représentants des usagers »). A tab in a row parts the name from the function
    (two columns). ``en_ligne``: heading and rows make one sentence (« STRUCTURES EXCUSÉES : A, B. »).
    """

    titre: str
    niveau: int
    statut: str
    lignes: tuple[str, ...]
    en_ligne: bool = False


@dataclass(frozen=True, slots=True)
class PointDuJour:
    niveau: int
    numero: str
    titre: str


@dataclass(frozen=True, slots=True)
class BlocDocument:
    """A block: ``cle`` is its stable id, ``html`` is clean block-level HTML of the allowed subset."""

    cle: str
    genre: str
    html: str


@dataclass(frozen=True, slots=True)
class RubriqueDocument:
    """``niveau`` 1 to 3; ``numero`` and ``titre`` may both be empty (text before the first heading)."""

    cle: str
    niveau: int
    numero: str
    titre: str
    blocs: tuple[BlocDocument, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a compte rendu prints, in order.

    ``reference`` is the short public reference printed in the folio; ``autorite`` the issuing authority's name (PDF
    author); ``date`` the ISO date of the document or ``""``. ``signature``: the ordered lines of the block.
    ``titre`` is printed, and may be empty; ``intitule`` names the document where it is not printed (PDF title, lists).
    ``logo``: ``data:`` URI or ``""``. ``pied``: the small lines of address at the foot of the first page.
    """

    reference: str
    titre: str
    autorite: str
    date: str
    tete: tuple[LigneTete, ...] = ()
    presences: tuple[GroupePresence, ...] = ()
    ordre_du_jour: tuple[PointDuJour, ...] = ()
    ordre_du_jour_avant_presences: bool = False
    rubriques: tuple[RubriqueDocument, ...] = ()
    signature: tuple[str, ...] = ()
    annexes: tuple[RubriqueDocument, ...] = ()
    pied: tuple[str, ...] = ()
    logo: str = ""
    intitule: str = ""
    schema: int = field(default=1)

    def en_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def depuis_json(cls, valeur: dict[str, Any]) -> Document:
        def rubriques(nom: str) -> tuple[RubriqueDocument, ...]:
            return tuple(
                RubriqueDocument(**{**r, "blocs": tuple(BlocDocument(**b) for b in r["blocs"])}) for r in valeur[nom]
            )

        return cls(
            **{
                **valeur,
                "tete": tuple(LigneTete(**ligne) for ligne in valeur["tete"]),
                "presences": tuple(GroupePresence(**{**g, "lignes": tuple(g["lignes"])}) for g in valeur["presences"]),
                "ordre_du_jour": tuple(PointDuJour(**p) for p in valeur["ordre_du_jour"]),
                "rubriques": rubriques("rubriques"),
                "annexes": rubriques("annexes"),
                "signature": tuple(valeur["signature"]),
                "pied": tuple(valeur["pied"]),
            }
        )
