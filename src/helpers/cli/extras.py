"""What a command needs beside the core: an extra of the package, all of it, before any of its work is begun."""

import re

from helpers.files.errors import InputError

DISTRIBUTION = "isnad-arabic"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)[^;]*;.*\bextra == ['\"](?P<extra>[\w-]+)['\"]")
NAMED = 3  # packages that are missing, named one by one


def needed(*extras: str) -> None:
    """Raises InputError, one line, where a package of an extra is not installed: which one, and what to do.

    What an extra has is what the installed package says. Where it is not installed, but only on the path, nobody knows.
    """
    from importlib import metadata  # only such commands pay for it

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
