"""Whether a hole is known in a package that we use: pip-audit asks the Open Source Vulnerabilities database."""

import json
import re
import subprocess
import sys

from local.postgres import PROJECT

SECONDS = 90  # for all packages together
COMMAND = [
    sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off",
    "--vulnerability-service", "osv", "--timeout", "10", "--format", "json",
    "--requirement", "requirements-dev.txt",
]  # fmt: skip
# The last lines of pip-audit where nobody answers, or the service says that the fault is its own.
AWAY = re.compile(
    r"requests\.exceptions\.(\w*Timeout|ConnectionError|ProxyError|SSLError|HTTPError: 5)|Could not connect to OSV"
)


def audit(command: list[str] = COMMAND, seconds: float = SECONDS) -> int:
    """Say what is known; gives the exit status: 1 for a known hole, and where pip-audit itself breaks, with its words.

    0 too when nobody could be asked, in one line.
    """
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return _not_looked_up()
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        if AWAY.search(done.stderr):
            return _not_looked_up()
        print(f"pip-audit broke:\n{done.stderr.strip()}", file=sys.stderr)
        return 1
    holes = [line for package in packages for line in _lines(package)]
    print("\n".join(holes) or f"Known holes: none in {len(packages)} packages.")
    return 1 if holes else 0


def _not_looked_up() -> int:
    print("Known holes: not looked up, because https://api.osv.dev did not answer.")
    return 0


def _lines(package: dict) -> list[str]:
    """A line for each hole that is known in a package, with what mends it."""
    name = f"{package['name']} {package.get('version', '')}".strip()
    return [
        f"{name}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for hole in package.get("vulns", [])
    ]
