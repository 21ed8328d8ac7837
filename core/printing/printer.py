"""PDFs without WeasyPrint in the web workers: a warm print process answers on a socket and leaves when idle.

Sheets travel over a Unix socket and never touch the disk: a sheet of slips carries its codes.
"""

import hashlib
import os
import pickle
import select
import socket
import struct
import subprocess
import sys
import threading
import traceback
from collections import OrderedDict
from pathlib import Path

from core import instance
from core.example import is_example
from core.limits import Door
from core.links import check_address
from core.process import leave_no_dump
from core.refusal import Refused
from core.text import _l

IDLE_SECONDS = 600
PRINTERS = 2


KEPT = 20  # papers for residents a process remembers; the oldest go first
_drawn: OrderedDict[bytes, bytes] = OrderedDict()
press = Door(1, 3)  # residents keep one printer busy, never both


class PrintFailed(Refused):
    sentence = _l("这份文件暂时打印不出来，请稍后再试；内容没有丢。")
    status = 503


def socket_path() -> Path:
    """Where the print process listens: inside the instance folder, readable by its owner alone."""
    return instance.folder() / "print.sock"


def pdf(template: str, sheet: object, **options: object) -> bytes:
    """Render as core.printing.paper.render does: in the print process where one listens, else here (commands, tests)."""
    options.setdefault("example", is_example())
    if options.get("code"):
        options.setdefault("address", check_address(options["code"]))  # the print process has no database to ask
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(120)
            line.connect(str(socket_path()))
            _send(line, (template, sheet, options))
            answer = _receive(line)
    except (FileNotFoundError, ConnectionRefusedError):
        from core.printing import paper

        return paper.render(template, sheet, **options)
    if isinstance(answer, bytes):
        return answer
    raise answer


def pdf_for_residents(template: str, sheet: object, **options: object) -> bytes:
    """A paper anybody may open: drawn once while its content stays the same, so no visitor keeps the press busy.

    Never for a sheet that carries a code of its own: the last papers stay in memory.
    """
    options.setdefault("example", is_example())
    key = hashlib.sha256(repr((template, sheet, options)).encode()).digest()
    found = _drawn.get(key)
    if found is None:
        with press.turn():
            found = _drawn[key] = _drawn.get(key) or pdf(template, sheet, **options)
            while len(_drawn) > KEPT:
                _drawn.popitem(last=False)
    return found


def _send(line: socket.socket, value: object) -> None:
    data = pickle.dumps(value)
    line.sendall(struct.pack(">Q", len(data)) + data)


def _receive(line: socket.socket) -> object:
    size = struct.unpack(">Q", _exactly(line, 8))[0]
    return pickle.loads(_exactly(line, size))


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        piece = line.recv(min(1 << 20, size - len(parts)))
        if not piece:
            raise PrintFailed()
        parts += piece
    return bytes(parts)


def listen() -> socket.socket:
    """The listening socket, made by the job process and handed to the print processes."""
    path = socket_path()
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX)
    old = os.umask(0o177)
    try:
        door.bind(str(path))
    finally:
        os.umask(old)
    door.listen(64)
    return door


def keep(door: socket.socket, stop: threading.Event) -> None:
    """Start print processes when somebody knocks, so that an idle office holds no WeasyPrint in memory."""
    running: list[subprocess.Popen] = []
    while not stop.is_set():
        running = [process for process in running if process.poll() is None]
        knocked, _, _ = select.select([door], [], [], 0.5)
        if knocked and len(running) < PRINTERS:
            running.append(_start(door))
            stop.wait(0.3)  # gives the new process the chance to take the call
        elif knocked:
            stop.wait(0.05)
    for process in running:
        process.terminate()


def _start(door: socket.socket) -> subprocess.Popen:
    command = [sys.executable, "-m", "core.printing.printer", str(door.fileno())]
    return subprocess.Popen(command, pass_fds=[door.fileno()], cwd=Path(__file__).parents[2])


def serve(door: socket.socket) -> None:
    """Answer print requests until nobody asked for ten minutes."""
    from core.printing import paper

    door.settimeout(IDLE_SECONDS)
    while True:
        try:
            line, _address = door.accept()
        except TimeoutError:
            return
        with line:
            line.settimeout(120)
            _answer(line, paper.render)


def _answer(line: socket.socket, render) -> None:
    try:
        template, sheet, options = _receive(line)
        answer: object = render(template, sheet, **options)
    except Refused as refusal:
        answer = refusal
    except Exception:
        # The sheet itself stays out of the log: it may carry codes.
        print(traceback.format_exc(limit=-3), file=sys.stderr)
        answer = PrintFailed()
    try:
        _send(line, answer)
    except OSError:
        print("print: the asker has gone", file=sys.stderr)


if __name__ == "__main__":
    leave_no_dump()
    serve(socket.socket(fileno=int(sys.argv[1])))
