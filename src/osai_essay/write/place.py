"""Where the output folder may be, and whose files it holds."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path, PurePosixPath

from osai_essay.problem import Problem, SiteError, Where

SOURCES = ("content", "data", "templates", "src", "tests", "docs", ".git")
SHOWN = 5


def check_targets(targets: Iterable[str]) -> None:
    """The last fence: whatever came before, no file leaves the output folder.

    Raises: SiteError with path-outside.
    """
    for target in targets:
        path = PurePosixPath(target)
        if path.is_absolute() or ".." in path.parts:
            raise SiteError(
                Problem(
                    code="path-outside",
                    where=Where(file=target),
                    message=f'"{target}" would be written outside of the output folder',
                    fix="name it without `..` and without a slash in front.",
                )
            )


def check_place(output: Path, root: Path) -> None:
    """The output may not be, or hold, or lie among what the site is made of.

    Raises: SiteError with output-wrong or output-unwritable.
    """
    try:
        place, base = output.resolve(), root.resolve()
    except RuntimeError as error:  # before Python 3.13: links that lead to one another
        raise SiteError(unwritable(output, OSError(str(error)))) from None
    if output.absolute().is_relative_to(root.absolute()) and not place.is_relative_to(base):
        raise _wrong(
            output,
            "the output folder is a link that leads out of the site's folder",
            "take the link away, or name the folder it leads to with --output.",
        )
    kept = [base / name for name in SOURCES]
    if base.is_relative_to(place) or any(place.is_relative_to(each) for each in kept):
        raise _wrong(
            output,
            "the output folder would hold, or stand among, the site's own sources",
            "name a folder of its own: --output build.",
        )
    if place.exists() and not place.is_dir():
        raise _wrong(output, "the output folder is a file", "name a folder: --output build.")


def check_ours(output: Path, found: Iterable[str], ours: Set[str]) -> None:
    """Every file in the output folder is one that the last build wrote.

    Raises: SiteError with output-not-ours.
    """
    foreign = sorted(name for name in found if name not in ours)
    if foreign:
        more = f" and {len(foreign) - SHOWN} more" if len(foreign) > SHOWN else ""
        raise SiteError(
            Problem(
                code="output-not-ours",
                where=Where(file=output.as_posix()),
                message=f"this folder holds files that no build wrote: "
                f"{', '.join(foreign[:SHOWN])}{more}",
                fix="move them away (what the site should hold belongs into content/static), "
                "or name another folder with --output.",
            )
        )


def unwritable(output: Path, error: OSError) -> Problem:
    """The problem of a folder that the system does not let be written."""
    return Problem(
        code="output-unwritable",
        where=Where(file=output.as_posix()),
        message=f"the output folder cannot be written: {error.strerror or error}",
        fix="see that you may write there and that the disk is not full, or name another --output.",
    )


def _wrong(output: Path, message: str, fix: str) -> SiteError:
    where = Where(file=output.as_posix())
    return SiteError(Problem(code="output-wrong", where=where, message=message, fix=fix))
