"""The dashboard and the alerts name what the copilot tells, and it tells nothing that no panel shows."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.observing import Asked, Delivery, DeliveryKind, Reviewed, Told, WorkOutcome, WorkTried
from tests.telemetry.test_metrics import scraped

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
ALERTS = yaml.safe_load((DEPLOY / "alerts.yaml").read_text("utf-8"))
NAME = re.compile(r"\bcopilot_[a-z_]+")


def told() -> set[str]:
    """The names of all samples that a scrape of a busy copilot holds."""
    from datetime import UTC, datetime

    metrics = scraped()
    work = WorkTried("Ev1", datetime.now(UTC), outcome=WorkOutcome.DONE)
    asked, reviewed = Asked([Told("units", "offline", False)]), Reviewed("offline")
    with (
        metrics.watch(Delivery(DeliveryKind.EVENT)),
        metrics.watch(work),
        metrics.watch(asked),
        metrics.watch(reviewed),
    ):
        pass
    return set(re.findall(r"(?m)^(copilot_[a-z_]+)", metrics.page().decode()))


def named(texts: list[str]) -> set[str]:
    return {name for text in texts for name in NAME.findall(text)}


def family(name: str) -> str:
    return re.sub(r"_(bucket|count|sum|total)$", "", name)


def panels() -> list[dict]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def test_every_metric_of_the_dashboard_is_told() -> None:
    shown = named([target["expr"] for panel in panels() for target in panel["targets"]])
    assert shown
    assert shown - told() == set()


def test_every_metric_that_is_told_has_a_panel() -> None:
    shown = named([target["expr"] for panel in panels() for target in panel["targets"]])
    assert {family(name) for name in told()} - {family(name) for name in shown} == set()


def test_every_metric_of_an_alert_is_told() -> None:
    rules = [rule for group in ALERTS["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules) >= 6
    assert named([rule["expr"] for rule in rules]) - told() == set()
    assert named([rule["annotations"]["description"] for rule in rules]) - told() == set()


def test_panels_have_a_place_of_their_own_and_a_title() -> None:
    places = [tuple(panel["gridPos"][key] for key in "xywh") for panel in panels()]
    assert len(set(places)) == len(places)
    assert all(x + w <= 24 for x, _, w, _ in places)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert all(panel["title"] for panel in panels())


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Debian's package prometheus")
def test_prometheus_takes_the_rules_and_the_metrics() -> None:
    subprocess.run(["promtool", "check", "rules", DEPLOY / "alerts.yaml"], check=True)
    page = scraped().page().decode()
    subprocess.run(["promtool", "check", "metrics"], input=page, text=True, check=True)


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Debian's package prometheus")
@pytest.mark.parametrize(
    ("stale", "facts", "fires"),
    [
        ("512x400", "528x400", False),
        ("512x200 550x200", "528x200 568x200", False),
        ("512x200 500x200", "528x400", False),
        ("512x200 528x200", "528x400", True),
    ],
    ids=["as ever", "an update ships more, stale as the others", "some were verified", "a benefit year began"],
)
def test_stale_facts_alarm_when_their_share_grows_and_not_for_being_many(
    stale: str, facts: str, fires: bool, tmp_path: Path
) -> None:
    firing = 'ALERTS{alertname="CopilotFactsStale",alertstate="firing",severity="info"}'
    series = {"copilot_stale_facts": stale, "copilot_facts": facts}
    test = {
        "interval": "1h",
        "input_series": [{"series": f'{name}{{instance="a"}}', "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": 'ALERTS{alertname="CopilotFactsStale",alertstate="firing"}',
                "eval_time": "204h",
                "exp_samples": [{"labels": firing, "value": 1}] if fires else [],
            }
        ],
    }
    file = tmp_path / "test.yaml"
    rules = {"rule_files": [str(DEPLOY / "alerts.yaml")], "evaluation_interval": "1h"}
    file.write_text(yaml.safe_dump({**rules, "tests": [test]}), "utf-8")
    done = subprocess.run(["promtool", "test", "rules", file], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
