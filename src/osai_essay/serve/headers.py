"""The `_headers` file as its hosts read it, and a policy that lets the preview's own script in."""

from __future__ import annotations

from collections.abc import Mapping

Pattern = tuple[str, ...]  # what stands between the stars of a path
Rules = tuple[tuple[Pattern, tuple[tuple[str, str], ...]], ...]

POLICY = "content-security-policy"
NEEDED = ("script-src", "style-src", "connect-src")  # from the site itself


def parse_headers(text: str) -> Rules:
    """A path at a line's start, its headers below, indented; lines of no sense are passed over."""
    rules: list[tuple[Pattern, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, value = line.strip().partition(":")
        if not line[0].isspace():
            rules.append((tuple(line.strip().split("*")), []))
        elif rules and colon:
            rules[-1][1].append((name.strip().lower(), value.strip()))
    return tuple((pattern, tuple(headers)) for pattern, headers in rules)


def find_headers(rules: Rules, path: str) -> dict[str, str]:
    """The headers of one address: every rule that matches counts, values of one name are joined."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if _fits(pattern, path):
            for name, value in headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _fits(pattern: Pattern, path: str) -> bool:
    """True if a path reads as the pattern, with anything where a star stands.

    Each part is looked for from where the one before it ends, so that no path takes long.
    """
    if len(pattern) == 1:
        return path == pattern[0]
    first, *middle, last = pattern
    at, end = len(first), len(path) - len(last)
    if at > end or not (path.startswith(first) and path.endswith(last)):
        return False
    for part in middle:
        found = path.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def widen_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers with the policy widened, where they hold one."""
    widened = dict(headers)
    if POLICY in widened:
        widened[POLICY] = widen_policy(widened[POLICY])
    return widened


def widen_policy(policy: str) -> str:
    """A policy that also lets a page have the preview's script and style, and hear its events."""
    lines = [line.split() for line in policy.split(";") if line.strip()]
    known = {name.lower(): sources for name, *sources in lines}
    for name in NEEDED:
        sources = known.get(name, known.get("default-src"))
        if sources is not None and "'self'" not in sources and "*" not in sources:
            known[name] = [*(each for each in sources if each != "'none'"), "'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in known.items())
