"""A small application with the holes that scanners look for. It proves that they see what they look at."""

import sqlite3
import sys
from pathlib import Path

from flask import Flask, redirect, request

app = Flask(__name__)
FOLDER = Path(__file__).parent


def _people():
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE person (id INTEGER, name TEXT)")
    made.executemany("INSERT INTO person VALUES (?, ?)", [(1, "Ada"), (2, "Ben")])
    return made


@app.get("/")
def index():
    links = ("person?id=1", "search?q=a", "onward?to=/", "file?name=twin.py")
    return "<html><body>" + "".join(f'<a href="/{link}">x</a> ' for link in links) + "</body></html>"


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
