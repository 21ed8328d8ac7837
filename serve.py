"""Serving, as the command `run` asks for it: is the address free, what does one type, then hand over to the server."""

import errno
import os
import socket
import sys
from typing import NoReturn

from flask import Flask

import master
from core.db import database
from core.refusal import Refused
from core.text import _, _l
from wsgi import build


class AddressTaken(Refused):
    """Another program, perhaps this one, already listens there."""

    sentence = _l("端口 %(port)s 已被占用：可能系统已经启动，或请用 --port 换一个端口。")


class AddressUnusable(Refused):
    """The machine gives this program neither the name nor the port."""

    sentence = _l("不能在 %(host)s 的端口 %(port)s 上启动（%(why)s）。请换一个地址，或 1024 以上的端口。")


def serve(app: Flask, host: str, port: int, *notes: str) -> NoReturn:
    """Serve until TERM; the command's database connections do not reach the workers.

    ``notes`` are printed below the address.
    """
    try:
        check_address(host, port)
    except Refused as refusal:
        sys.exit(str(refusal))
    found = "  ".join(addresses(host, port))
    os.environ["LINLI_GREETING"] = "\n".join([_("邻里已启动，请用浏览器打开：%(addresses)s", addresses=found), *notes])
    sys.stdout.flush()
    database.dispose()
    master.serve(app, build(app), host, port)


def check_address(host: str, port: int) -> None:
    """Asked before the server starts, which would try five times and say it in ten lines."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            raise AddressTaken(port=port) from failure
        raise AddressUnusable(host=host, port=port, why=failure.strerror) from failure


def addresses(host: str, port: int) -> list[str]:
    """What to type into a browser here and on the local network."""
    if host not in ("0.0.0.0", "::", ""):
        return [f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"]
    return [f"http://127.0.0.1:{port}/", *(f"http://{found}:{port}/" for found in network_address())]


def network_address() -> list[str]:
    """This machine's address as its neighbours see it; asking for a route sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 9))
            return [asking.getsockname()[0]]
        except OSError:
            return []
