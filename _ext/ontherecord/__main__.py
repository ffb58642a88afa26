"""``python -m ontherecord``: the command line."""

import sys

from ontherecord.commands.main import main

sys.exit(main())
