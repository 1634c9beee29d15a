"""An audit as files in a folder."""

from collections.abc import Callable
from pathlib import Path

from bot.audit.run import AuditRun
from bot.errors import UserError


def write_report(done: AuditRun, folder: Path) -> None:
    """Write report.html, report.pdf, findings.csv and audit.json, for their owner's eyes only; raises UserError."""
    from bot.audit.findings_csv import findings_csv
    from bot.audit.page import page
    from bot.audit.pdf import audit_pdf

    files: dict[str, Callable[[], bytes]] = {
        "report.html": lambda: page(done).encode("utf-8", "replace"),
        "report.pdf": lambda: audit_pdf(done.audit),
        "findings.csv": lambda: findings_csv(done.audit),
        "audit.json": lambda: done.audit.model_dump_json(indent=1).encode("utf-8", "replace"),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, made in files.items():
            path = folder / name
            path.touch(mode=0o600)
            path.write_bytes(made())
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from None
