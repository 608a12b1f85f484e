"""`python -m amlportal.sandbox`."""

import sys

from amlportal.sandbox.cli import main

sys.exit(main())
