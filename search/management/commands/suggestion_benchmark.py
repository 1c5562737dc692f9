from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search import benchmark
from search.suggestions import suggestions

GROUPS = {"one letter": 1, "two letters": 2, "three letters": 3, "up to 8 letters": 8, "more": 10_000}


class Command(BaseCommand):
    help = "Measure suggestions while queries of a collection are typed letter by letter, in tables of their own."

    def add_arguments(self, parser):
        parser.add_argument("collection", type=Path, metavar="DIR", help="Holds docs.jsonl and NAME.jsonl.")
        parser.add_argument("--queries", nargs="+", default=["queries"], metavar="NAME")
        parser.add_argument("--scale", type=int, default=0, metavar="N", help="Fill up to N texts with varied copies.")
        parser.add_argument("--most", type=int, default=100, metavar="N", help="Queries of each file that are typed.")

    def handle(self, *args, collection, queries, scale, most, **options):
        files = [collection / f"{name}.jsonl" for name in ("docs", *queries)]
        if missing := [str(file) for file in files if not file.is_file()]:
            raise CommandError(f"There is no {', no '.join(missing)}.")
        texts, *asked = map(benchmark.read, files)
        times = {group: [] for group in GROUPS}
        with benchmark.own_tables():
            self.stdout.write(f"{len(benchmark.index_collection(texts, scale))} texts indexed.")
            for query in (query for its_queries in asked for query in its_queries[:most]):
                for typed in beginnings(query["text"]):
                    with benchmark.timed(times[group_of(typed)]):
                        suggestions(typed, "en")
        everything = [one for taken in times.values() for one in taken]
        for name, taken in {**times, "all": everything}.items():
            p50, p95 = (benchmark.percentile(taken, share) for share in (0.5, 0.95))
            self.stdout.write(f"{name:<16} {len(taken):>6} times   p50 {p50:>7} ms   p95 {p95:>7} ms")


def beginnings(text):
    """What stands in the field while a text is typed."""
    return [text[:end] for end in range(1, len(text) + 1)]


def group_of(typed):
    return next(group for group, longest in GROUPS.items() if len(typed) <= longest)
