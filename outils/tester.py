"""The whole suite twice: on SQLite, then on a PostgreSQL of our own, with a real Redis. Arguments go to pytest."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import services


def main(arguments: list[str]) -> int:
    """Exit code: 0 when both runs are green, else that of the first one that is not."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped
    codes = []
    with ExitStack() as pile:
        redis, postgres = pile.enter_context(services.redis()), pile.enter_context(services.postgres())
        for nom, base in (("SQLite", None), ("PostgreSQL", postgres)):
            print(f"\n== {nom}", flush=True)
            milieu = {cle: valeur for cle, valeur in os.environ.items() if cle != "DATABASE_URL"}
            milieu |= {"TEST_REDIS_URL": redis, **({"DATABASE_URL": base} if base else {})}
            codes.append(subprocess.run([sys.executable, "-m", "pytest", *arguments], env=milieu).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except services.Absent as absence:
        sys.exit(f"make test: {absence}")
    except KeyboardInterrupt:
        sys.exit(130)
