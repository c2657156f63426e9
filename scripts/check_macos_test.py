"""The macOS check: which files, with which flags, and against which headers."""

from __future__ import annotations

from pathlib import Path

import sources
from command_file import load

check_macos = load("check-macos")


def test_a_mac_compiles_neither_linux_files_nor_fuzz_targets() -> None:
    is_for_macos = check_macos.is_for_macos
    names = ["host_macos.cpp", "host_linux.cpp", "parser_fuzz.cpp", "parser_test.cpp", "parser.h"]
    assert [name for name in names if is_for_macos(Path(name))] == [
        "host_macos.cpp",
        "parser_test.cpp",
    ]


def test_definitions_and_our_own_include_folders_are_taken_over() -> None:
    generated = f"-I{sources.ROOT}/build/release/generated"
    native = ["g++", "-DFMT_SHARED", generated, "-I/usr/include/x", "-isystem", "/opt/y", "-O2"]
    assert check_macos.compile_flags(native) == ("-DFMT_SHARED", generated)


def test_a_file_that_linux_leaves_out_gets_what_all_others_define() -> None:
    flags = {Path("a.cpp"): ("-DALL", "-DA"), Path("b.cpp"): ("-DB", "-DALL")}
    assert check_macos.flags_of_all(flags) == ("-DALL",)
    assert check_macos.flags_of_all({}) == ()


def test_headers_of_two_places_are_merged_and_the_architecture_s_own_win(tmp_path: Path) -> None:
    for header in ("openssl/ssl.h", "x86_64-linux-gnu/openssl/conf.h", "zlib.h", "stdio.h"):
        (tmp_path / header).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / header).write_text("")
    check_macos.link_headers(tmp_path / "linked", tmp_path)
    linked = tmp_path / "linked"
    assert (linked / "openssl/ssl.h").exists() and (linked / "openssl/conf.h").exists()
    assert (linked / "zlib.h").exists() and not (linked / "stdio.h").exists()


def test_every_file_becomes_an_edge_with_its_flags() -> None:
    flags = {Path("server/a.cpp"): ("-DNAME=$x",)}
    text = check_macos.ninja_file([Path("server/a.cpp")], flags, Path("/a b/python"))
    assert "  command = '/a b/python' -m ziglang c++ " in text
    assert "build build/macos/objects/server/a.cpp.o: compile server/a.cpp\n" in text
    assert "  flags = '-DNAME=$$x'\n" in text
