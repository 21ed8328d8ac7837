"""The load generator counts what was answered, not what was sent."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import load
from bench.measure import Effort, WrongAnswers, by_turns, rate, request

FEW = Effort(rounds=3, requests=10, connections=3)


class Answering(BaseHTTPRequestHandler):
    """Echoes a form; /gone is missing; /once closes the line after its answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.heard.append(self.path)
        body = b"x" * 70_000 if self.path == "/long" else b""
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/once":
            self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.server.heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(303)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_every_request_is_sent_once(server):
    sent = [request("POST", "/form", f"n={number}").encode() for number in range(50)]
    told = load.run(server.server_port, sent, connections=4)
    assert dict(told["statuses"]) == {303: 50}
    assert sorted(server.heard) == sorted(f"n={number}" for number in range(50))
    assert told["seconds"] > 0
    assert 0 < told["p50"] <= told["p95"]


def test_long_answers_are_read_to_their_end(server):
    told = load.run(server.server_port, [request("GET", "/long").encode()] * 9, connections=2)
    assert dict(told["statuses"]) == {200: 9}


def test_a_closed_line_is_opened_again(server):
    told = load.run(server.server_port, [request("GET", "/once").encode()] * 9, connections=2)
    assert dict(told["statuses"]) == {200: 9}


def test_a_refused_request_is_no_speed(server):
    assert rate(server.server_port, [request("GET", "/")], FEW, 200, times=8) > 0
    with pytest.raises(WrongAnswers):
        rate(server.server_port, [request("GET", "/gone")], FEW, 200, times=8)


def test_pairs_take_turns_and_the_first_does_not_count():
    told = []
    result = by_turns(
        "x", "y", "z/s", 3, lambda: told.append("a") or len(told), lambda: told.append("b") or 2 * len(told)
    )  # fmt: skip
    assert "".join(told) == "ab" + "ba" + "ab" + "ba"
    assert len(result.ratios) == 3
    assert min(result.ratios) <= result.ratio <= max(result.ratios)
