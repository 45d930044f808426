

import chanjiao.apps.reference.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0002_training_material'),
        ('programmes', '0002_supply_and_demand'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='number')),
                ('change', models.CharField(max_length=20, verbose_name='change')),
                ('level', models.CharField(choices=[('secondary', 'Secondary vocational'), ('associate', 'Associate (higher vocational)'), ('bachelor', 'Bachelor')], max_length=10, verbose_name='level')),
                ('programme_code', chanjiao.apps.reference.fields.CodeField(max_length=16, system='programme', verbose_name='programme')),
                ('major_code', chanjiao.apps.reference.fields.CodeField(max_length=16, system='major', verbose_name='undergraduate major')),
                ('into_code', chanjiao.apps.reference.fields.CodeField(max_length=16, system='programme', verbose_name='goes into')),
                ('chain', models.CharField(blank=True, max_length=80, verbose_name='industry chain')),
                ('seats_now', models.PositiveIntegerField(default=0, verbose_name='present intake')),
                ('seats_planned', models.PositiveIntegerField(default=0, verbose_name='planned intake')),
                ('from_year', models.PositiveSmallIntegerField(verbose_name='from the year')),
                ('case', models.TextField(max_length=4000, verbose_name='why')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('complete', 'Dossier complete'), ('opinions', 'Opinions being given'), ('ready', 'Ready for the vote'), ('decided', 'Voted on'), ('carried_out', 'Change carried out'), ('measured', 'Effect measured'), ('withdrawn', 'Withdrawn')], db_index=True, max_length=12, verbose_name='state')),
                ('created_by', models.CharField(max_length=150, verbose_name='written by')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('completed_at', models.DateTimeField(blank=True, null=True, verbose_name='first complete')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready for the vote')),
                ('decision', models.CharField(blank=True, choices=[('approved', 'Approved'), ('refused', 'Refused')], max_length=10, verbose_name='decision')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('resolution', models.CharField(blank=True, max_length=120, verbose_name='resolution')),
                ('reason', models.CharField(blank=True, max_length=20, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                ('carried_out_on', models.DateField(blank=True, null=True, verbose_name='carried out on')),
                ('seats_done', models.PositiveIntegerField(blank=True, null=True, verbose_name='intake as carried out')),
                ('effect', models.CharField(blank=True, choices=[('reached', 'Reached'), ('partly', 'Partly reached'), ('missed', 'Not reached')], max_length=10, verbose_name='effect')),
                ('effect_words', models.TextField(blank=True, max_length=2000, verbose_name='effect in words')),
                ('measured_at', models.DateTimeField(blank=True, null=True, verbose_name='measured')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('college', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='members.organisation', verbose_name='college')),
                ('consortium', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='members.consortium', verbose_name='consortium')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dossiers_taken_over', to='members.organisation', verbose_name='college that takes over')),
                ('point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='dossiers', to='programmes.programmepoint', verbose_name='programme point')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('kind', models.CharField(choices=[('figure', 'Figure'), ('need', 'Need of a firm'), ('agreement', 'Agreement'), ('card', 'Warning card'), ('plan', 'Plan'), ('course', 'Courses beside occupations'), ('file', 'File')], max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('measure', models.CharField(blank=True, max_length=20, verbose_name='measure')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='amount')),
                ('amount_after', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='a year later')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size')),
                ('file_name', models.CharField(blank=True, max_length=150, verbose_name='file name')),
                ('media_type', models.CharField(blank=True, max_length=100, verbose_name='kind of file')),
                ('cited_by', models.CharField(max_length=150, verbose_name='cited by')),
                ('cited_at', models.DateTimeField(verbose_name='cited')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='dossiers.dossier')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['dossier_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('college', 'College'), ('committee', 'Guidance committee'), ('firms', 'Firms')], max_length=10, verbose_name='side')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('due_on', models.DateField(verbose_name='until')),
                ('verdict', models.CharField(blank=True, choices=[('for', 'In favour'), ('conditions', 'In favour on conditions'), ('against', 'Against')], max_length=10, verbose_name='verdict')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='in words')),
                ('given_by', models.CharField(blank=True, max_length=150, verbose_name='given by')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='given')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='dossiers.dossier')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='members.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'opinion',
                'verbose_name_plural': 'opinions',
                'ordering': ['dossier_id', 'side', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'complete', 'opinions', 'ready'])), fields=('point',), name='dossier_one_pending_per_point'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('programme_code', ''), ('major_code', ''), _connector='XOR'), name='dossier_one_code'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['decided', 'carried_out', 'measured']), models.Q(('decision', ''), _negated=True)), models.Q(models.Q(('state__in', ['decided', 'carried_out', 'measured']), _negated=True), ('decision', '')), _connector='OR'), name='dossier_decided_with_decision'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='dossier_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'measured'), _negated=True), models.Q(models.Q(('effect', ''), _negated=True), ('carried_out_on__isnull', False)), _connector='OR'), name='dossier_measured_with_effect'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(fields=('dossier', 'number'), name='evidence_once_per_number'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'file'), _negated=True), fields=('dossier', 'kind', 'object_type', 'object_id', 'measure'), name='evidence_cited_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'file'), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('kind', 'file'), _negated=True), models.Q(('object_type', ''), _negated=True)), _connector='OR'), name='evidence_row_or_file'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('dossier', 'organisation'), name='opinion_once_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('given_at__isnull', False)), _connector='OR'), name='opinion_given_at_a_time'),
        ),
    ]
