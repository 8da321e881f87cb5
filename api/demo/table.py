"""The table of a demonstration (演示结果表): per department, per outcome, and the webhooks.

What does not live here: counting (``report``).
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from api.demo.report import Report

TITLES = {
    "rejected": "无法收入",
    "declined": "不予受理",
    "needs_more": "待补正",
    "redirected": "转其他渠道",
    "merged": "并案",
    "accepted": "已受理",
}


def show(console: Console, report: Report) -> None:
    """Print the tables."""
    departments = Table(title="承办部门", title_justify="left")
    for heading in ("部门", "派遣", "签收", "退单", "办结", "超期"):
        departments.add_column(heading, justify="left" if heading == "部门" else "right")
    for row in report.departments:
        cells = (row.dispatched, row.signed_for, row.returned, row.handled, row.overdue)
        departments.add_row(row.name, *map(str, cells))
    console.print(departments)
    outcomes = Table(title="报告去向", title_justify="left")
    outcomes.add_column("去向")
    outcomes.add_column("件数", justify="right")
    for outcome, title in TITLES.items():
        outcomes.add_row(title, str(report.outcomes[outcome]))
    outcomes.add_row("合计", str(report.reported), style="bold")
    console.print(outcomes)
    hooks = Table(title="通知投递(按接收方记录)", title_justify="left")
    for heading in ("送达", "重试后送达", "曾搁置并补投", "丢失"):
        hooks.add_column(heading, justify="right")
    hooks.add_row(str(report.delivered), str(report.retried), str(report.parked), str(report.lost))
    console.print(hooks)
    console.print(
        f"受理 {report.outcomes['accepted']} 件,已结 {report.closed} 件,未结 {report.open} 件,"
        f"答复送达 {report.answers_delivered} 件;用时 {report.seconds:.0f} 秒。"
    )
    for remark in report.remarks:
        console.print(remark, markup=False)
