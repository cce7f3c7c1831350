"""Make ready what ``make run`` serves: environment file, fonts, demonstration key, database, demonstration data.

Each step is done only where something is missing; nothing is ever overwritten.
"""

import os
import secrets
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def environnement() -> None:
    """Write ``var/conclu.env`` with secrets of its own (mode 0600), unless one is there or given."""
    fichier = Path(os.environ.get("CONCLU_ENV", RACINE / "var" / "conclu.env"))
    if fichier.exists():
        return
    fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sortie:
        sortie.write(
            "# Written by `make run` for a trial on this machine. Every variable: docs/exploitation.md\n"
            f"SECRET_KEY={secrets.token_urlsafe(64)}\n"
            "DEMONSTRATION=true\n"
            f"SIGNATURE_P12={fichier.parent / 'cle-demonstration.p12'}\n"
            f"SIGNATURE_P12_PASSE={secrets.token_urlsafe(24)}\n"
        )


def main() -> None:
    environnement()
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from comptes_rendus import polices, signature

    polices.preparer(settings.POLICES)
    cle = Path(settings.SIGNATURE_P12) if settings.SIGNATURE_P12 else None
    if settings.DEMONSTRATION and cle and not cle.exists():
        signature.creer_cle_de_demonstration(cle, settings.SIGNATURE_P12_PASSE, "Conclu, clé de démonstration")
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DEMONSTRATION:
        if not get_user_model().objects.exists():
            print("conclu: writing the demonstration data", file=sys.stderr)
            call_command("demo", verbosity=0)
        comptes()


def comptes() -> None:
    """Print the accounts of the demonstration."""
    from membres.demo_comptes import COMPTES, MOT_DE_PASSE

    print(f"Comptes de démonstration (mot de passe : {MOT_DE_PASSE})")
    for courriel, _, role in COMPTES:
        print(f"  {courriel:<24} {role}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
