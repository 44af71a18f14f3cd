"""The day by which exceptions expire, and days as people write them."""

from __future__ import annotations

import os
import time

from gip_lint.errors import UsageError
from gip_lint.lazy_pattern import LazyPattern

TODAY = "GIP_LINT_TODAY"
_DAY = LazyPattern(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def today() -> str:
    """The day by which exceptions expire, as 2027-03-31: today, or what the environment variable says.

    Raises `UsageError` when it says no day.
    """
    given = os.environ.get(TODAY)
    if not given:
        return time.strftime("%Y-%m-%d")
    day = day_of(given)
    if day is None:
        raise UsageError(f"环境变量 {TODAY} 不是日期：{given}", f"the variable {TODAY} is no date: {given}")
    return day


def day_of(text: str) -> str | None:
    """2027-03-31 for that, 2027/3/31 or 2027年3月31日; None for what is no day."""
    from datetime import date

    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
