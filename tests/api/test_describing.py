"""The OpenAPI document says what the app does, and loading the app stays light."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from api.app import BASE
from api.describing import events, step_forms
from cases.desk.desk import ENGINES
from tests.api.world import World
from tests.house.tree import ROOT
from tests.people import WANG

PROBLEM = {"$ref": "#/components/schemas/Problem"}


def document(world: World) -> dict[str, Any]:
    answer = world.client.request("GET", "/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_every_route_is_described_with_its_problems(shared: World):
    described = document(shared)
    for method, path in shared.routes():
        operation = described["paths"][path][method.lower()]
        assert all(operation[name] for name in ("tags", "summary", "description"))
        problems = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert "500" in problems
        for answer in problems.values():
            assert answer["content"] == {"application/problem+json": {"schema": PROBLEM}}


def test_every_reference_leads_somewhere(shared: World):
    described = document(shared)
    schemas = described["components"]["schemas"]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                assert reference.removeprefix("#/components/schemas/") in schemas
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(described)
    assert "HTTPValidationError" not in schemas, "a malformed request is a problem like any other"


def test_routes_say_how_to_come_in(shared: World):
    described = document(shared)
    assert set(described["components"]["securitySchemes"]) == {"HTTPBearer", "APIKeyCookie"}
    for path, operations in described["paths"].items():
        open_to_all = path.startswith(f"{BASE}/public") or path.rsplit("/", 1)[-1] in {
            "login", "matters", "communities", "health", "due", "calendar.ics",
        }  # fmt: skip
        for operation in operations.values():
            assert ("security" in operation) != open_to_all, path


def test_a_step_may_carry_the_form_of_any_verb_people_take(shared: World):
    operation = document(shared)["paths"][f"{BASE}/cases/{{case_id}}/steps/{{verb}}"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    named = {one["$ref"].rsplit("/", 1)[-1] for one in schema["anyOf"]}
    taken = {
        step.form.__name__
        for engine in ENGINES.values()
        for step in engine.case_type.steps
        if any(not role.inside for role in step.roles)
    }
    assert named == taken == {form.__name__ for form in step_forms(list(ENGINES.values()))}
    assert len({form.__name__ for form in step_forms(list(ENGINES.values()))}) > 20


def test_forms_of_one_name_are_one_form():
    """Components are named after forms: two different forms of one name would hide each other."""
    forms = {step.form for engine in ENGINES.values() for step in engine.case_type.steps}
    assert len(forms) == len({form.__name__ for form in forms})


def test_the_webhooks_a_department_gets_are_described(shared: World):
    told = set(document(shared)["webhooks"])
    assert told == {event for event, _ in events()}
    ladder = {"warn", "overdue", "supervise", "escalate", "recount"}
    task = {"open", "uphold_return", "reject_return", "deem_signed", "grant_extension", "refuse_extension", "urge"}
    order = {"open", "return_answer", "close_order", "withdraw", "warn", "overdue", "escalate", "recount"}
    expected = {f"assignment.{verb}" for verb in ladder | task} | {f"supervision.{verb}" for verb in order}
    court = {"apply", "supply", "withdraw", "apply_execution", "warn", "overdue", "escalate", "recount"}
    expected |= {f"confirmation.{verb}" for verb in court}
    suit = {"submit", "go_on", "leave_family", "appeal", "apply_execution", "resume_execution", "ask_higher_court"}
    suit |= {"mediation_settled", "mediation_failed", "ask_order", "withdraw", "ask_withdrawal"}
    expected |= {f"litigation.{verb}" for verb in suit | {"warn", "overdue", "escalate", "recount"}}
    assert told == expected | {"deadline.digest", "huiyin.test"}


def test_the_document_has_two_addresses_and_a_page(shared: World):
    assert shared.get(None, "/openapi.json").json() == document(shared)
    assert shared.client.request("GET", "/health").json()["status"] == "ok"
    assert shared.client.request("GET", "/docs").status_code == 200


def test_health_tells_the_offices_time_and_database(world: World):
    told = world.get(None, "/health").json()
    assert told == {"status": "ok", "database": world.office.database.kind, "now": "2026-11-20T01:00:00+00:00"}


def test_loading_the_app_loads_nothing_heavy():
    heavy = ("prefect", "sklearn", "scipy", "numpy", "httpx", "cases.suggest", "cases.migrations")
    heavy += ("typst", "docx", "lxml", "cases.papers.printing", "cases.papers.word")
    program = f"import sys, api.app; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_catalogue(shared: World):
    matters = {one["code"]: one for one in shared.get(None, "/matters").json()["items"]}
    assert matters["XF01"]["name"] == "飞线充电"
    assert {one["code"] for one in shared.get(None, "/communities").json()["items"]} >= {"JT-C01"}
    kinds = {one["kind"] for one in shared.get(WANG, "/organisations?kind=fire").json()["items"]}
    assert kinds == {"fire"}


def test_suggestions_name_their_reasons(shared: World):
    found = shared.get(WANG, "/suggestions?text=楼上扔下一个花盆").json()["items"]
    assert (found[0]["matter"], found[0]["name"]) == ("GA01", "高空抛物")
    assert found[0]["because"]
    assert 0 < found[0]["score"] <= 1
