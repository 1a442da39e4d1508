"""``python -m desktop`` is ``likeness``."""

from __future__ import annotations

import sys

from desktop.launch import main

if __name__ == "__main__":
    sys.exit(main())
