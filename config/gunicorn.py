"""Gunicorn in production: ``gunicorn -c config/gunicorn.py config.wsgi``. See docs/exploitation.md."""

import os

hote, port = os.environ.get("ECOUTE") or "127.0.0.1", os.environ.get("PORT") or "8000"
bind = f"{hote}:{port}"
workers = int(os.environ.get("PROCESSUS") or 2)
worker_class = "gthread"
threads = int(os.environ.get("FILS") or 4)
timeout = 60
graceful_timeout = 30
max_requests = 5000  # a process is renewed now and then: a leak never grows old
max_requests_jitter = 500
accesslog = None  # the proxy in front keeps it
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (heartbeat file, in memory)
