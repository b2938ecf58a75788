"""Printing what is written before a case is heard."""

from sqlalchemy.orm import joinedload

from youthcourt.documents.intake.decision_letter import decision_letter
from youthcourt.models import Letter
from youthcourt.permissions import Permission
from youthcourt.views.printing import Printing, of

PRINTING = {
    "decision_letter": Printing(
        "letter",
        (Permission.SCREEN_CASE,),
        Letter.visible_to,
        of(decision_letter),
        (joinedload(Letter.court), joinedload(Letter.case), joinedload(Letter.written_by)),
    ),
}
