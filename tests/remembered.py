"""The stages on which nearly every test begins: built once by the verbs, put back as rows from then on."""

from types import SimpleNamespace

from sqlalchemy import select

from tests import make, memory
from tests.cast import cast_of
from youthcourt.extensions import db
from youthcourt.models import Court, Juror, User

# For each stage: what stood in every table.
_rows = {}


def the_court():
    """The court that make.court() makes, at the hour at which the tests live."""
    _put_back("court", make.court)
    return _only(Court)


def the_court_with_its_cast():
    """The same with the people of cast_of()."""
    _put_back("cast", lambda: cast_of(make.court()))
    court = _only(Court)
    return SimpleNamespace(
        court=court,
        **{name: _named(name) for name in ("cora", "judy", "ada")},
        jurors=list(db.session.scalars(select(Juror).order_by(Juror.id))),
    )


def _only(model):
    return db.session.scalars(select(model)).one()


def _named(name):
    return db.session.scalars(select(User).where(User.email.startswith(f"{name}."))).one()


def _put_back(name, build):
    stage = memory.stage(name)
    if stage not in _rows:
        build()
        db.session.commit()
        _rows[stage] = memory.difference({}, memory.rows())
        db.session.expire_all()
        memory.stand_on(stage)
    else:
        memory.stand_on(stage, _rows[stage])
