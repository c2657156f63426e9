"""The shop as strangers see it: its description is valid, and what it says is what happens."""

import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOP = ROOT / "build" / "release" / "examples" / "assay-shop"
STRANGERS = ROOT / ".venv" / "examples" / "bin"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Run the shop on a free port."""
    with subprocess.Popen([SHOP, "--port", "0"], stderr=subprocess.PIPE, text=True) as shop:
        yield shop.stderr.readline().removeprefix("listening on ").strip()
        shop.send_signal(signal.SIGTERM)
        said = shop.stderr.read()
    assert (shop.returncode, said) == (0, "")


def test_its_description_is_valid(address: str, tmp_path: Path) -> None:
    """An independent validator finds nothing wrong with the OpenAPI document."""
    with urllib.request.urlopen(f"{address}/openapi.json", timeout=10) as reply:
        document = tmp_path / "openapi.json"
        document.write_bytes(reply.read())
    command = [STRANGERS / "python", "-m", "openapi_spec_validator", document]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_it_does_what_its_description_says(address: str, tmp_path: Path) -> None:
    """Schemathesis, with all its checks: right data is taken, wrong data refused, as described."""
    command = [STRANGERS / "schemathesis", "run", f"{address}/openapi.json"]
    command += ["--checks=all", "--max-examples=40", "--seed=1", "--no-color"]
    command += ["--suppress-health-check=all"]  # those judge this machine, not the shop
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert ended.returncode == 0, ended.stdout[-8000:] + ended.stderr
