"""Figures in English words: numbers from three up, parts, changes."""

from __future__ import annotations

from osai_essay.checks.unbound.letters import END

_ONES = "three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
NUMBER_WORDS = {word: str(at) for at, word in enumerate([*_ONES, *_TEENS], start=3)}

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_BIG = "hundred|thousand|million|billion|trillion"
_FROM_THREE = rf"(?:(?:{_TENS})(?:[\s-](?:one|two|{'|'.join(_ONES)}))?|{'|'.join(NUMBER_WORDS)})"
_PART = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth|thousandth"
# What stands behind "a third" where it is a share, and not the third of several things.
_BEHIND_SHARE = (
    r"\s+(?:of|as|the|that|more|less|fewer|higher|lower|larger|smaller|and|or|to|in|by|from|on|for|"
    rf"at|with|than|was|is|were|are|had|has|went|came){END}|\s*(?:$|\n\s*\n|[^\w\s-])"
)
_NOT_ORDINAL = rf"(?!-(?:first|second|third|\w+th){END})"

PATTERNS = {
    "fraction": (
        rf"(?i:(?:one|two|{'|'.join(_ONES)})[\s-](?:{_PART})s?{END}"
        rf"|an?\s(?:{_PART})(?={_BEHIND_SHARE})"
        rf"|(?<!first\s)(?<!second\s)(?<!latter\s)half(?!-){END}|halves{END})"
    ),
    "count": (
        rf"(?i:(?:{_FROM_THREE}|(?:an?|one|two|few|several)(?=[\s-](?:{_BIG})))"
        rf"(?:[\s-](?:{_BIG}))*{END}{_NOT_ORDINAL}"
        rf"|(?:an?\s)?dozen{END})"
    ),
    "change": (
        rf"(?i:(?:doubl|tripl|quadrupl|halv)(?:e|es|ed|ing)(?!-){END}|(?:twice|thrice){END}"
        rf"|(?:two|{_FROM_THREE}|{_BIG})-?fold{END}|(?:an?\s)?orders?\sof\smagnitude{END})"
    ),
}

# Words a sentence may begin with before a number; any other capital makes the two a name.
BEGINNINGS = (
    "A About Above Across After Against All Almost Also Among An And Another Any Are Around As At "
    "Barely Because Before Behind Below Beside Between Beyond Both But By Down During Each Either "
    "Every Exactly Few Fewer First For From Had Has Have He Hence Her His How However I If In "
    "Instead Into Is It Its Just Last Later Least Less Like Many Maybe More Most Nearly Neither "
    "Next No Nor Not Now Of Off On Once One Only Or Other Our Out Over Past Per Perhaps Roughly "
    "She Since So Some Still Such Than That The Their Then There These They This Those Though "
    "Through Thus To Together Toward Two Under Until Up Upon Was We Were What When Where Whether "
    "Which While Who Why With Within Without Yet You"
).split()
