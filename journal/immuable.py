"""Rows that cannot be rewritten: triggers refusing UPDATE and DELETE, on SQLite and PostgreSQL.

What the application promises (append-only journal, frozen PDF) the database enforces, whoever writes. Used by
migrations; the test suite lifts and restores the triggers around its own flush.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

TABLES_IMMUABLES: list[str] = []

_SQLITE = """
CREATE TRIGGER {table}_{verbe_min} BEFORE {verbe} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_PG_FONCTION = """
CREATE OR REPLACE FUNCTION conclu_immuable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def poser(table: str, *, base: str = "default") -> None:
    """Make ``table`` append-only on the database alias ``base``."""
    connexion = connections[base]
    with connexion.cursor() as curseur:
        if connexion.vendor == "sqlite":
            for verbe in ("UPDATE", "DELETE"):
                curseur.execute(_SQLITE.format(table=table, verbe=verbe, verbe_min=verbe.lower()))
        else:
            curseur.execute(_PG_FONCTION)
            curseur.execute(
                f"CREATE TRIGGER {table}_immuable BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION conclu_immuable()"
            )
            curseur.execute(
                f"CREATE TRIGGER {table}_vidage BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION conclu_immuable()"
            )


def lever(table: str, *, base: str = "default") -> None:
    """Remove the triggers of ``table`` (reverse migration, test flush)."""
    connexion = connections[base]
    noms = ("update", "delete") if connexion.vendor == "sqlite" else ("immuable", "vidage")
    suffixe = "" if connexion.vendor == "sqlite" else f" ON {table}"
    with connexion.cursor() as curseur:
        for nom in noms:
            curseur.execute(f"DROP TRIGGER IF EXISTS {table}_{nom}{suffixe}")


def operation(table: str) -> Any:
    """The migration operation that makes ``table`` append-only."""
    from django.db.migrations import RunPython

    TABLES_IMMUABLES.append(table)
    return RunPython(
        lambda apps, editeur: poser(table, base=editeur.connection.alias),
        lambda apps, editeur: lever(table, base=editeur.connection.alias),
    )


@contextmanager
def suspendues(*, base: str = "default") -> Iterator[None]:
    """Lift every trigger for the time of a flush: the test suite's, or the demonstration put back as it was."""
    from django.db.migrations.loader import MigrationLoader

    if not TABLES_IMMUABLES:
        MigrationLoader(None)  # importing the migrations fills it
    tables = sorted(set(TABLES_IMMUABLES))
    for table in tables:
        lever(table, base=base)
    try:
        yield
    finally:
        for table in tables:
            poser(table, base=base)
