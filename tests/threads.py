"""Work that several people do at the same moment."""

import threading

from django.db import connection


def in_threads(number, work):
    """Run `work(index)` in as many threads at once; give what each returned, or the exception it ended with."""
    results, start = [None] * number, threading.Barrier(min(number, 30))

    def run(index):
        try:
            if index < start.parties:
                start.wait()
            results[index] = work(index)
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
