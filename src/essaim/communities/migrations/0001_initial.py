import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import essaim.kit.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=80)),
                ('search_key', models.TextField(editable=False)),
                ('summary', models.CharField(max_length=200, verbose_name='in one sentence')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('visibility', models.CharField(choices=[('open', 'open to all'), ('request', 'on request'), ('invitation', 'by invitation'), ('hidden', 'hidden')], default='open', max_length=12, verbose_name='who may come in')),
                ('interests', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='interests')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='communities.community', verbose_name='part of the community')),
            ],
            options={
                'ordering': ['sort_key'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['interests'], name='community_interests')],
                'constraints': [models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='community_not_its_own_parent')],
            },
        ),
        migrations.CreateModel(
            name='CharterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField(verbose_name='charter')),
                ('published_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.evidence')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charters', to='communities.community')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('community', 'number'), name='charter_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'member'), ('moderator', 'moderator'), ('host', 'host')], default='member', max_length=10)),
                ('state', models.CharField(choices=[('requested', 'requested'), ('invited', 'invited'), ('active', 'active'), ('refused', 'refused'), ('left', 'left')], default='active', max_length=10)),
                ('asked_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('charter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.charterversion')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='communities.community')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'state', 'role'], name='membership_people')],
                'constraints': [models.UniqueConstraint(fields=('community', 'member'), name='membership_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), models.Q(('charter__isnull', False), ('joined_at__isnull', False)), _connector='OR'), name='membership_active_accepted_charter'), models.CheckConstraint(condition=models.Q(('role', 'member'), ('state', 'active'), _connector='OR'), name='membership_role_needs_presence')],
            },
        ),
    ]
