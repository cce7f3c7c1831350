"""Taking over the text of an existing compte rendu: plain text in, a structure out. No Django here.

``decoder`` makes text of a deposited file, ``reprendre`` makes a structure of the text. No word of the source is lost,
doubled or moved within its part; whatever is not understood stays as paragraphs and is told in ``a_verifier``.
"""

from __future__ import annotations

from .lecture import reprendre
from .structure import Reprise
from .texte import TAILLE_MAX, TexteIllisible, decoder

__all__ = ["TAILLE_MAX", "Reprise", "TexteIllisible", "decoder", "reprendre"]
