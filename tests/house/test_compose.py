"""The office as containers: every image pinned, every secret asked for, everything watched, and nothing sent home.

The commands of our own image are checked against the command line elsewhere; here only the composition is read.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest
import yaml

from cases.settings import Settings
from tests.house.tree import ROOT

Composition = dict[str, Any]

SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|AUTH|KEY", re.IGNORECASE)
SERVICES = {"database", "prefect-database", "prefect", "migrate", "api", "worker"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
ONE_SHOT = {"migrate", "prefect-database"}
HOUSE_IMAGE = re.compile(r"huiyin:\d+\.\d+\.\d+")
PINNED = re.compile(r"[\w./-]+:\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?")


@pytest.fixture
def composition() -> Composition:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def faults(composition: Composition) -> list[str]:
    """Everything that a person would have to find out the hard way."""
    services: dict[str, Composition] = composition["services"]
    found: list[str] = []
    for name, service in services.items():
        found += [f"{name}: {fault}" for fault in _service_faults(service)]
        found += [f"{name}: {fault}" for fault in _dependency_faults(service, services)]
        found += [
            f"{name}: volume {volume} is not declared" for volume in _volumes(service) - set(composition["volumes"])
        ]
        if name not in ONE_SHOT and service.get("restart") != "unless-stopped":
            found.append(f"{name}: stays down after a crash")
        if name in ONE_SHOT and service.get("restart") != "no":
            found.append(f"{name}: runs for ever")
    return found


def _service_faults(service: Composition) -> list[str]:
    found: list[str] = []
    if not PINNED.fullmatch(service["image"]):
        found.append(f"image {service['image']} is not pinned to a version")
    if service.get("ports") and "healthcheck" not in service:
        found.append("published, but nobody looks whether it answers")
    if "healthcheck" in service and not {"test", "interval", "timeout", "retries"} <= service["healthcheck"].keys():
        found.append("a health check without test, interval, timeout or retries")
    found += [
        f"port {port} is open to the world" for port in service.get("ports", []) if not port.startswith("127.0.0.1:")
    ]
    for key, value in service.get("environment", {}).items():
        found += _secret_faults(key, str(value))
    if HOUSE_IMAGE.fullmatch(service["image"]) and service.get("cap_drop") != ["ALL"]:
        found.append("keeps capabilities it does not need")
    return found


def _secret_faults(key: str, value: str) -> list[str]:
    """A secret is asked for with ``${NAME:?…}``: no default, and nothing written down."""
    found = [
        f"{key}: {variable} has a default"
        for variable in re.findall(r"\$\{\w+:?-[^}]*\}", value)
        if SECRET.search(variable)
    ]
    asked = re.sub(r"\$\{\w+:\?[^}]+\}", "", value)
    if "$" in asked:
        found.append(f"{key}: a variable that may be empty")
    named = SECRET.search(key) and not key.endswith("_ARGS")
    if (named and asked) or re.search(r"://[^/@\s]*:[^/@\s]+@", asked):
        found.append(f"{key}: a secret is written down")
    return found


def _dependency_faults(service: Composition, services: dict[str, Composition]) -> list[str]:
    found: list[str] = []
    for other, how in service.get("depends_on", {}).items():
        if other not in services or how["condition"] not in CONDITIONS:
            found.append(f"waits for {other}, which cannot happen")
        elif how["condition"] == "service_healthy" and "healthcheck" not in services[other]:
            found.append(f"waits for {other} to be healthy, but it has no health check")
        elif how["condition"] == "service_completed_successfully" and other not in ONE_SHOT:
            found.append(f"waits for {other} to end, but it never does")
    return found


def _volumes(service: Composition) -> set[str]:
    return {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith((".", "/"))}


def test_the_composition_is_sound(composition: Composition):
    assert set(composition["services"]) == SERVICES
    assert faults(composition) == []


def test_postgresql_is_one_that_the_house_supports(composition: Composition):
    image = composition["services"]["database"]["image"]
    assert int(re.sub(r"postgres:(\d+).*", r"\1", image)) >= 15


def test_every_setting_that_is_given_exists(composition: Composition):
    given = {key for service in composition["services"].values() for key in service.get("environment", {})}
    ours = {key.removeprefix("HUIYIN_").lower() for key in given if key.startswith("HUIYIN_")}
    assert {"database", "home", "host", "prefect_api"} == ours
    assert ours <= Settings.model_fields.keys()


def test_what_is_published_is_where_the_console_listens(composition: Composition):
    port = Settings.model_fields["port"].default
    assert composition["services"]["api"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"127.0.0.1:{port}/" in str(composition["services"]["api"]["healthcheck"])


def test_nothing_is_sent_home(composition: Composition):
    for name in ("prefect", "api", "worker"):
        environment = composition["services"][name]["environment"]
        assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        assert environment["DO_NOT_TRACK"] == "1"


def test_the_image_runs_as_nobody_special_on_locked_packages():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    *_, last = text.split("\nFROM ")
    assert re.search(r"^USER (?!root|0\b)\w+", last, re.MULTILINE)
    assert "--require-hashes -r requirements.run.lock" in text
    assert all(PINNED.fullmatch(image) for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE))


def test_the_image_gets_every_file_it_copies():
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    assert {name for line in wanted for name in line.split()} == let_in
    assert all((ROOT / name).exists() for name in let_in)


@pytest.mark.parametrize(
    ("service", "key", "value", "fault"),
    [
        ("api", "image", "huiyin:latest", "not pinned"),
        ("database", "image", "postgres", "not pinned"),
        ("api", "healthcheck", None, "nobody looks"),
        ("prefect", "healthcheck", None, "has no health check"),
        ("api", "ports", ["8000:8000"], "open to the world"),
        ("worker", "restart", "no", "stays down"),
        ("worker", "volumes", ["letters:/letters"], "volume letters is not declared"),
        ("worker", "cap_drop", [], "capabilities"),
        ("database", "environment", {"POSTGRES_PASSWORD": "huiyin"}, "a secret is written down"),
        ("database", "environment", {"POSTGRES_PASSWORD": "${POSTGRES_PASSWORD:-huiyin}"}, "has a default"),
        ("database", "environment", {"POSTGRES_PASSWORD": "${POSTGRES_PASSWORD}"}, "may be empty"),
        ("api", "environment", {"HUIYIN_DATABASE": "postgresql://huiyin:huiyin@database/huiyin"}, "written down"),
        ("api", "depends_on", {"worker": {"condition": "service_completed_successfully"}}, "it never does"),
    ],
)
def test_a_fault_is_found(composition: Composition, service: str, key: str, value: object, fault: str):
    broken = deepcopy(composition)
    if value is None:
        del broken["services"][service][key]
    else:
        broken["services"][service][key] = value
    assert any(fault in found for found in faults(broken))
