"""How tests wait: for what must come, and long, as a busy machine may stand still for seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

WAIT_S = 120  # reached only where what is waited for never comes
LOOK_S = 0.02  # from one look to the next


def wait_until(truth: Callable[[], object], page: Any = None) -> None:
    """Look until it is so. page: a page of playwright, whose events are heard meanwhile."""
    end = time.monotonic() + WAIT_S
    while not truth():
        assert time.monotonic() < end, "what was waited for never came"
        if page:
            page.wait_for_timeout(LOOK_S * 1000)
        else:
            time.sleep(LOOK_S)
