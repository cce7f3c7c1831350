"""What the worker does for the committees."""

from __future__ import annotations

from journal.tasks import executeur
from membres.models import Utilisateur

from . import emails


@executeur("comites.inviter")
def inviter(*, compte: int, cle_message: str) -> None:
    """Send the link by which a new account chooses its password; nothing once it has one, or when it is disabled."""
    destinataire = Utilisateur.objects.filter(pk=compte, is_active=True).select_related("personne").first()
    if destinataire is not None and not destinataire.has_usable_password():
        emails.invitation(destinataire, cle_message=cle_message).send()
