"""What the reading of an existing text finds: plain data, and its JSON form (the contract of ``reprendre --json``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Ligne:
    """One non-blank line of the source; ``vides``: blank lines before it; ``suite``: goes on the line before.

    ``courant``: each page repeats it. ``blanc``: exactly what the source has between the line before and this one
    (a mending must be found in it).
    """

    texte: str
    vides: int = 0
    suite: bool = False
    blanc: str = "\n"
    courant: bool = False


@dataclass(slots=True)
class Reparation:
    avant: str
    apres: str


@dataclass(slots=True)
class LigneTete:
    role: str
    texte: str


@dataclass(slots=True)
class Contact:
    nom: str | None = None
    fonction: str | None = None
    telephone: str | None = None
    courriel: str | None = None

    def en_json(self) -> dict[str, Any]:
        return {
            "nom": self.nom,
            "fonction": self.fonction,
            "telephone": self.telephone,
            "courriel": self.courriel,
        }


@dataclass(slots=True)
class Tete:
    """The head: its lines as shown (with a role each), then readings of them."""

    lignes: list[LigneTete] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    lieu: str | None = None
    date: str | None = None
    date_affichee: str | None = None
    objet: str | None = None
    references: list[str] = field(default_factory=list)
    pieces_jointes: list[str] = field(default_factory=list)

    def de_role(self, role: str) -> list[str]:
        return [ligne.texte for ligne in self.lignes if ligne.role == role]

    def en_json(self) -> dict[str, Any]:
        return {
            "texte": [ligne.texte for ligne in self.lignes],
            "marque": self.de_role("marque"),
            "services": self.de_role("service"),
            "contacts": [contact.en_json() for contact in self.contacts],
            "lieu": self.lieu,
            "date": self.date,
            "date_affichee": self.date_affichee,
            "objet": self.objet,
            "references": list(self.references),
            "pieces_jointes": list(self.pieces_jointes),
        }


@dataclass(slots=True)
class SeanceLue:
    date: str | None = None
    heure_debut: str | None = None
    heure_fin: str | None = None
    mode: str | None = None
    type: str | None = None

    def en_json(self) -> dict[str, Any]:
        return {
            "date": self.date,
            "heure_debut": self.heure_debut,
            "heure_fin": self.heure_fin,
            "mode": self.mode,
            "type": self.type,
        }


@dataclass(slots=True)
class PersonneLue:
    civilite: str | None
    prenom: str | None
    nom: str | None

    def __str__(self) -> str:
        return " ".join(mot for mot in (self.civilite, self.prenom, self.nom) if mot)

    def en_json(self) -> dict[str, Any]:
        return {"civilite": self.civilite, "prenom": self.prenom, "nom": self.nom}


@dataclass(slots=True)
class LigneLue:
    """A row of the attendance: ``texte`` is shown, the rest is read in it."""

    texte: str
    personnes: list[PersonneLue] = field(default_factory=list)
    fonction: str | None = None
    structure: str | None = None
    represente_par: str | None = None
    en_qualite_de: str | None = None

    def en_json(self) -> dict[str, Any]:
        return {
            "texte": self.texte,
            "personnes": [personne.en_json() for personne in self.personnes],
            "fonction": self.fonction,
            "structure": self.structure,
            "represente_par": self.represente_par,
        }


@dataclass(slots=True)
class GroupeLu:
    """A heading of the attendance and its rows; a heading that only holds sub-headings has no row.

    ``titre`` is the heading as printed, its colon included (the JSON leaves the colon out).
    """

    titre: str
    niveau: int
    statut: str
    college: str | None = None
    en_ligne: bool = False
    lignes: list[LigneLue] = field(default_factory=list)

    def en_json(self) -> dict[str, Any]:
        return {
            "groupe": self.titre.rstrip(" :\u00a0\u202f"),
            "statut": self.statut,
            "college": self.college,
            "lignes": [ligne.en_json() for ligne in self.lignes],
        }


@dataclass(slots=True)
class PointLu:
    niveau: int
    numero: str
    titre: str

    def en_json(self) -> dict[str, Any]:
        return {"niveau": self.niveau, "numero": self.numero, "titre": self.titre}


@dataclass(slots=True)
class BlocLu:
    """``texte`` is plain; ``marquage`` holds the same words with light markup (see ``comptes_rendus.texte``)."""

    genre: str
    texte: str
    marquage: str
    orateur: str | None = None

    def en_json(self) -> dict[str, Any]:
        return {"genre": self.genre, "orateur": self.orateur, "texte": self.texte}


@dataclass(slots=True)
class RubriqueLue:
    niveau: int = 1
    numero: str = ""
    titre: str = ""
    presente_par: str | None = None
    diaporama: str | None = None
    blocs: list[BlocLu] = field(default_factory=list)

    def en_json(self) -> dict[str, Any]:
        return {
            "niveau": self.niveau,
            "numero": self.numero,
            "titre": self.titre,
            "presente_par": self.presente_par,
            "diaporama": self.diaporama,
            "blocs": [bloc.en_json() for bloc in self.blocs],
        }


@dataclass(slots=True)
class AnnexeLue:
    titre: str = ""
    blocs: list[BlocLu] = field(default_factory=list)

    def en_json(self) -> dict[str, Any]:
        return {"titre": self.titre, "blocs": [bloc.en_json() for bloc in self.blocs]}


@dataclass(slots=True)
class Reprise:
    """The whole reading of one text."""

    tete: Tete = field(default_factory=Tete)
    titre: str = ""
    seance: SeanceLue = field(default_factory=SeanceLue)
    presences: list[GroupeLu] = field(default_factory=list)
    ordre_du_jour: list[PointLu] = field(default_factory=list)
    ordre_du_jour_propre: bool = False
    ordre_du_jour_avant_presences: bool = False
    rubriques: list[RubriqueLue] = field(default_factory=list)
    prochaine_seance: str | None = None
    signature: list[str] = field(default_factory=list)
    annexes: list[AnnexeLue] = field(default_factory=list)
    reparations: list[Reparation] = field(default_factory=list)
    a_verifier: list[str] = field(default_factory=list)

    def blocs(self) -> Iterator[BlocLu]:
        """Every block of the body, then of the annexes."""
        for rubrique in self.rubriques:
            yield from rubrique.blocs
        for annexe in self.annexes:
            yield from annexe.blocs

    def en_json(self) -> dict[str, Any]:
        return {
            "tete": self.tete.en_json(),
            "titre": self.titre or None,
            "seance": self.seance.en_json(),
            "presences": [groupe.en_json() for groupe in self.presences],
            "ordre_du_jour": [point.en_json() for point in self.ordre_du_jour],
            "ordre_du_jour_propre": self.ordre_du_jour_propre,
            "rubriques": [rubrique.en_json() for rubrique in self.rubriques],
            "prochaine_seance": self.prochaine_seance,
            "signature": list(self.signature),
            "annexes": [annexe.en_json() for annexe in self.annexes],
            "reparations": [{"avant": r.avant, "apres": r.apres} for r in self.reparations],
            "a_verifier": list(self.a_verifier),
        }
