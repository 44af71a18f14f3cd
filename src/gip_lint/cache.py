"""Results kept between runs in the user's own cache folder; whatever is wrong with them, they are made anew.

What is stored is pickled: it was written by ourselves into the user's own cache directory; anyone who can write there
can also change what the user runs. A file of another user is never read.
"""

from __future__ import annotations

import os
import pickle

_UNUSABLE = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError)


def cache_folder() -> str | None:
    """The folder of this program's caches, which need not exist yet; None where there is none to be had."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "gip-lint") if os.path.isabs(base) else None


def read_cached(path: str, state: object) -> object:
    """What was written there for the same state; None when there is nothing, or nothing of this version."""
    try:
        with open(path, "rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            stored = pickle.load(file)
    except _UNUSABLE:
        return None
    if isinstance(stored, tuple) and len(stored) == 2 and stored[0] == state:
        return stored[1]
    return None


def write_cached(path: str, state: object, value: object) -> bool:
    """Keep the value for the next run; whether it could be. A read-only home costs time, not results."""
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            pickle.dump((state, value), file, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
