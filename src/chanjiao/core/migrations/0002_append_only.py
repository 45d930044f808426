"""Triggers that refuse to change or delete the audit record and the events, whoever asks the database.

Records older than the half year that the Cybersecurity Law (art. 21) asks to keep may be deleted.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("core_auditrecord", "core_event")

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN OLD.at > datetime('now', '-183 days')
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION chanjiao_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '183 days' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'append-only';
END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION chanjiao_append_only();
"""


def refuse_changes(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(POSTGRESQL.format(table=table))
        return
    for table in TABLES:
        for statement in SQLITE.format(table=table).split("END;"):
            if statement.strip():
                schema_editor.execute(f"{statement.strip()} END;")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
