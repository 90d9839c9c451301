"""What is known of HTML's elements: which are inline, which may stay open, which are refused."""

from __future__ import annotations

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# what begins a block of its own at a line's start
BLOCK = frozenset(
    "address article aside audio blockquote body canvas center caption col colgroup dd details"
    " dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup"
    " hr html iframe legend li main map math menu nav noscript object ol optgroup option p picture"
    " pre script search section style summary svg table tbody td template textarea tfoot th thead"
    " title tr ul video".split()
)
# those of them that also stand within a sentence
_WITHIN = frozenset("audio canvas iframe map math object picture script svg template video".split())
OF_WORDS = frozenset("p h1 h2 h3 h4 h5 h6 summary dt td th figcaption caption legend".split())
MAY_STAY_OPEN = frozenset(
    "body col colgroup dd dt head html li optgroup option p tbody td tfoot th thead tr".split()
)
CLOSED_BY = {  # an opening tag -> what it ends without a closing tag
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tbody": {"thead", "tbody", "tr", "td", "th"},
    "tfoot": {"thead", "tbody", "tr", "td", "th"},
    "option": {"option"},
}
HOLDS_PARAGRAPHS = ("p", "button", "td", "th", "li", "dd", "blockquote", "div")
NOT_PROSE = frozenset("code kbd samp tt pre math svg".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}

REFUSED = frozenset(
    "animate applet base body embed fencedframe form frame frameset head html iframe link meta"
    " noembed noframes noscript object plaintext portal script set style template textarea title"
    " xmp".split()
)
REFUSED_WHOLE = frozenset(
    "script style iframe noscript object template textarea title".split()
)  # what stands in them goes with them

# attributes an essay may not have: looks belong into a stylesheet, what the theme's script obeys
# comes from charts alone, and nobody is told of a reader's clicks
OURS = frozenset("style data-explore data-script data-plotly ping".split())

# ours, in the HTML between Markdown and the last pass
PIECE_TAG = "x-piece"
CONTENTS_TAG = "x-contents"

# marks on elements that this program made itself; each holds a character that no author's source
# still has, so that raw HTML cannot bear them
OWN_LINK = "data-own\U0010fffd"
BARE_LINK = "data-bare\U0010fffd"
NO_ALT = "data-no-alt\U0010fffd"

# what ends the words before it; an element nobody knows is inline, as browsers have it
BREAKING = (BLOCK - _WITHIN) | {PIECE_TAG}
