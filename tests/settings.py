"""The house's settings in a clean environment: no variable of the machine, no file of ``var/`` but the fonts.

Its folder is made and removed by whoever runs something there (``tests/gardes.py``, ``bancs/pages.py``).

``DATABASE_URL`` alone is taken from outside: ``make test`` runs the suite on SQLite, then on PostgreSQL.
"""

import os
import tempfile
from pathlib import Path

_racine = Path(__file__).resolve().parent.parent
_var = f"{tempfile.gettempdir()}/conclu-tests-{os.getpid()}"

_base = os.environ.get("DATABASE_URL", "")
for _nom in (
    *("ALLOWED_HOSTS", "COURRIEL_EXPEDITEUR", "DEBUG", "DEMONSTRATION", "DERRIERE_MANDATAIRE", "EMAIL_URL", "FUSEAU"),
    *("DATABASE_URL", "HTTPS", "PORT", "REDIS_URL", "SIGNATURE_P12", "SIGNATURE_P12_PASSE", "SITE_URL", "STATIC_ROOT"),
):
    os.environ.pop(_nom, None)
os.environ.update(
    CONCLU_ENV=os.devnull,
    CONCLU_VAR=_var,
    POLICES=str(_racine / "var" / "polices"),
    SECRET_KEY="seulement-pour-la-suite-de-tests-" + "x" * 40,
)
if _base:
    os.environ["DATABASE_URL"] = _base

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else every test client scans all static files

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and sub-processes then meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": f"{_var}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
