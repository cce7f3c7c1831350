"""Is the service able to serve? For probes: no session, no detail."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def sante(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503. A broker that is down does not harm users: jobs wait in the outbox."""
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
    except Error:
        return JsonResponse({"etat": "indisponible"}, status=503)
    return JsonResponse({"etat": "ok"})
