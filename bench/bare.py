"""The yardstick: Flask views that do nothing but answer, under the same server with the same settings."""

import os
import sys

from flask import Flask, redirect, request

import master


def build() -> Flask:
    """A page of any size, and a form that is parsed and thrown away."""
    app = Flask("bare")

    @app.get("/page/<int:size>")
    def page(size):
        return "x" * size

    @app.post("/form")
    def form():
        request.form.to_dict()
        return redirect("/page/1", 303)

    return app


if __name__ == "__main__":
    os.environ["LINLI_GREETING"] = ""
    app = build()
    # gunicorn as the office runs it, without the job process.
    master.Arbiter(master.Server(app, app, "127.0.0.1", int(sys.argv[1]))).run()
