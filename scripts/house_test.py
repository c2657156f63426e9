"""The house rules that a tool can read: arrows between folders, folder READMEs, file names.

Each check takes the root of a tree and its files and returns one line per fault, so that the tests
below can show it a small tree with a planted fault as well as the repository itself.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sources

# What a folder's C++ files may include of ours, besides their own folder. The design's arrows.
ROOMS = ("wire", "model", "routing", "forms", "docs_page", "app", "layers", "storage", "runtime")
SERVER = tuple(f"server/{name}" for name in ROOMS)
PROGRAM = ("server/program",)
HARNESS = ("statistics", "load", "agents", "truth", "cost", "validation", "lab")
LAB = tuple(f"harness/{name}" for name in HARNESS)
ARROWS: dict[str, tuple[str, ...]] = {
    "server/wire": (),
    "server/model": (),
    "server/routing": (),
    "server/forms": ("server/wire", "server/model"),
    "server/docs_page": (),
    "server/app": tuple(f"server/{name}" for name in ROOMS[:5]),
    "server/layers": tuple(f"server/{name}" for name in ROOMS[:6]),
    "server/storage": ("server/model",),
    "server/runtime": ("server/wire",),
    "server/program": SERVER,
    "server": (*SERVER, *PROGRAM, "workloads"),
    "server/examples": (*SERVER, *PROGRAM),
    "workloads": SERVER,
    "workloads' tests": (*SERVER, *PROGRAM, "workloads"),  # they ask the whole program
    "harness/statistics": ("server/model",),
    "harness/load": ("server/model", "harness/statistics"),
    "harness/agents": ("server/model", "harness/load", "harness/statistics"),
    "harness/truth": ("server/model", "harness/load", "harness/statistics"),
    "harness/cost": ("server/model", "harness/load", "harness/statistics", "harness/truth"),
    "harness/validation": (
        "server/model",
        "harness/load",
        "harness/statistics",
        "harness/truth",
        "harness/cost",
    ),
    "harness/lab": ("server/model", "harness/load", "harness/statistics"),
    "harness": ("server/model", *LAB),
}
# Rooms within a folder, in the order in which they rest on each other: one may include those before
# it, and all of them the files that stand in the folder itself, which include no room.
INSIDE: dict[str, tuple[str, ...]] = {
    "harness/load": (
        "text",
        "histogram",
        "socket",
        "request",
        "reply",
        "watch",
        "pace",
        "summary",
        "loop",
        "command",
    ),
    "harness/lab": ("record", "host", "plan", "trial", "figures", "run", "compare", "command"),
}
# Owe their reader a README; in server/ and harness/ so does each folder inside.
FOLDERS = {"server", "harness", "workloads", "baselines", "results", "reports", "scripts"}
FOLDERS |= {"ci", "docs"}
BELOW = {"server", "harness"}
# Theirs are a page: what the server does, what its storage promises, what each baseline is.
PAGES = {Path("server"), Path("server/storage"), Path("baselines")}
VAGUE = {"utils", "util", "common", "misc", "manager", "helper", "helpers", "base", "impl"}
VAGUE |= {"data", "info"}
CODE = {".h", ".cpp", ".py"}

# What git has at the root. Anything else was left behind by a program that ran there.
TOP = {".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".gitattributes", ".gitignore"}
TOP |= {"CMakeLists.txt"}
TOP |= {"CMakePresets.json", "CONTRIBUTING.md", "HACKING.md", "LICENSE", "Makefile", "README.md"}
TOP |= {"SECURITY.md", "cmake", "pyproject.toml", *FOLDERS}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
SYSTEM = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*\b__(linux|linux__|APPLE__|MACH__)\b")


def room(path: Path) -> str:
    """Return the folder whose row of the table a file stands under: wire/cases is wire."""
    if path.parts[0] == "workloads":
        is_test = path.stem.endswith("_test") or path.name == "reference_server.h"
        return "workloads' tests" if is_test else "workloads"
    return "/".join(path.parts[:-1][:2])


def include_fault(path: Path, quote: str, included: str) -> str | None:
    """Return what is wrong with one include line of `path`, if anything."""
    target = Path(included)
    if target.parts[0] not in sources.CPP_FOLDERS:
        hint = "write ours from the root, as server/wire/reply.h, and others' in <>"
        return f'"{included}": {hint}' if quote == '"' else None
    here, there = room(path), room(target)
    if here not in ARROWS:
        return f"{here} has no row in ARROWS of scripts/house_test.py"
    if there == here:
        return inside_fault(path, target)
    if there in ARROWS[here]:
        return None
    allowed = ", ".join(ARROWS[here]) or "nothing of ours"
    return f"{included}: {here} may include {allowed} and itself"


def inside_fault(path: Path, target: Path) -> str | None:
    """Return what is wrong with an include between two rooms of one folder, if anything."""
    folder = room(path)
    if folder not in INSIDE:
        return None
    order = ("", *INSIDE[folder])
    here, there = (each.parts[2] if len(each.parts) > 3 else "" for each in (path, target))
    for name in (here, there):
        if name not in order:
            return f"{folder}/{name} has no place in INSIDE of scripts/house_test.py"
    if order.index(there) <= order.index(here):
        return None
    before = ", ".join(order[1 : order.index(here)]) or "no other room"
    return f"{target}: {path.parent} may include {before}"


def lines_of(root: Path, path: Path) -> list[tuple[int, str]]:
    """Return the numbered lines of a file."""
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    return list(enumerate(text.splitlines(), start=1))


def arrow_faults(root: Path, files: list[Path]) -> list[str]:
    """Return every include line that points against the arrows."""
    return [
        f"{path}:{number}: {fault}"
        for path in sources.cpp(files)
        for number, line in lines_of(root, path)
        if (match := INCLUDE.match(line)) and (fault := include_fault(path, *match.groups()))
    ]


def system_faults(root: Path, files: list[Path]) -> list[str]:
    """Return files without their twin, and code that asks which system it is on."""
    faults = [
        f"{path}:{number}: CMake picks the system: split into *_linux.cpp and *_macos.cpp"
        for path in sources.cpp(files)
        for number, line in lines_of(root, path)
        if SYSTEM.match(line)
    ]
    for one, other in (("_linux.cpp", "_macos.cpp"), ("_macos.cpp", "_linux.cpp")):
        for path in sources.cpp(files):
            twin = path.with_name(path.name.replace(one, other))
            if path.name.endswith(one) and twin not in files:
                faults.append(f"{path}: has no {twin.name} beside it")
    return faults


def readme_folders(files: list[Path]) -> set[Path]:
    """Return the folders in use that owe their reader a README."""
    top = {Path(p.parts[0]) for p in files if len(p.parts) > 1 and p.parts[0] in FOLDERS}
    below = {Path(*p.parts[:2]) for p in files if len(p.parts) > 2 and p.parts[0] in BELOW}
    return top | below


def readme_faults(root: Path, files: list[Path]) -> list[str]:
    """Return the folders whose README is missing, or too long to be read at a glance."""
    faults = []
    for folder in sorted(readme_folders(files)):
        readme = folder / "README.md"
        if readme not in files:
            faults.append(f"{folder}: has no README.md (5 to 10 lines: what lives here)")
            continue
        written = sum(1 for _, line in lines_of(root, readme) if line.strip())
        if written < 3 or (written > 12 and folder not in PAGES):
            faults.append(f"{readme}: has {written} lines, not 3 to 12")
    return faults


def name_faults(files: list[Path]) -> list[str]:
    """Return source files whose name hides a noun."""
    return [
        f"{path}: '{word}' hides a noun; name the file after what it holds"
        for path in files
        if path.suffix in CODE
        for word in sorted(VAGUE.intersection(re.split(r"[^a-z0-9]+", path.stem.lower())))
    ]


def stray_faults(files: list[Path]) -> list[str]:
    """Return the names at the root that have no place there."""
    return [
        f"{name}: belongs into a folder; if not, name it in TOP of scripts/house_test.py"
        for name in sorted({path.parts[0] for path in files} - TOP)
    ]


def passes(faults: list[str]) -> None:
    """Print one fault a line, rather than a list cut short."""
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_no_include_points_against_the_arrows() -> None:
    passes(arrow_faults(sources.ROOT, sources.files()))


def test_what_is_system_specific_stands_in_twin_files() -> None:
    passes(system_faults(sources.ROOT, sources.files()))


def test_every_folder_has_a_short_readme() -> None:
    passes(readme_faults(sources.ROOT, sources.files()))


def test_every_source_is_named_after_what_it_holds() -> None:
    passes(name_faults(sources.files()))


def test_nothing_stands_at_the_root_that_has_no_place_there() -> None:
    passes(stray_faults(sources.listed_by_git(sources.ROOT, "--cached")))


@pytest.mark.parametrize(
    "name",
    ["new-baseline", "new-workload", "lint", "test", "check-macos", "fuzz", "sources.py"],
)
def test_a_command_can_be_read_by_the_python_that_a_mac_comes_with(name: str) -> None:
    text = (sources.ROOT / "scripts" / name).read_text()
    ast.parse(text, feature_version=(3, 9))


def planted(root: Path, name: str, text: str) -> list[Path]:
    """Write one file of a small tree and return the tree's files."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    return [Path(name)]


