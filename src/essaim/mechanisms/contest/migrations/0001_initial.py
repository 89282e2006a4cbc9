import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import essaim.kit.clock
import essaim.mechanisms.contest.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0002_guards'),
        ('people', '__first__'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='BallotBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=essaim.mechanisms.contest.models.fresh_salt)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('source_url', models.URLField(blank=True)),
                ('sealed_at', models.DateTimeField(blank=True, null=True)),
                ('seal', models.CharField(blank=True, max_length=64)),
                ('count', models.JSONField(blank=True, default=dict)),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Funding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveBigIntegerField()),
                ('unit', models.CharField(max_length=8)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('funded_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('funded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('contribution_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='initiatives.contribution')),
                ('number', models.PositiveIntegerField()),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=200)),
                ('search_text', models.TextField(editable=False)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('origin', models.JSONField(blank=True, default=dict)),
                ('merged_at', models.DateTimeField(blank=True, null=True)),
                ('moderation', models.SmallIntegerField(blank=True, null=True)),
                ('source_id', models.CharField(blank=True, max_length=80, null=True)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='contest.idea')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='idea_search', opclasses=['gin_trgm_ops']), models.Index(fields=['contest', 'merged_into'], name='idea_listing')],
                'constraints': [models.UniqueConstraint(fields=('contest', 'number'), name='idea_number_once'), models.UniqueConstraint(fields=('contest', 'source_id'), name='idea_source_once'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('contribution_ptr')), _negated=True), name='idea_not_into_itself'), models.CheckConstraint(condition=models.Q(models.Q(('merged_at', None), ('merged_into', None)), models.Q(('merged_at__isnull', False), ('merged_into__isnull', False)), _connector='OR'), name='idea_merged_when')],
            },
            bases=('initiatives.contribution',),
        ),
        migrations.CreateModel(
            name='CoAuthorOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('offered', 'offered'), ('accepted', 'accepted'), ('declined', 'declined')], default='offered', max_length=10)),
                ('offered_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='contest.idea')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('idea', 'member'), name='offer_once')],
            },
        ),
        migrations.CreateModel(
            name='BallotLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField(null=True)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('cause', models.CharField(choices=[('cast', 'cast'), ('withdrawn', 'taken back'), ('carried', 'carried over by a merge'), ('voided', 'voided'), ('imported', 'imported')], default='cast', max_length=10)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contest.idea')),
            ],
            options={
                'indexes': [models.Index(fields=['contest', 'id'], name='ballot_line_replay')],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__in', (-1, 0, 1)), ('value', None), _connector='OR'), name='ballot_line_value')],
            },
        ),
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField(default=essaim.kit.clock.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='contest.idea')),
            ],
            options={
                'ordering': ['-share', 'id'],
                'constraints': [models.UniqueConstraint(fields=('idea', 'member'), name='authorship_once'), models.CheckConstraint(condition=models.Q(('share__lte', 10000)), name='authorship_share_within')],
            },
        ),
        migrations.CreateModel(
            name='JuryScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField()),
                ('comment', models.TextField(blank=True)),
                ('given_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_scores', to='contest.idea')),
                ('juror', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('idea', 'juror'), name='jury_score_once'), models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='jury_score_within')],
            },
        ),
        migrations.CreateModel(
            name='JurySeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appointed_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.initiative')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'member'), name='jury_seat_once')],
            },
        ),
        migrations.CreateModel(
            name='OfficialAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('evaluating', 'being looked at'), ('accepted', 'accepted'), ('rejected', 'not taken up'), ('done', 'done')], max_length=12)),
                ('body', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='contest.idea')),
            ],
            options={
                'ordering': ['-answered_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PanelTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.SlugField(max_length=40)),
                ('opened_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('passed', models.BooleanField(null=True)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='contest.idea')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('idea', 'rung'), name='panel_test_open_once')],
            },
        ),
        migrations.CreateModel(
            name='PanelSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comment', models.TextField(blank=True)),
                ('scored_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('test', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='contest.paneltest')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('test', 'member'), name='panel_seat_once'), models.CheckConstraint(condition=models.Q(('score__lte', 100), ('score', None), _connector='OR'), name='panel_score_within')],
            },
        ),
        migrations.CreateModel(
            name='Placeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_id', models.CharField(max_length=80)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.initiative')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'source_id'), name='placeholder_once')],
            },
        ),
        migrations.CreateModel(
            name='RungReached',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.SlugField(max_length=40)),
                ('reached_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('votes', models.PositiveIntegerField(default=0)),
                ('amount', models.PositiveBigIntegerField(default=0)),
                ('unit', models.CharField(blank=True, max_length=8)),
                ('entry_key', models.CharField(blank=True, max_length=120)),
                ('product_id', models.BigIntegerField(blank=True, null=True)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rungs', to='contest.idea')),
            ],
            options={
                'ordering': ['reached_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('idea', 'rung', 'attempt'), name='rung_once'), models.UniqueConstraint(condition=models.Q(('entry_key', ''), _negated=True), fields=('entry_key',), name='rung_paid_once')],
            },
        ),
        migrations.CreateModel(
            name='AwardDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_back', models.BooleanField()),
                ('reason', models.TextField()),
                ('decided_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reached', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='contest.rungreached')),
            ],
        ),
        migrations.CreateModel(
            name='SurgeAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('arrivals', models.PositiveIntegerField()),
                ('usual', models.FloatField()),
                ('deviations', models.FloatField()),
                ('raised_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='contest.idea')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-raised_at'],
                'constraints': [models.UniqueConstraint(fields=('idea', 'hour'), name='surge_alarm_once')],
            },
        ),
        migrations.CreateModel(
            name='Voiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('votes', models.PositiveIntegerField()),
                ('decided_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('idea', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voidings', to='contest.idea')),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.SmallIntegerField()),
                ('cast_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='contest.idea')),
                ('voiding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contest.voiding')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['contest', 'voter'], name='vote_ballot')],
                'constraints': [models.UniqueConstraint(fields=('idea', 'voter'), name='vote_once'), models.CheckConstraint(condition=models.Q(('value__in', (-1, 0, 1))), name='vote_value')],
            },
        ),
    ]
