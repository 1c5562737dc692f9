"""What the site costs, measured: `make bench`. On a database of its own, dropped afterwards; no content is touched."""
