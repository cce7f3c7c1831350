"""Two small middlewares: response headers, and what becomes of a refused transition."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journal.workflow import TransitionRefusee

Reponse = Callable[[HttpRequest], HttpResponse]


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
    """« Not now »: a verb refused by the life cycle answers 409 with the reason, on any page."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TransitionRefusee):
            return render(request, "409.html", {"motif": str(exception)}, status=409)
        return None
