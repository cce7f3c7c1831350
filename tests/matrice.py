"""Who may go where: one line per route, read from left to right.

Route, object it names (``@state`` of the minutes), then what each of the cast gets on an object of the CLAC, where
Mireille (member), Agnès (agent), Odile (quality), Samir (signatory) and Ada (administrator) belong and Paul does not.
Of an object of Paul's committee, the first four get what Paul gets here; Ada administers both.

``L`` sent to the login page · ``H`` 404, as if it were not there · ``N`` 403, not your role · ``S`` 409, not now ·
``M`` 405, not this method · ``F`` 422, the form is shown again · ``ok`` 200 · ``->`` done, then redirected.
"""

from __future__ import annotations

from typing import NamedTuple

ACTEURS = ("anonyme", "mireille", "paul", "agnes", "odile", "samir", "ada")
CODES = {"L": 302, "->": 302, "H": 404, "N": 403, "S": 409, "M": 405, "F": 422, "ok": 200}


class Ligne(NamedTuple):
    """What each of ``ACTEURS`` gets, by method."""

    route: str
    objet: str
    get: dict[str, str]
    post: dict[str, str]


TABLE = """
"""


def lire(table: str) -> list[Ligne]:
    """Rows of the table; a single code stands for everyone."""
    lignes = []
    for texte in table.strip().splitlines():
        nom, get, post = texte.split("|")
        route, objet = nom.split()
        lignes.append(Ligne(route, objet, _codes(get), _codes(post)))
    return lignes


def _codes(texte: str) -> dict[str, str]:
    codes = texte.split()
    return dict(zip(ACTEURS, codes * len(ACTEURS) if len(codes) == 1 else codes, strict=True))


LIGNES = lire(TABLE)
