"""The process that opens PDFs: run as `python -m resources.files.pdf_process COMMAND PATH LIMITS [VALUE]`.

PDFs come from strangers and the libraries that read them are written in C++. So they are read here, with bounded memory
and time, no secrets in the environment and nothing of Django; `pdf.py` is the other end. Answers are lines of JSON on
standard output, the last of them {"end": true}; without that, the process was ended or broke.
"""

import contextlib
import json
import resource
import sys

from resources.files.limits import Limits
from resources.files.pdf_pages import No, pages, picture


def facts(path, limits, clean_path):
    """As in `pdf_facts`, whose library takes as long to load as all the rest: only where it is asked for."""
    from resources.files import pdf_facts

    return pdf_facts.facts(path, limits, clean_path)


COMMANDS = {"facts": facts, "pages": pages, "picture": picture}


def main(command, path, limits, *values):
    limits = Limits(**json.loads(limits))
    _bound(limits)
    try:
        for answer in COMMANDS[command](path, limits, *values):
            _say(answer)
    except No as no:
        _say({"no": no.args[0], "values": no.args[1] if len(no.args) > 1 else {}})
    except MemoryError:
        _say({"no": "too_much", "values": {}})
    _say({"end": True})


def _say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _bound(limits):
    """Let the system itself end this process when it takes too much. (macOS knows no limit on addresses.)"""
    bounds = [
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 2 * limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ]
    for kind, value in bounds:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    main(*sys.argv[1:])
