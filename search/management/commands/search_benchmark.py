import json
import signal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search import benchmark


class Command(BaseCommand):
    help = "Measure the search on a collection of texts and queries, in tables of its own that are dropped afterwards."

    def add_arguments(self, parser):
        parser.add_argument("collection", type=Path, metavar="DIR", help="Holds docs.jsonl and NAME.jsonl.")
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="Where NAME.run is written.")
        parser.add_argument("--queries", nargs="+", default=["queries"], metavar="NAME")
        parser.add_argument("--scale", type=int, default=0, metavar="N", help="Fill up to N texts with varied copies.")

    def handle(self, *args, collection, out, queries, scale, **options):
        files = [collection / f"{name}.jsonl" for name in ("docs", *queries)]
        if missing := [str(file) for file in files if not file.is_file()]:
            raise CommandError(f"There is no {', no '.join(missing)}.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped from outside, it drops its tables too
        out.mkdir(parents=True, exist_ok=True)
        texts, *asked = map(benchmark.read, files)
        times = {"search": [], "reference": [], "page": []}
        with benchmark.own_tables() as schema:
            ids = benchmark.index_collection(texts, scale)
            benchmark.make_reference(schema)
            self.stdout.write(f"{len(ids)} texts indexed.")
            for name, its_queries in zip(queries, asked, strict=True):
                its_times = {what: [] for what in times}
                with (out / f"{name}.run").open("w", encoding="utf-8") as run:
                    for query, hits in benchmark.answer(its_queries, its_times):
                        for place, hit in enumerate(hits, start=1):
                            run.write(f"{query['id']}\t{ids[int(hit.owner[1])]}\t{place}\t{hit.score:.6f}\n")
                self.report(f"{name}, {len(its_queries)} queries", its_times)
                for what, taken in its_times.items():
                    times[what] += taken
        self.report("all", times)
        self.stdout.write(json.dumps(_figures(times) | {"documents": len(ids)}))

    def report(self, name, times):
        self.stdout.write(name)
        labels = {
            "search": f"search, best {benchmark.RANKED}",
            "reference": f"OR ts_rank, best {benchmark.RANKED}",
            "page": f"page of {benchmark.A_PAGE} with facets and snippets",
        }
        for what, label in labels.items():
            p50, p95 = (benchmark.percentile(times[what], share) for share in (0.5, 0.95))
            self.stdout.write(f"  {label:<40} p50 {p50:>8} ms   p95 {p95:>8} ms")


def _figures(times):
    return {
        f"{prefix}{name}_ms": benchmark.percentile(times[what], share)
        for what, prefix in (("search", ""), ("reference", "reference_"))
        for name, share in (("p50", 0.5), ("p95", 0.95))
    }
