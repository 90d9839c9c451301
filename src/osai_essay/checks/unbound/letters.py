"""What patterns of figures are made of."""

from __future__ import annotations

LETTER = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff"  # of scripts with spaces
END = rf"(?![{LETTER}\d])"  # the end of a word; an underline may follow, as of _emphasis_
GAP = r"[ \u00a0\u202f]"
