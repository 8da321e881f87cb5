"""The published figures out of recorded cases: 289 suits received, 171 filed, 106 mediated, 37 judged."""

from __future__ import annotations

from cases.rules.funnel import FunnelStage as Stage
from tests.cases.suits import CLERK, FILE, Association, a_judgment, a_row, csv_of, filing_decision

OWNERS = [
    {
        "suit_no": f"业诉{n}号",
        "claimant_firm": "陈某某",
        "claimant_kind": "owner",
        "defendant_name": "池州晴和物业服务有限公司",
        "demand_letter_sent_at": "",
        "demand_letter_proof": "",
        "period_from": "",
        "period_to": "",
        "notes": "请求退还重复收取的物业费",
    }
    for n in (1, 2)
]
"""Two owners who claim from a firm: the same file format, the same checklist, the same steps."""


def test_289_received_171_filed_106_mediated_37_judged(association: Association):
    counter = association.counter
    screened = association.read(FILE)
    assert len(screened) == 289
    filed = association.file(screened)
    unknown = [one.why for one in filed.refused]
    assert len(filed.opened) == 287
    assert len(unknown) == 2
    assert all("没有这个小区" in why for why in unknown)
    owners = association.file(association.read(csv_of([a_row(n, **row) for n, row in enumerate(OWNERS, 1)])))
    assert len(owners.opened) == 2, owners.refused
    counter.clock.ahead(days=40)
    submitted = association.submit()
    assert not submitted.left
    assert counter.rows("suit_batch")[0]["submitted_at"] is not None
    mine = {row["case_id"]: row for row in counter.rows("suit") if row["line"]}
    ids = sorted(mine, key=lambda case_id: mine[case_id]["line"])
    assert len(ids) == len(submitted.submitted) == 191
    association.all("receipt", ids, lambda n: {"receipt": f"收{n}号"})
    going, now = ids[:171], counter.now
    association.all("accept_filing", going, lambda n: filing_decision(n, now))
    association.all("mediate_in_court", going[:106], lambda n: {"document": f"调{n}号", "signed_at": now})
    association.all("judge", going[106:143], lambda n: a_judgment(n, now))
    found = association.counts()
    assert found == {
        Stage.RECEIVED: 289,
        Stage.PASSED: 191,
        Stage.SUBMITTED: 191,
        Stage.FILED: 171,
        Stage.MEDIATED: 106,
        Stage.JUDGED: 37,
    }
    assert association.counts(CLERK)[Stage.RECEIVED] == 191
    assert counter.whole()
