"""Invented people: names of many scripts and lengths, at rates as a mixed American county has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from youthcourt.procedures.intake.referring import PersonFacts

AREAS = ("Fayette", "Spring", "Cedar", "Massey", "Linden", "Falcon", "Hope", "Stedman", "Wade", "Godwin")
STREETS = ("Elm", "Ramsey", "Hay", "Bragg", "Gillespie", "Robeson", "Cliffdale", "Murchison", "Person", "Ann")


@dataclass(frozen=True)
class Style:
    """One way that families here are named."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    race: str = ""
    ethnicity: str = "Not Hispanic or Latino"
    language: str = "en"
    # The ward carries a family name of each parent, as in Spanish.
    doubles: bool = False


@dataclass(frozen=True)
class Named:
    """Somebody invented."""

    given_name: str
    family_name: str
    gender: str
    style: Style

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Style(
    _words(
        "Abigail Brooke Caitlin Emma Grace Hailey Katie Lily Madison Olivia Paige Sadie Tessa Zoe Anne-Marie"
    ),
    _words("Aidan Blake Caleb Dylan Ethan Gavin Hunter Jack Logan Mason Noah Owen Tyler Wyatt Jean-Luc"),
    _words(
        "Adams Baker Carter Dunn Ellis Fisher Grady Hall Ingram Jordan Keller Lowe Miller Nash O'Brien "
        "O'Shaughnessy Parker Quinn Reid Smith-Jones Tucker Underwood Vance Walker Young D'Angelo McLeod"
    ),
    race="White",
)
AFRICAN_AMERICAN = Style(
    _words("Aaliyah Brianna Destiny Ebony Imani Jada Kiara Latoya Makayla Nia Raven Shanice Tiana Zaria"),
    _words("Andre Darius Elijah Isaiah Jalen Jamal Kendrick Malik Marquis Terrell Trevon Tyrese Xavier Zion"),
    _words(
        "Alston Banks Booker Coleman Dawkins Evans Freeman Gaines Hairston Jackson Jefferson McNeill Moore "
        "Robinson Simmons Sturdivant Tillman Washington Whitfield Wiggins N'Diaye"
    ),
    race="Black or African American",
)
SPANISH = Style(
    _words("Camila Daniela Guadalupe Itzel Lucía María-José Paola Sofía Valentina Ximena Yaretzi Inés"),
    _words("Alejandro Diego Emiliano Iván José-Luis Mateo Rodrigo Santiago Sebastián Tomás Ángel Íñigo"),
    _words(
        "García Hernández López Martínez Peña Núñez Ramírez Rivera Sánchez Torres Vásquez Zúñiga Ortiz Muñoz "
        "Domínguez Cárdenas"
    ),
    ethnicity="Hispanic or Latino",
    language="es",
    doubles=True,
)
LUMBEE = Style(
    _words("Cheyenne Dakota Kayleigh Savannah Skye Autumn"),
    _words("Chase Cody Dalton Hunter Landon Tanner"),
    _words("Locklear Oxendine Chavis Lowery Dial Brayboy"),
    race="American Indian",
)
VIETNAMESE = Style(
    ("Thị Ánh", "Ngọc Hân", "Thùy Dương", "Quỳnh Như"),
    ("Minh Khôi", "Đức Anh", "Hữu Phước", "Quốc Việt"),
    _words("Nguyễn Trần Phạm Đặng Huỳnh"),
    race="Asian",
    language="vi",
)
HMONG = Style(
    _words("Paj Mai-Nhia Kab-Npauj Nkauj-Hli"),
    _words("Tou Koob-Meej Ntxhw Pheej"),
    _words("Xyooj Vaj Thoj Yaj Lis"),
    race="Asian",
    language="hmn",
)
CHINESE = Style(
    ("雨桐", "思琪", "欣怡"),
    ("浩然", "子轩", "志明"),
    ("王", "欧阳", "陈", "李"),
    race="Asian",
    language="zh",
)
AMHARIC = Style(
    ("ሰላም", "ቤተልሔም", "ሄለን"),
    ("ዳዊት", "አቤል", "ናሆም"),
    ("ተስፋዬ", "ገብረማርያም", "ወልደሚካኤል"),
    race="Black or African American",
    language="am",
)
ARABIC = Style(
    ("نور", "ليلى", "مريم"),
    ("أحمد", "يوسف", "عبد الرحمن"),
    ("الخطيب", "حدّاد", "بن يحيى"),
    race="Middle Eastern or North African",
    language="ar",
)

