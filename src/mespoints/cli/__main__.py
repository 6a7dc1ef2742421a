"""``python -m mespoints.cli``: the same command, where its script is not installed."""

import sys

from mespoints.cli import main

sys.exit(main())
