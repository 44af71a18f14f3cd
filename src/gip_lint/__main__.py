"""`python -m gip_lint` is `gip-lint`."""

import sys

from gip_lint.cli import main

sys.exit(main())
