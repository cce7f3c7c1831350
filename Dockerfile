# One image for the three processes: web, worker, beat (docker-compose.yml). BASE: any Debian image with Python >= 3.11.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/conclu/var/cache \
    CONCLU_VAR=/conclu/var \
    ECOUTE=0.0.0.0 \
    STATIC_ROOT=/conclu/statiques \
    PATH=/conclu/.venv/bin:$PATH

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 python3-venv \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /conclu
COPY requirements.txt requirements-uv.txt ./
RUN python3 -m venv .venv \
    && pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --system-certs --no-cache --compile-bytecode --require-hashes -r requirements.txt

COPY . .
# The State design system ships thousands of files; what no page uses is left out.
RUN SECRET_KEY="only-for-collecting-static-files-$(head -c 24 /dev/urandom | base64)" \
    python manage.py collectstatic --noinput --verbosity 0 \
        --ignore component --ignore layout --ignore legacy --ignore analytics --ignore core --ignore scheme \
        --ignore 'dsfr.css' --ignore 'dsfr.js' --ignore '*.legacy.*' --ignore '*.print.*' --ignore icon-picker \
    && chmod -R a+rX statiques \
    && useradd --uid 10001 --create-home conclu \
    && install -d -o conclu -g conclu -m 0700 var \
    && python -m compileall -q config journal membres comites comptes_rendus reclamations indicateurs

USER 10001:10001
VOLUME /conclu/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "manage.py", "sante"]
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
