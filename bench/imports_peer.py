"""The peer of `bench.imports`: `python -m bench.imports_peer FILE DATABASE` puts a workbook into a bare table."""

from __future__ import annotations

import sys
from pathlib import Path


def main(file: str, database: str) -> None:
    """Every row of the file stands in the table, by django-import-export in bulk."""
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "import_export"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    import django

    django.setup()
    from django.db import connection, models
    from import_export import resources
    from tablib import Dataset

    columns = {f"c{number}": models.TextField() for number in range(12)}
    table = type("Meta", (), {"app_label": "peer"})
    row = type("Row", (models.Model,), {**columns, "__module__": "peer", "Meta": table})
    with connection.schema_editor() as editor:
        editor.create_model(row)
    options = {"model": row, "use_bulk": True, "import_id_fields": (), "fields": tuple(columns), "skip_diff": True}
    resource = type("Resource", (resources.ModelResource,), {"Meta": type("Meta", (), options)})
    data = Dataset().load(Path(file).read_bytes(), format="xlsx")
    data.headers = list(columns)
    resource().import_data(data, raise_errors=True)
    assert row.objects.count() == len(data)


if __name__ == "__main__":
    main(*sys.argv[1:3])
