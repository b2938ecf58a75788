"""What the ordinary suite asks where all there is takes too long: a share by lot, the same in every run.

`make test EVERY=1` asks for all of it. No test is left out of both.
"""

import os
from zlib import crc32

EVERY = os.environ.get("EVERY") == "1"


def is_drawn(name, one_in):
    """Whether this one is asked in the ordinary suite; each is when everything is."""
    return EVERY or crc32(str(name).encode()) % one_in == 0
