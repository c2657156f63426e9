"""Which files lint looks at."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import sources
from command_file import load

lint = load("lint")


def test_a_changed_header_is_seen_through_the_files_beside_it() -> None:
    compiled = {Path("server/wire/reply.cpp"), Path("server/wire/reply_test.cpp")}
    assert lint.to_tidy([Path("server/wire/reply.h")], compiled) == sorted(compiled)


def test_a_file_of_another_system_is_left_out() -> None:
    assert lint.to_tidy([Path("harness/lab/host_macos.cpp")], set()) == []


def test_generated_and_foreign_files_are_not_ours_to_mend(tmp_path: Path) -> None:
    database = tmp_path / "compile_commands.json"
    ours = sources.ROOT / "server/main.cpp"
    database.write_text(json.dumps([{"file": str(ours)}, {"file": "/usr/src/gtest/gtest.cc"}]))
    assert lint.compiled_files(database) == {Path("server/main.cpp")}


def git(root: Path, *arguments: str) -> None:
    """Run git in a small repository."""
    author = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *author, *arguments], check=True, capture_output=True)


def test_what_changed_is_what_is_edited_staged_or_new(tmp_path: Path) -> None:
    git(tmp_path, "init")
    for name in ("kept.h", "edited.h", "staged.h", "deleted.h", "new.h", "ignored.o"):
        (tmp_path / name).write_text("")
    (tmp_path / ".gitignore").write_text("*.o\n")
    git(tmp_path, "add", "kept.h", "edited.h", "staged.h", "deleted.h", ".gitignore")
    assert Path("kept.h") in sources.changed(tmp_path)  # nothing is committed yet
    git(tmp_path, "commit", "-m", "first")
    (tmp_path / "edited.h").write_text("a")
    (tmp_path / "staged.h").write_text("a")
    git(tmp_path, "add", "staged.h")
    (tmp_path / "deleted.h").unlink()
    assert sources.changed(tmp_path) == [Path("edited.h"), Path("new.h"), Path("staged.h")]
    assert Path("ignored.o") not in sources.files(tmp_path)
