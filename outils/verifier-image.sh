#!/usr/bin/env bash
# `make image-check`: build the Dockerfile without a container engine (debootstrap and buildah, as root), then run Django in the image.
set -euo pipefail
cd "$(dirname "$0")/.."
for outil in debootstrap buildah; do
    command -v "$outil" >/dev/null || { echo "make image-check: NOT CHECKED, install first: apt-get install debootstrap buildah" >&2; exit 1; }
done
export BUILDAH_ISOLATION=chroot
lieu=$(mktemp -d)
trap 'rm -rf "$lieu"' EXIT
b() { buildah --root "$lieu/images" --runroot "$lieu/marche" --storage-driver vfs "$@"; } # nothing of the user's is touched
certificats=(-v /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro)

debootstrap --variant=minbase --include=ca-certificates,python3 bookworm "$lieu/base" "${MIROIR:-http://deb.debian.org/debian}" >/dev/null
base=$(b from scratch)
b add -q "$base" "$lieu/base" / >/dev/null
b commit -q "$base" conclu-base >/dev/null
b bud --quiet --format docker --pull-never "${certificats[@]}" --build-arg BASE=localhost/conclu-base -t conclu .

essai=$(b from --pull-never conclu)
b run "$essai" -- bash -c '
    set -e
    test "$(id -u)" != 0
    export SECRET_KEY=$(head -c 48 /dev/urandom | base64) ALLOWED_HOSTS=localhost HTTPS=false
    python manage.py migrate -v 0
    python manage.py check
    gunicorn -c config/gunicorn.py config.wsgi & sleep 5
    python manage.py sante
    kill %1'
echo "make image-check: the image builds, is not root, and serves"
