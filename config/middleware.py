"""Two small middlewares: response headers, and what becomes of a refused transition."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.workflow import TransitionRefusee

Reponse = Callable[[HttpRequest], HttpResponse]


CORPS_MAX = 30 * 1024 * 1024  # bytes; the largest file any page takes is 25 Mo


def _longueur(request: HttpRequest) -> int:
    """Announced length of the body; 0 when it is not a number (the server has bounded it then)."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class Entetes:
    """Isolation headers everywhere; ``no-store`` on whatever a session can see (ASVS 14.3.2)."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        reponse.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        reponse.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        reponse.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        utilisateur = getattr(request, "user", None)
        if utilisateur is not None and utilisateur.is_authenticated:
            reponse.headers["Cache-Control"] = "no-store, private"
        return reponse


class Refus:
    """« Not now » answers 409 with the reason, « too big » answers 413 naming the limit, on any page."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _longueur(request) > CORPS_MAX:  # refused unread: nothing is written to disk
            return render(request, "413.html", status=413)
        try:
            request.POST  # noqa: B018 - parsed here, before the CSRF check would turn « too big » into a bare 400
        except (RequestDataTooBig, TooManyFieldsSent):
            return render(request, "413.html", status=413)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TransitionRefusee):
            return render(request, "409.html", {"motif": str(exception)}, status=409)
        return None
