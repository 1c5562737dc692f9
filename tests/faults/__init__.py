"""Faults on purpose, and bad input: `make faults`. Nothing here is collected by `make test`."""
