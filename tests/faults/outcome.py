"""What the load met during one fault."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.causes import MAY_REFUSE, NOT_JUDGED
from tests.faults.load import AWAY_ANSWER, SLOW

RECOVERS_WITHIN = 2  # seconds


@dataclass(frozen=True)
class Outcome:
    fault: Callable
    note: str
    began: float
    ended: float  # the cause; seconds of the monotonic clock, as in `asked`
    asked: list = field(repr=False)
    is_done: bool = True  # the cause came and went as it should

    def of(self, *who):
        return [one for one in self.asked if one.who in who]

    def failures(self, *who):
        """Kind of failure → how often."""
        return Counter(one.fault for one in self.of(*who) if one.fault)

    @property
    def recovery(self):
        """Seconds after the end of the cause at which the last request began that failed, 0 where none did."""
        late = [one.began - self.ended for one in self.asked if one.fault]
        return max([0, *late])

    @property
    def slowest(self):
        return max((one.ended - one.began for one in self.of("reader", "newcomer")), default=0)

    @property
    def faults(self):
        """Sentences about what was expected and did not hold."""
        if self.fault in NOT_JUDGED:
            return []
        wrong = [] if self.is_done else ["it did not end as it should"]
        if self.failures("reader"):
            wrong.append("readers of known pages met failures")
        allowed = {AWAY_ANSWER} if self.fault in MAY_REFUSE else set()
        if self.failures("newcomer").keys() - allowed:
            wrong.append("readers of new pages met failures")
        if self.recovery > RECOVERS_WITHIN:
            wrong.append(f"recovery took {self.recovery:.1f} s")
        return wrong

    def __str__(self):
        saves = self.of("editor")
        kinds = {who: dict(self.failures(who)) for who in ("reader", "socket", "newcomer", "editor")}
        slow = sum(one.ended - one.began > SLOW for one in self.of("reader", "newcomer"))
        return (
            f"{len(self.asked)} requests, {len(saves)} saves, {kinds}, recovery {self.recovery:.1f} s, "
            f"slowest {self.slowest:.1f} s, {slow} slow; {self.note} {self.faults}"
        )