@pytest.mark.parametrize(
    ("file", "included"),
    [
        ("server/wire/parser.cpp", "server/model/json.h"),
        ("server/wire/parser_test.cpp", "server/runtime/loop.h"),
        ("server/app/app_test.cpp", "server/runtime/loop.h"),
        ("server/runtime/loop.cpp", "server/app/app.h"),
        ("server/app/app.h", "server/layers/cors.h"),
        ("server/routing/tree.h", "server/app/app.h"),
        ("server/forms/form_reader.h", "server/app/app.h"),
        ("server/wire/body.h", "server/forms/form_reader.h"),
        ("harness/statistics/median.h", "harness/load/schedule.h"),
        ("harness/lab/plan/plan.h", "server/wire/reply.h"),
        ("harness/lab/plan/plan.h", "harness/truth/server.h"),
        ("harness/lab/plan/plan.h", "harness/lab/run/run.h"),
        ("harness/lab/lab_error.h", "harness/lab/plan/plan.h"),
        ("workloads/json/reference.cpp", "harness/lab/plan/plan.h"),
    ],
)
def test_an_arrow_that_points_back_is_named_with_its_line(
    tmp_path: Path, file: str, included: str
) -> None:
    files = planted(tmp_path, file, f'#pragma once\n\n#include "{included}"\n')
    (fault,) = arrow_faults(tmp_path, files)
    assert fault.startswith(f"{file}:3: {included}: ")


