"""The library as JSON for programs of others: `/resources/publications.json`, and one work at
`/resources/publications/<slug>.json`. docs/json.md is its handbook and its promise.

One answer serves all languages, since every label stands in it in both; so these addresses have no prefix of a
language, and `/es/resources/publications.json` does not exist.
"""
