"""Where a request comes from: what the limits on tries and sendings count by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def adresse(request: HttpRequest) -> str | None:
    """The visitor's address; of IPv6, the /64 one subscriber holds. ``None`` when it is not one.

    Behind the site's proxy, the one it saw: the last of ``X-Forwarded-For``, whatever the visitor wrote before it.
    """
    brute = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        brute = request.headers.get("X-Forwarded-For", brute).rpartition(",")[2].strip()
    try:
        ip = ipaddress.ip_address(brute)
    except ValueError:
        return None
    return str(ipaddress.ip_network((ip, 64), strict=False).network_address) if ip.version == 6 else str(ip)
