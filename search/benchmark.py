"""Measuring the search on a collection of texts, in tables of its own.

A collection is a folder with `docs.jsonl` (id, title, text) and files of queries (id, text).
"""

import json
import random
import string
import time
from contextlib import contextmanager
from itertools import batched, islice

from django.apps import apps
from django.db import connection
from django.utils import timezone

from search import indexing, statistics
from search.documents import SearchDocument
from search.engine import Query, search, understand
from search.engine.expressions import any_of

SCHEMA = "search_benchmark"
BATCH = 500
SHOWN = 100
VARIED = 5  # of a hundred words in a copied document


