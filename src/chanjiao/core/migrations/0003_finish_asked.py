"""Somebody may ask a job to end early with what it has."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='finish_asked',
            field=models.BooleanField(default=False, verbose_name='early end asked'),
        ),
    ]