RATES = (
    (ENGLISH, 36),
    (AFRICAN_AMERICAN, 34),
    (SPANISH, 14),
    (LUMBEE, 5),
    (VIETNAMESE, 3),
    (HMONG, 2),
    (CHINESE, 2),
    (AMHARIC, 2),
    (ARABIC, 2),
)

# Names that forms and papers stumble over: each court has them.
LONGEST = Named(
    "Maximiliano Bartholomew Christopher",
    "Featherstonehaugh-Villaseñor y Montenegro de la Santísima Trinidad",
    "boy",
    SPANISH,
)
RARE = (
    LONGEST,
    Named("Kartini", "", "girl", Style((), (), (), race="Asian", language="id")),
    Named("Siobhán", "O'Malley-N'Dour", "girl", ENGLISH),
    Named("Nguyễn", "Thị Ngọc Huyền Trân", "girl", VIETNAMESE),
    Named("Bo", "X", "boy", CHINESE),
)


class NameBook:
    """Gives out names, each once, so that two people of this court are never taken for one."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._rare = list(RARE)

    def rare(self) -> Named | None:
        """The next name that forms stumble over, while there are any."""
        return self._rare.pop(0) if self._rare else None

    def anybody(self) -> Named:
        styles, weights = zip(*RATES, strict=True)
        return self.of_style(self._rng.choices(styles, weights)[0])

    def of_style(self, style: Style, family_name: str | None = None, gender: str | None = None) -> Named:
        """Somebody of this style who is not known yet; a common name gets a second given name."""
        gender = gender or self._rng.choices(("boy", "girl"), (64, 36))[0]
        pool = style.boys if gender == "boy" else style.girls
        if not pool:
            return self.of_style(ENGLISH, family_name, gender)
        given, family = self._rng.choice(pool), family_name or self._family(style)
        while f"{given} {family}".casefold() in self._given:
            others = [each for each in pool if each not in given.split()] or pool
            given = f"{given} {self._rng.choice(others)}"
        self._given.add(f"{given} {family}".casefold())
        return Named(given, family, gender, style)

    def parent_of(self, ward: Named, relation: str) -> Named:
        """A guardian: of the same name, or of another, as in many families."""
        gender = "girl" if relation in ("mother", "grandmother", "aunt") else "boy"
        same = self._rng.random() < 0.7
        family = ward.family_name.split()[0] if same and ward.family_name else None
        return self.of_style(ward.style, family, gender)

    def _family(self, style: Style) -> str:
        if not style.doubles or self._rng.random() < 0.3:
            return self._rng.choice(style.families)
        return " ".join(self._rng.sample(style.families, 2))


def address(rng: Random) -> str:
    """A street of ours, two lines."""
    area = rng.choice(AREAS)
    return f"{rng.randint(3, 4980)} {rng.choice(STREETS)} Street\n{area} Point, NC 28{rng.randint(301, 399)}"


def phone(rng: Random) -> str:
    """A number that rings nowhere: 555-01xx is kept free for stories."""
    return f"910-555-01{rng.randint(0, 99):02d}"


def facts_of(named: Named, born_on: date, rng: Random, **more: Any) -> PersonFacts:
    """What a form says of somebody invented."""
    return PersonFacts(
        named.given_name,
        named.family_name,
        born_on=born_on,
        gender=named.gender,
        race=named.style.race,
        ethnicity=named.style.ethnicity,
        language=named.style.language,
        mailing_address=address(rng),
        phone=phone(rng),
        **more,
    )
