"""Checks, before a command begins, that the packages of an extra are all installed."""

import re

from helpers.files.errors import InputError

DISTRIBUTION = "isnad-arabic"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*;.*\bextra == ['\"](?P<extra>[\w-]+)['\"]")
NAMED = 3  # most missing packages that are listed


def needed(*extras: str) -> None:
    """Raises InputError, one line, if a package of an extra is not installed: which one, and what to do.

    The packages are those in the metadata of the installed distribution. If it is only on the path, nothing is checked.
    """
    from importlib import metadata  # imported only for such commands

    missing = []
    try:
        stated = metadata.requires(DISTRIBUTION) or ()
    except metadata.PackageNotFoundError:
        return
    wanted = [each["name"] for each in map(REQUIREMENT.match, stated) if each and each["extra"] in extras]
    for name in dict.fromkeys(wanted):
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        what = f"{DISTRIBUTION}[{','.join(extras)}] @ file://PATH"
        raise InputError(
            f"this command needs the extra {' and '.join(extras)} ({', '.join(missing[:NAMED])}{more}), not installed here; "
            f'python -m pip install "{what}", with the path of the wheel or checkout of Isnad'
        )
