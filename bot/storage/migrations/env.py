"""Alembic's entry: runs what `bot.storage.schema` asks for, over the connection and in the transaction it gives."""

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table only by making it anew
    transactional_ddl=True,  # `schema` opens a real transaction on SQLite too
)
context.run_migrations()
