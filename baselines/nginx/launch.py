"""Starts nginx with the location of every workload that has an nginx.conf, and ends with it.

  launch.py NGINX --host 127.0.0.1 --port 8001 --workloads ../../workloads

nginx itself neither picks a free port nor says when it listens, so this process stays beside it.
It is no serve.py: what serves is nginx. Runs on any Python 3.11, the standard library only.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from listen_address import AddressError, ListenAddress, free_address
from server_options import cores, server_options

FOLDER = Path(__file__).resolve().parent
PATIENCE_SECONDS = 20


def facts(nginx: str) -> str:
    """Return what the server says of itself: a static server, so it is written before the start."""
    said = subprocess.run([nginx, "-v"], capture_output=True, text=True, check=True).stderr
    runtime = said.strip().removeprefix("nginx version: ")
    settings = {"workers": cores(), "keep_alive": "75 s", "packages": {}}
    return json.dumps({"baseline": FOLDER.name, "runtime": runtime, **settings})


def configuration(nginx: str, address: ListenAddress, workloads: Path, scratch: Path) -> str:
    """Return nginx.conf with all that depends on this start."""
    includes = [f"include {file};" for file in sorted(workloads.glob("*/nginx.conf"))]
    values = {
        "SCRATCH": str(scratch),
        "HOST": address.host,
        "PORT": str(address.port),
        "WORKERS": str(cores()),  # its own `auto` counts cores that this process may not use
        "FACTS": facts(nginx),
        "WORKLOADS": "\n        ".join(includes),
    }
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def wait_until_it_listens(process: subprocess.Popen, address: ListenAddress) -> None:
    """Return when a connection is taken; end with nginx's status if it ends before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((address.host, address.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    process.kill()
    sys.exit("error: nginx did not listen: what it says is above")


def main() -> None:
    """Serve until SIGTERM."""
    parser = server_options("nginx as a static server.")
    parser.add_argument("nginx", help="the program")
    options = parser.parse_args()
    try:
        address = free_address(options.host, options.port)
    except AddressError as error:
        sys.exit(f"error: {error}")
    workloads = options.workloads.resolve()
    with tempfile.TemporaryDirectory(prefix="assay-nginx-") as scratch:
        file = Path(scratch) / "nginx.conf"
        file.write_text(configuration(options.nginx, address, workloads, Path(scratch)))
        # As root its workers would be another user, who may not read the workloads' folder.
        user = ["-g", "user root;"] if os.getuid() == 0 else []
        command = [options.nginx, "-p", str(workloads), "-c", str(file), "-e", "stderr", *user]
        process = subprocess.Popen(command)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        wait_until_it_listens(process, address)
        address.announce()
        sys.exit(process.wait())


if __name__ == "__main__":
    main()
