"""Printing what is handed out when a case ends."""

from sqlalchemy.orm import joinedload

from youthcourt.documents.completion.completion_certificate import completion_certificate
from youthcourt.models import Case
from youthcourt.permissions import Permission
from youthcourt.views.printing import FAMILY, Printing, of

PRINTING = {
    "completion_certificate": Printing(
        "certificate",
        (Permission.CLOSE_CASE, Permission.PRINT_OWN_PAPER),
        Case.visible_to,
        of(completion_certificate),
        (FAMILY, joinedload(Case.court)),
    ),
}
