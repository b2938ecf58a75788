"""A small application with the holes that scanners look for. It proves that they see what they look at."""

import sqlite3
import sys
from pathlib import Path

from flask import Flask, abort, redirect, request

app = Flask(__name__)
FOLDER = Path(__file__).parent
COOKIE, TOKEN = "signed-in", "from-the-page"


def _people():
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE person (id INTEGER, name TEXT)")
    made.executemany("INSERT INTO person VALUES (?, ?)", [(1, "Ada"), (2, "Ben")])
    return made


@app.before_request
def for_whoever_is_signed_in():
    """A scanner that loses its cookie on the way finds none of the holes."""
    if request.cookies.get("session") != COOKIE and request.path != "/":
        abort(403)


@app.get("/")
def index():
    if request.cookies.get("session") != COOKIE:
        return "<html><body>Please sign in.</body></html>"
    links = ("person?id=1", "search?q=a", "onward?to=/", "file?name=twin.py")
    page = "".join(f'<a href="/{link}">x</a> ' for link in links)
    return f"""<html><body>{page}<form method="post" action="/found"><input type="hidden" name="csrf_token"
    value="{TOKEN}"><input type="search" name="words" value=""><button>Search</button></form></body></html>"""


@app.post("/found")
def found():
    """A hole for whoever brings the token of the form alone."""
    if request.form.get("csrf_token") != TOKEN:
        abort(400)
    found = _people().execute(f"SELECT name FROM person WHERE name = '{request.form.get('words', '')}'")
    return f"<html><body>{found.fetchall()}</body></html>"


@app.get("/person")
def person():
    found = _people().execute(f"SELECT name FROM person WHERE id = {request.args.get('id', '1')}")
    return f"<html><body>{found.fetchall()}</body></html>"


@app.get("/search")
def search():
    return f"<html><body><p>You looked for {request.args.get('q', '')}</p></body></html>"


@app.get("/onward")
def onward():
    return redirect(request.args.get("to", "/"))


@app.get("/file")
def file():
    return (FOLDER / request.args.get("name", "twin.py")).read_text(errors="replace")


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]))