@pytest.mark.parametrize(
    ("file", "included"),
    [
        ("server/wire/cases/case.h", "server/wire/reply.h"),
        ("server/runtime/loop.cpp", "server/wire/connection.h"),
        ("server/layers/cors.cpp", "server/app/app.h"),
        ("server/forms/part_head.cpp", "server/wire/characters.h"),
        ("server/app/body.h", "server/forms/form_reader.h"),
        ("server/main.cpp", "server/runtime/loop.h"),
        ("workloads/json/reference.cpp", "server/storage/store.h"),
        ("harness/lab/plan/plan.h", "server/model/json.h"),
        ("harness/lab/run/run.h", "harness/lab/plan/plan.h"),
        ("harness/lab/plan/plan.h", "harness/lab/lab_error.h"),
        ("harness/lab/plan/plan.h", "harness/load/loop/run.h"),
        ("harness/main.cpp", "harness/truth/server.h"),
    ],
)
def test_an_arrow_of_the_design_passes(tmp_path: Path, file: str, included: str) -> None:
    assert arrow_faults(tmp_path, planted(tmp_path, file, f'#include "{included}"\n')) == []


def test_an_error_lists_what_the_folder_may_include(tmp_path: Path) -> None:
    files = planted(tmp_path, "server/storage/store.h", '#include "server/wire/reply.h"\n')
    assert arrow_faults(tmp_path, files) == [
        "server/storage/store.h:1: server/wire/reply.h: server/storage may include server/model "
        "and itself"
    ]


def test_a_room_that_nobody_placed_is_named(tmp_path: Path) -> None:
    files = planted(tmp_path, "harness/lab/attic/a.h", '#include "harness/lab/lab_error.h"\n')
    (fault,) = arrow_faults(tmp_path, files)
    assert fault.endswith("harness/lab/attic has no place in INSIDE of scripts/house_test.py")


def test_an_include_that_does_not_start_at_the_root_is_refused(tmp_path: Path) -> None:
    files = planted(tmp_path, "server/wire/reply.cpp", '#include "reply.h"\n#include <vector>\n')
    (fault,) = arrow_faults(tmp_path, files)
    assert fault.startswith('server/wire/reply.cpp:1: "reply.h": write ours from the root')


def test_code_that_asks_for_its_system_is_refused(tmp_path: Path) -> None:
    files = planted(tmp_path, "harness/lab/host.cpp", "#if defined(__APPLE__)\n#endif\n")
    (fault,) = system_faults(tmp_path, files)
    assert fault.startswith("harness/lab/host.cpp:1: ")


def test_a_system_file_without_its_twin_is_named(tmp_path: Path) -> None:
    files = planted(tmp_path, "harness/lab/host_macos.cpp", "")
    assert system_faults(tmp_path, files) == [
        "harness/lab/host_macos.cpp: has no host_linux.cpp beside it"
    ]


def test_a_folder_without_a_readme_or_with_a_long_one_is_named(tmp_path: Path) -> None:
    files = planted(tmp_path, "server/wire/reply.h", "") + planted(tmp_path, "ci/README.md", "a")
    files += planted(tmp_path, "harness/README.md", "line\n\n" * 13)
    assert [fault.split(":")[0] for fault in readme_faults(tmp_path, files)] == [
        "ci/README.md",
        "harness/README.md",
        "server",
        "server/wire",
    ]


def test_a_name_that_hides_a_noun_is_refused() -> None:
    (fault,) = name_faults([Path("harness/lab/string_utils.h"), Path("server/model/database.h")])
    assert fault.startswith("harness/lab/string_utils.h: 'utils'")


def test_a_stray_file_or_folder_at_the_root_is_named_once() -> None:
    files = [Path("python-3.13.5/Makefile"), Path("python-3.13.5/configure"), Path("README.md")]
    (fault,) = stray_faults(files)
    assert fault.startswith("python-3.13.5: belongs into a folder")
