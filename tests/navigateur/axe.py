"""axe-core in the page: no violation, at the width of a desk and of a phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LARGEURS = (1280, 375)


@cache
def source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def sans_faute(page: Any) -> None:
    """Fail on any axe violation and on any horizontal overflow, at each width."""
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        page.evaluate(source())
        # No preload: axe would fetch style sheets anew, which the strict CSP rightly logs.
        fautes = page.evaluate(
            "axe.run(document, {preload: false}).then(r => r.violations.map("
            "v => `${v.id} (${v.impact}) ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' ; ')}`))"
        )
        assert not fautes, f"{page.url} à {largeur} px : {fautes}"
        debord = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert debord <= 0, f"{page.url} déborde de {debord} px à {largeur} px"
    page.set_viewport_size({"width": 1280, "height": 900})
