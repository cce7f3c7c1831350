"""``python -m bancs [name…]``: run the benchmarks, each in a fresh process; print a table, write ``var/bench.json``.

Exit code 1 when a bound is exceeded.
"""

from __future__ import annotations

import json
import multiprocessing
import pkgutil
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import bancs
from bancs import Mesure, lancer

SORTIE = Path(__file__).resolve().parent.parent / "var" / "bench.json"


def nombre(valeur: float | None) -> str:
    return "" if valeur is None else f"{valeur:,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00")


def main(noms: list[str]) -> int:
    mesures: dict[str, Mesure] = {}
    for nom in noms:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processus:
            mesures |= processus.submit(lancer, nom).result()
    depassees = [cle for cle, m in mesures.items() if m.borne is not None and m.valeur > m.borne]
    largeur = max(map(len, mesures), default=0)
    for cle, m in mesures.items():
        borne = f"≤ {nombre(m.borne)}" if m.borne is not None else ""
        print(f"{cle:<{largeur}}  {nombre(m.valeur):>10} {m.unite:<10} {borne:<10}{' ← exceeded' * (cle in depassees)}")
    SORTIE.parent.mkdir(exist_ok=True)
    SORTIE.write_text(json.dumps({cle: m._asdict() for cle, m in mesures.items()}, ensure_ascii=False, indent=1) + "\n")
    return 1 if depassees else 0


if __name__ == "__main__":
    tous = [module.name for module in pkgutil.iter_modules(bancs.__path__) if not module.name.startswith("_")]
    sys.exit(main(sys.argv[1:] or tous))
