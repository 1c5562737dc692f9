"""Whether a hole is known in a package that we use: pip-audit asks the Open Source Vulnerabilities database."""

import json
import subprocess
import sys

from local.postgres import PROJECT

SECONDS = 90  # for all packages together
COMMAND = [
    sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off",
    "--vulnerability-service", "osv", "--timeout", "10", "--format", "json",
    "--requirement", "requirements-dev.txt",
]  # fmt: skip


def audit(command: list[str] = COMMAND, seconds: float = SECONDS) -> int:
    """Say what is known; gives the exit status: 1 for a known hole. 0 too when nobody could be asked, in one line."""
    try:
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=seconds)
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("Known holes: not looked up, because https://api.osv.dev did not answer.")
        return 0
    holes = [line for package in packages for line in _lines(package)]
    print("\n".join(holes) or f"Known holes: none in {len(packages)} packages.")
    return 1 if holes else 0


def _lines(package: dict) -> list[str]:
    """A line for each hole that is known in a package, with what mends it."""
    name = f"{package['name']} {package.get('version', '')}".strip()
    return [
        f"{name}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for hole in package.get("vulns", [])
    ]
