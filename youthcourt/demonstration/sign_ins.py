"""Who may sign in to the demonstration, and how."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from youthcourt.models import User
from youthcourt.permissions import Role

PASSWORD = "second chances for all"

ADDRESSES = {
    Role.COORDINATOR: "coordinator@demo.example",
    Role.JUDGE: "judge@demo.example",
    Role.JUROR: "juror@demo.example",
    Role.FAMILY: "family@demo.example",
    Role.ADMINISTRATOR: "admin@demo.example",
}


@dataclass(frozen=True)
class SignIn:
    """An account to try the demonstration with."""

    role: Role
    name: str
    email: str
    password: str = PASSWORD


def hand_out(session: Session) -> list[SignIn]:
    """Give one account of each role the demonstration's password."""
    for address in ADDRESSES.values():
        if user := User.signing_in_as(session, address):
            user.set_password(PASSWORD)
    return known(session)


def known(session: Session) -> list[SignIn]:
    """The accounts to try the demonstration in this database with, one of each role."""
    users = [(role, User.signing_in_as(session, address)) for role, address in ADDRESSES.items()]
    return [SignIn(role, user.name, user.email) for role, user in users if user and user.password_hash]
