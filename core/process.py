"""What a process of ours asks of the kernel: no dump of its memory, and an end when its parent ends."""

import ctypes
import os
import resource
import signal

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NAME = 1, 4, 15
_kernel = ctypes.CDLL(None)


def leave_no_dump() -> None:
    """A crash must not write codes or key sheets to disk, so neither core files nor debuggers get the memory.

    The limit is inherited; the rest ends with every exec, so each program of ours asks for itself.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _kernel.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def end_with(parent: int) -> None:
    """TERM when ``parent`` is gone, even killed outright; at once if it already is."""
    _kernel.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def be_called(name: str) -> None:
    """The name `top` shows, at most 15 letters."""
    _kernel.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)
