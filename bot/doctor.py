"""What the installation is made of, and what is wrong with it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from bot.app import Copilot
from bot.errors import CopilotError


@dataclass(frozen=True)
class Check:
    """One thing looked at: `fail` stops work, `warn` does not."""

    name: str
    status: Literal["ok", "warn", "fail"]
    detail: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def examine(copilot: Copilot) -> list[Check]:
    """Look at every part in turn; a part that fails does not stop the look at the next."""
    return [
        check
        for look in (_python, _knowledge, _course, _codes, _embedder, _index, _state, _audit_record, _model, _slack)
        for check in _guarded(look, copilot)
    ]


def _guarded(look: Callable[[Copilot], Iterator[Check]], copilot: Copilot) -> Iterator[Check]:
    name = look.__name__.strip("_")
    try:
        yield from look(copilot)
    except CopilotError as error:
        yield Check(name, "fail", str(error))


def _python(_: Copilot) -> Iterator[Check]:
    yield Check("python", "ok", sys.version.split()[0])


def _knowledge(copilot: Copilot) -> Iterator[Check]:
    catalog = copilot.catalog
    facts = sum(len(payer.facts) for payer in catalog.payers.values())
    named = sum(not payer.background for payer in catalog.payers.values())
    yield Check("knowledge", "ok" if facts else "fail", f"{named} payers and programmes on file, {facts} facts")
    for problem in catalog.problems:
        yield Check("knowledge", "warn", str(problem))


def _course(_: Copilot) -> Iterator[Check]:
    from bot.onboarding.course import shipped_course

    course = shipped_course()
    drills = sum(len(module.drills) for module in course.modules)
    yield Check("course", "ok" if course.modules else "warn", f"{len(course.modules)} lessons, {drills} drills")
    for problem in course.problems:
        yield Check("course", "warn", problem)


def _codes(_: Copilot) -> Iterator[Check]:
    from datetime import date

    from bot.claims.codes import code_set

    codes = code_set()
    told = f"ICD-10-CM {', '.join(release.name for release in codes.releases)}, to {codes.newest.valid_to}"
    if codes.in_force(date.today()):
        yield Check("codes", "ok", told)
    else:
        yield Check("codes", "warn", f"{told}: a newer release is out, see knowledge/codes/README.md")


def _embedder(copilot: Copilot) -> Iterator[Check]:
    copilot.embedder.embed(["group psychotherapy"])
    yield Check("embedder", "ok", copilot.embedder.fingerprint)


def _index(copilot: Copilot) -> Iterator[Check]:
    from bot.policies.index import open_index

    index = open_index(copilot.settings.data_dir, copilot.embedder, copilot.settings.chroma_url)
    current = index.is_current(copilot.catalog)
    yield Check(
        "index",
        "ok" if current else "warn",
        "current" if current else "older than the knowledge: run billing-copilot index",
    )


def _state(copilot: Copilot) -> Iterator[Check]:
    from bot.storage.database import open_database
    from bot.storage.schema import newest_revision

    settings = copilot.settings
    engine = open_database(
        settings.database_url.get_secret_value(), settings.data_dir, migrate=settings.migrate_on_start
    )
    engine.dispose()
    told = f"{engine.dialect.name}, tables at revision {newest_revision()}, data folder {settings.data_dir}"
    yield Check("state", "ok", told)


def _audit_record(copilot: Copilot) -> Iterator[Check]:
    if copilot.audit_record is None:
        yield Check("audit record", "warn", "off: AUDIT_RECORD=false")
        return
    checked = [copilot.audit_record.check(practice) for practice in copilot.audit_record.practices()]
    for one in checked:
        if one.problem:
            told = f"not whole at entry {one.problem.number}: run billing-copilot audit-log verify"
            yield Check("audit record", "fail", told)
    if all(one.problem is None for one in checked):
        yield Check("audit record", "ok", f"{sum(one.entries for one in checked)} entries hold")


def _model(copilot: Copilot) -> Iterator[Check]:
    from bot.llm.factory import missing_key
    from bot.llm.providers import standing

    settings = copilot.settings
    model = copilot.model
    if model is None:
        yield Check("model", "ok", "none: offline judge and templates")
    elif lacking := missing_key(settings.llm_model):
        yield Check("model", "fail", f"{lacking} is not set: the offline results stand until it is")
    else:
        told = standing(settings.llm_model, settings.llm_providers, settings.llm_without_baa)
        yield Check("model", "ok", f"{model.name} (not called), {told}")


def _slack(copilot: Copilot) -> Iterator[Check]:
    if not copilot.settings.joins_slack:
        yield Check("slack", "ok", "no tokens: run opens the local workspace")
        return
    from bot.slack.app import bolt_app, practice_of
    from bot.slack.connection import open_socket_address

    settings = copilot.settings
    assert settings.slack_app_token
    app = bolt_app(settings)
    practice_of(app, settings)
    open_socket_address(app, settings.slack_app_token.get_secret_value())
    yield Check("slack", "ok", f"both tokens accepted by {settings.slack_api_url}")
