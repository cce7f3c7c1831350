"""The probe: 200 while the database answers, 503 without a detail when it does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from journal import views


def test_sante(db: None) -> None:
    reponse = Client().get("/sante")
    assert (reponse.status_code, reponse.json()) == (200, {"etat": "ok"})


@pytest.mark.parametrize("panne", [OperationalError, InterfaceError])
def test_base_injoignable(panne: type[Exception], db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Muette:
        def cursor(self) -> Any:
            raise panne("secret address")

    monkeypatch.setattr(views, "connection", Muette())
    reponse = Client().get("/sante")
    assert (reponse.status_code, reponse.json()) == (503, {"etat": "indisponible"})
