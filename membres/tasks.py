"""What the worker does for the accounts."""

from __future__ import annotations

from journal.tasks import executeur

from . import emails
from .models import Utilisateur


@executeur("membres.mot_de_passe")
def mot_de_passe(*, compte: int | None, cle_message: str) -> None:
    """Send the link to choose a new password; nothing for an address without account or a disabled one."""
    if compte is None:
        return
    destinataire = Utilisateur.objects.filter(pk=compte, is_active=True).select_related("personne").first()
    if destinataire is not None:
        emails.mot_de_passe(destinataire, cle_message=cle_message).send()
