"""`billing-copilot migrate | backup | restore | erase-practice`: what is kept, over an upgrade, a loss, and its end."""

from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import AsJson, copilot, print_json
from bot.errors import UserError


def migrate(as_json: AsJson = False) -> None:
    """Bring the database's tables up to date; safe to run twice, and by several at once."""
    from bot.settings import load_settings
    from bot.storage.database import migrate_database

    settings = load_settings()
    done = migrate_database(settings.database_url.get_secret_value(), settings.data_dir)
    if as_json:
        copy = str(done.copy) if done.copy else None
        print_json({"changed": done.changed, "before": done.before or None, "after": done.after, "copy": copy})
    elif done.changed:
        kept = f" The file as it was is kept for a week: {done.copy}" if done.copy else ""
        typer.echo(f"The tables are at revision {done.after} now, from {done.before or 'none'}.{kept}")
    else:
        typer.echo(f"The tables are at revision {done.after}: nothing to do.")


def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or the file to write (.zip).")],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Write the key too, to a file of its own: keep it elsewhere.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Back up the database into one file, while the bot runs or not. The key is never in it."""
    from bot.settings import load_settings
    from bot.storage.backup import back_up
    from bot.storage.key_backup import kept_keys, write_keys

    settings = load_settings()
    keys = kept_keys(settings.data_dir) if with_key else {}
    done = back_up(settings.database_url.get_secret_value(), settings.data_dir, target)
    key = write_keys(keys, done.file.with_suffix(".key.json")) if keys else None
    manifest = done.manifest
    if as_json:
        told = manifest.model_dump(mode="json", include={"made_at", "database", "revision", "rows"})
        print_json({"file": str(done.file), "key_file": str(key) if key else None, **told})
        return
    typer.echo(f"{done.file}: {sum(manifest.rows.values())} rows of {manifest.database}.")
    if key:
        typer.echo(f"The key is in {key}: keep it in another place than the backup.")
    else:
        typer.echo("The key is not in it; --with-key writes it to a file of its own.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
    key: Annotated[Path | None, typer.Option("--key", help="The key's file, from backup --with-key.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Put it over what is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a backup and make the search index anew. Stop the bot first."""
    from bot.settings import load_settings
    from bot.storage.backup import restore as put_back
    from bot.storage.key_backup import put_keys, read_keys, refuse_other_keys

    settings = load_settings()
    keys = read_keys(key) if key else {}
    if not force:
        refuse_other_keys(keys, settings.data_dir)
    manifest = put_back(settings.database_url.get_secret_value(), settings.data_dir, file, force=force)
    put_keys(keys, settings.data_dir)
    restored = copilot()
    report = restored.build_index()
    restored.embed_documents()
    restored.close()
    if as_json:
        told = manifest.model_dump(mode="json", include={"made_at", "database", "rows"})
        print_json({"file": str(file), "key": bool(keys), **told, "index": report.as_json()})
        return
    typer.echo(f"{sum(manifest.rows.values())} rows of {manifest.made_at:%Y-%m-%d %H:%M} UTC are back. {report}")
    if not keys:
        typer.echo("No key was put back: earlier notes are known again only with the key of that time.")


def erase_practice(
    practice: Annotated[str, typer.Argument(metavar="TEAM_ID", help="The practice, by its Slack team id (T…).")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase; without it rows are only counted.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase all that stands of one practice, but the audit record. Without --yes it is only counted."""
    from bot.storage.erasing import erase, is_installed, practices, rows_of

    program = copilot()
    engine = program.database
    rows = rows_of(engine, practice)
    if not any(rows.values()):
        known = ", ".join(practices(engine)) or "nobody"
        raise UserError(f"Nothing is on record of {practice}, so there is nothing to erase: on record is {known}.")
    if yes:
        rows = erase(engine, practice, program.audit_record)
    installed = is_installed(engine, practice)
    program.close()
    if as_json:
        print_json({"practice": practice, "erased": yes, "rows": rows, "app_installed": installed})
        return
    for table, number in rows.items():
        if number:
            typer.echo(f"{table}: {number}")
    told = "erased. Restart the bot, and delete the backups that hold them" if yes else "would be erased: add --yes"
    typer.echo(f"{sum(rows.values())} rows of {practice} {told}.")
    if installed:
        typer.echo("Its workspace still has the app, and goes on from nothing: remove it there to end that too.")
