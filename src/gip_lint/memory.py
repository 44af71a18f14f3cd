"""What was made of a key before: a dictionary that makes what it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Memory(dict[Key, Made], Generic[Key, Made]):
    """Makes the value of a key when it is first asked for; begins anew when it holds `most`.

    Looking up what is known is the dictionary's own work, without a call.
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[Key], Made], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Made:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made
