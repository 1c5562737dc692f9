"""Importing works in bulk: from a file to a plan that a person looks through, and from the plan to drafts, all or none.

    reading (resources.formats) → plan (planning: naming, matching, fitting, comparing) → applying

A plan writes nothing. What a file leaves empty is left as it is: an import adds and replaces, it never erases.
"""
