#!/usr/bin/env bash
# `make check`: everything that can be said of the project without running it. Every step runs; the failed are named.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=tests.settings
rates=()

etape() { # name, command…
    local nom=$1
    shift
    if sortie=$("$@" 2>&1); then
        printf '  ok     %s\n' "$nom"
    else
        printf '  FAILED %s\n%s\n' "$nom" "$sortie"
        rates+=("$nom")
    fi
}

production() { # Django's deployment checks, with the environment of a real house
    env -u DJANGO_SETTINGS_MODULE CONCLU_ENV=/dev/null SECRET_KEY="$(head -c 48 /dev/urandom | base64)" \
        ALLOWED_HOSTS=conclu.exemple.invalid SITE_URL=https://conclu.exemple.invalid \
        DATABASE_URL=postgres://conclu@base.exemple.invalid/conclu REDIS_URL=redis://cache.exemple.invalid/0 \
        python -W error::DeprecationWarning manage.py check --deploy --fail-level WARNING
}

code=(config journal membres comites comptes_rendus reclamations indicateurs bancs tests outils manage.py)
etape "ruff check" ruff check --quiet --output-format concise "${code[@]}"
etape "ruff format" ruff format --check --quiet "${code[@]}"
etape "templates: lint" djlint --quiet --lint templates
etape "templates: format" djlint --quiet --check templates
etape "layers" lint-imports --no-cache
etape "types" mypy config journal membres comites comptes_rendus reclamations indicateurs bancs
etape "migrations" python manage.py makemigrations --check --dry-run
etape "deployment settings" production
etape "Dockerfile" hadolint Dockerfile
etape "docker-compose.yml: schema" check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
etape "docker-compose.yml: style" yamllint --strict -d '{extends: default, rules: {line-length: {max: 130}, document-start: disable}}' docker-compose.yml
etape "conventions" python -m pytest -p no:cacheprovider tests/test_conventions.py

if [ ${#rates[@]} -gt 0 ]; then
    printf '\nmake check: %s of 12 failed: %s\n' "${#rates[@]}" "$(IFS=,; echo "${rates[*]}")"
    exit 1
fi
printf '\nmake check: all is well\n'
