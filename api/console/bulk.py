"""One step for many cases (批量办理) at ``/console/bulk``: tick, choose the step, fill its form once, see each result.

Nothing typed is lost: a form that does not hold comes back as it was sent, one goes on with what was not done as it was
typed, and where somebody was faster everywhere it is shown to be copied. Who was faster is said at each case. What does
not live here: taking the steps (counter: one unit, each answered for itself), the form (fields), numbers of each case's
own (numbers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.console.choices import Choices
from api.console.entrance import OwnFormOf, Seat, SeatOf, text_of
from api.console.fields import Drawing, count_of, defaults_of
from api.console.frame import page
from api.console.labels import Labels
from api.console.numbers import APART, LEAVE, NONE, OWN, SAME, SINGLE, Findings, Numbers, cell_name
from api.console.places import here, places_for
from api.console.reading import read, typed_of
from api.console.refusing import way_back
from api.console.sheet import Line, line_of
from api.console.ticked import Ticked, anew, ticked_of
from api.counter import Counter
from cases.desk.desk import Order
from cases.desk.showing import View, schema_of
from cases.errors import Malformed, NotFound, Overtaken

router = APIRouter()
LONGEST = 2000
BATCHES = "/console/suits/batches/"
NOT_NOW = "现在不能办理这一步"
CHECK = "还没有办理:请核对下面标出的地方。填写的内容都已保留。"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the step for one case; ``why`` it was not done, as the domain says it, and who did what last, if
    somebody was faster."""

    one: Ticked
    done: bool
    numbers: str = ""
    state: str = ""
    why: str = ""
    faster: Line | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to say yes to before the step is taken."""

    name: str
    value: str
    words: str
    checked: bool


class Bulk:
    """One step for the ticked cases, at one seat; ``left`` cannot take it together with the others."""

    def __init__(self, seat: Seat, filled: FormData) -> None:
        self.seat, self.filled = seat, filled
        self.labels, self.verb = Labels(seat.house.office, seat.lang), text_of(filled, "_verb")
        ticked, self.gone = ticked_of(filled, seat)
        able = [one for one in ticked if one.action(self.verb)]
        first = able[0].action(self.verb) if able else None
        self.schema: View = first["schema"] if first else {"properties": {}}
        self.ticked = [one for one in able if (one.action(self.verb) or {})["schema"] == self.schema]
        self.left = [one for one in ticked if one not in self.ticked]
        self.numbers = Numbers(self.schema, self.ticked, filled)
        self.typed = self.numbers.typed(typed_of(filled) or defaults_of(self.schema), filled)
        self.back = way_back(text_of(filled, "_back")[:LONGEST])

    @property
    def title(self) -> str:
        """What the step is called."""
        one = (self.ticked or self.left)[0]
        return self.labels.verb(one.view["case_type"], self.verb)

    def crumbs(self) -> list[tuple[str, str]]:
        """The way back to where the ticks were set."""
        path, offered = self.back.partition("?")[0], places_for(self.seat.roles, self.seat.stands)
        place = next(one for one in offered if one.href == here(path, offered))
        if path == place.href:
            return [(self.back, place.name)]
        return [(place.href, place.name), (self.back, "批次" if path.startswith(BATCHES) else "返回")]

    def form(self, request: Request, found: Findings | None = None, said: str = "", status: int = 422) -> Response:
        """The form with the lines of the cases, and what is wrong with either."""
        drawing = Drawing.of(self.schema, self.typed, found.fields if found else {}, Choices(self.labels))
        apart = self.numbers.parts
        shared = [one for one in drawing.fields(self.schema) if one.name not in SINGLE & apart.keys()]
        cells = {one.id: self.numbers.cells(one.id, found) for one in self.ticked}
        wrong = [(cell.id, one.row.number) for one in self.ticked for cell in cells[one.id] if cell.wrong]
        return self._page(
            request, "bulk.html", status if said else 200, said=said, wrong=wrong, ticked=self.ticked,
            cells=cells, left=self.left, ticks=list(self._ticks(found)) if found else [],
            fields=[replace(one, required=False) if one.name in apart else one for one in shared],
            common=any(one.name in apart for one in shared),
        )  # fmt: skip

    def _ticks(self, found: Findings) -> Iterator[Tick]:
        """What can be said yes to, ticked if it was."""
        if 0 < len(found.lacking) < len(self.ticked):
            yes = set(found.lacking) <= self.numbers.yes[LEAVE]
            words = self.labels.say("没有编号的 {n} 件这次不办", n=len(found.lacking))
            yield Tick(LEAVE, APART.join(found.lacking), words, yes)
        if found.alike:
            yes = set(found.alike) <= self.numbers.yes[SAME]
            yield Tick(SAME, APART.join(found.alike), self.labels.say("相同的编号没有写错"), yes)

    def take(self, request: Request) -> Response:
        """Take the step for each, if the form holds for each; what came of it."""
        if more := text_of(self.filled, "_more"):
            self.typed = {**self.typed, f"{more}.{count_of(more, self.typed)}._": [""]}
            return self.form(request)
        if not self.ticked:
            return self.results(request, [])
        body = read(self.schema, self.numbers.for_all(self.typed))
        one = self.ticked[0].view
        rows = self.seat.house.office.desk.engines[one["case_type"]].by_verb[self.verb][one["state"]]
        found = self.numbers.judged(rows[0].form, body)
        if not found.clean:
            return self.form(request, found, CHECK)
        going = [one for one in self.ticked if one.id not in found.lacking]
        orders = [Order(one.id, self.verb, {**body, **self.numbers.own[one.id]}, one.seen) for one in going]
        try:
            answers = Counter(self.seat.house).steps(self.seat.reader, orders)["items"]
        except Overtaken as refusal:
            return self.form(request, found, refusal.sentence, 409)
        told = {answer["case_id"]: answer for answer in answers}
        return self.results(request, [self._result(one, told.get(one.id), body) for one in self.ticked])

    def _result(self, one: Ticked, answer: View | None, body: View) -> Result:
        numbers = self.numbers.said_of(one.id, body)
        if answer is None:
            return Result(one, False, why=NONE)
        if answer["ok"]:
            return Result(one, True, numbers, self.labels.state(one.view["case_type"], answer["state"]))
        return Result(one, False, numbers, why=answer["problem"]["detail"], faster=self._faster(one))

    def _faster(self, one: Ticked) -> Line | None:
        """The last that was done to a case since it was ticked."""
        engine = self.seat.house.office.desk.engines[one.view["case_type"]]
        try:
            done = Counter(self.seat.house).entries(self.seat.reader, one.id)["items"]
        except NotFound:
            return None  # Out of sight meanwhile: by whom is not told.
        return line_of(done[-1], engine, self.labels) if done and done[-1]["seq"] > one.seen else None

    def _missed(self, one: Ticked) -> Result:
        """A case that no longer offers the step, with the number that was written for it."""
        written = [text_of(self.filled, cell_name(one.id, name)) for name in sorted(OWN)]
        return Result(one, False, " ".join(filter(None, written)), why=NOT_NOW, faster=self._faster(one))

    def _written(self) -> list[tuple[str, list[str]]]:
        """What was typed for all, with what each field is called."""
        rows = self.seat.house.office.desk.engines[(self.ticked or self.left)[0].view["case_type"]].by_verb
        steps = next(iter(rows.get(self.verb, {}).values()), ())
        asked = schema_of(steps[0].form)["properties"] if steps else {}
        named = {name: part.get("title", name) for name, part in asked.items()}
        return [
            (named[name.partition(".")[0]], given)
            for name, values in self.typed.items()
            if name.partition(".")[0] in named and (given := [one for one in values if one])
        ]

    def results(self, request: Request, taken: list[Result]) -> Response:
        """Each case with what came of it; with what is left one goes on as it was typed."""
        results = [*taken, *map(self._missed, self.left)]
        done = sum(one.done for one in results)
        again = [one for one in anew([one.one for one in taken if not one.done], self.seat) if one.action(self.verb)]
        cells = [cell for one in again for cell in self.numbers.cells(one.id, None)]
        return self._page(
            request, "bulk_done.html", 200, results=results, done=done, failed=len(results) - done + self.gone,
            gone=self.gone, again=again, written=self._written() if done < len(results) and not again else [],
            kept=[(name, each) for name, values in self.typed.items() for each in values], cells=cells,
        )  # fmt: skip

    def _page(self, request: Request, name: str, status: int, **shown: Any) -> Response:
        crumbs = self.crumbs()
        return page(
            request, name, status, seat=self.seat, verb=self.verb, title=self.title, back=self.back, crumbs=crumbs,
            here=crumbs[0][0].partition("?")[0], **shown,
        )  # fmt: skip


@router.post("/bulk")
def take_many(request: Request, seat: SeatOf, filled: OwnFormOf) -> Response:
    """The form of the step with the ticked cases; with ``_go`` the step is taken for each."""
    bulk = Bulk(seat, filled)
    if not bulk.ticked and not ("_go" in filled and bulk.left):
        raise Malformed("请先勾选案件,再选择能办的动作")
    return bulk.take(request) if "_go" in filled else bulk.form(request)
