"""`python -m amlportal.sandbox`."""

import sys

from .cli import main

sys.exit(main())
