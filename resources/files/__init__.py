"""Files that people upload: what they are, whether we take them, and what stands on their pages.

Knows no table and no request. `inspection.inspect` judges a file; `pdf.pages_of` and `pdf.first_page` read one that was
judged.

A PDF is opened in a process of its own only (`pdf_process`), which imports nothing of Django: keep this module empty.
"""
