"""Commands as the office types them, in a process of their own on an instance of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def environment(instance, **more):
    """What the command sees: this instance, no other setting of the tester's machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DATABASE_URL"))}
    return {**kept, "LINLI_INSTANCE": str(instance), "PYTHONUTF8": "1", "LINLI_URL": "http://linli.test", **more}


def linli(*arguments, instance, stdin="", check=True, **more):
    """Run ./linli's command line; ``check=False`` to look at a refusal."""
    answer = subprocess.run(
        [sys.executable, "command_line.py", *map(str, arguments)], cwd=ROOT, input=stdin, text=True,
        capture_output=True, check=False, env=environment(instance, **more),
    )  # fmt: skip
    assert answer.returncode == 0 or not check, answer.stderr
    return answer
