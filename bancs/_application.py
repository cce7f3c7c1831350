"""The application the bench serves: Conclu and one view that only answers « ok »."""

from django.contrib.auth.decorators import login_not_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

application = get_wsgi_application()

from config.urls import urlpatterns  # noqa: E402


@login_not_required
def nu(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns.append(path("nu", nu))  # type: ignore[arg-type]
