"""A draft as an OFD file: typeset as a PDF file is, written down in the ways of many writers."""

from __future__ import annotations

import random

from ofd_file import OfdPage, ofd_file
from pdf_rendition import Style, typeset
from rendition import Draft


def ofd_of(draft: Draft, style: Style, rng: random.Random) -> bytes:
    """The file."""
    pages = typeset(draft, style, lambda width, height: OfdPage(width, height, rng))
    return ofd_file([page.written() for page in pages])
