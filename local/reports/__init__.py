"""Three small reports as PDF, made from the site's own starting texts: `python -m local.reports` writes them again.

The PDFs are committed, so that nobody needs this to run the site. The same texts give the same bytes.
"""
