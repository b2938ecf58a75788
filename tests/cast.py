"""The people every test knows."""

from types import SimpleNamespace

from youthcourt.permissions import Role

from . import make


def cast_of(court):
    """Cora coordinates, Judy judges, Ada administers; Jon and Jill are jurors with accounts."""
    people = SimpleNamespace(
        court=court,
        cora=make.user(court, "Cora Diaz", Role.COORDINATOR),
        judy=make.user(court, "Judy Okafor", Role.JUDGE),
        ada=make.user(court, "Ada Admin", Role.ADMINISTRATOR),
    )
    people.jurors = [
        make.juror(court, name, by=people.cora)
        for name in (
            "Amara Obi",
            "Ben Kim",
            "Chloe Roy",
            "Dev Patel",
            "Elena Mora",
            "Finn Ward",
            "Gia Lopez",
            "Hana Abe",
        )
    ]
    return people
