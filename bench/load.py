"""A load generator in a process of its own: ready-made requests over kept-alive connections, as fast as they are answered.

It sends bytes and looks only for the status and the length of an answer, so that it takes little of the machine it
shares with the server. ``python -m bench.load`` reads a job as JSON from stdin and prints its figures as JSON.
"""

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

STATUS = re.compile(rb"HTTP/1\.1 (\d\d\d)")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
SILENCE = 60  # seconds without any answer after which the server is given up


@dataclass
class Line:
    """One connection with at most one request under way."""

    wire: socket.socket | None = None
    request: bytes = b""
    heard: bytearray = field(default_factory=bytearray)
    began: float = 0.0
    whole: int = 0


def run(port: int, requests: list[bytes], connections: int) -> dict[str, object]:
    """Send every request once; seconds from the first to the last answer, statuses, times in milliseconds."""
    waiting, statuses, times = iter(requests), Counter(), []
    ears = selectors.DefaultSelector()
    began = time.perf_counter()
    busy = sum(speak(ears, Line(), port, next(waiting, None)) for _line in range(min(connections, len(requests))))
    while busy:
        ready = ears.select(SILENCE)
        if not ready:
            raise TimeoutError(f"no answer for {SILENCE} s")
        for key, _events in ready:
            line = key.data
            if not listen(ears, line, port):
                continue
            statuses[int(STATUS.match(line.heard)[1])] += 1
            times.append(time.perf_counter() - line.began)
            if b"\r\nconnection: close" in bytes(line.heard[:2000]).lower():
                hang_up(ears, line)
            busy += speak(ears, line, port, next(waiting, None)) - 1
    times.sort()
    return {
        "seconds": time.perf_counter() - began, "statuses": statuses, "p50": 1000 * times[len(times) // 2],
        "p95": 1000 * times[len(times) * 95 // 100],
    }  # fmt: skip


def speak(ears: selectors.BaseSelector, line: Line, port: int, request: bytes | None) -> bool:
    """Send the next request on this line; False when there is none left."""
    if request is None:
        hang_up(ears, line)
        return False
    if line.wire is None:
        line.wire = socket.create_connection(("127.0.0.1", port))
        line.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ears.register(line.wire, selectors.EVENT_READ, line)
    line.heard.clear()
    line.request, line.whole, line.began = request, 0, time.perf_counter()
    line.wire.sendall(request)
    return True


def listen(ears: selectors.BaseSelector, line: Line, port: int) -> bool:
    """Take what has come; True when the answer is whole."""
    piece = line.wire.recv(1 << 18)
    if not piece and line.heard:
        raise ConnectionError("the server hung up in the middle of an answer")
    if not piece:
        # A worker that is replaced closes idle lines, as this one was when the request went out: it is sent again.
        hang_up(ears, line)
        speak(ears, line, port, line.request)
        return False
    line.heard += piece
    if not line.whole:
        end = line.heard.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = LENGTH.search(line.heard, 0, end)
        line.whole = end + 4 + (int(length[1]) if length else 0)
    return len(line.heard) >= line.whole


def hang_up(ears: selectors.BaseSelector, line: Line) -> None:
    if line.wire is not None:
        ears.unregister(line.wire)
        line.wire.close()
        line.wire = None


if __name__ == "__main__":
    job = json.load(sys.stdin)
    sent = [request.encode("latin-1") for request in job["requests"]] * job["times"]
    print(json.dumps(run(job["port"], sent, job["connections"])))
