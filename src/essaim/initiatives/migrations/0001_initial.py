import django.db.models.deletion
import essaim.kit.clock
import essaim.kit.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('communities', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('mechanism', models.CharField(max_length=40)),
                ('preset', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(blank=True, max_length=240, verbose_name='in one sentence')),
                ('brief', models.TextField(blank=True, verbose_name='brief')),
                ('rules', models.JSONField(default=dict)),
                ('rules_version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('halted_at', models.DateTimeField(blank=True, null=True)),
                ('halted_reason', models.TextField(blank=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'mechanism'], name='initiative_community'), models.Index(fields=['mechanism', 'closed_at'], name='initiative_open')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='title')),
                ('body', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('hidden', 'hidden'), ('erased', 'erased')], default='published', max_length=10)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
            ],
            options={
                'indexes': [models.Index(fields=['initiative', 'kind', 'state'], name='contribution_listing'), models.Index(fields=['author', '-id'], name='contribution_author')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('reason', models.TextField()),
                ('rules_before', models.JSONField()),
                ('rules_after', models.JSONField()),
                ('published_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['version'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'version'), name='amendment_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('planned_start', models.DateTimeField(blank=True, null=True)),
                ('planned_end', models.DateTimeField(blank=True, null=True)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('change_reason', models.TextField(blank=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('initiative', 'position'), name='phase_position_once'), models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at'))), name='phase_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=essaim.kit.media.fresh_name, max_length=40, unique=True)),
                ('large', models.FileField(upload_to='pictures/')),
                ('small', models.FileField(upload_to='pictures/')),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('alt', models.CharField(blank=True, max_length=240)),
                ('sent_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contribution', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='initiatives.contribution')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['sender', 'sent_at'], name='picture_sender')],
            },
        ),
        migrations.CreateModel(
            name='Reaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('like', 'I like it'), ('love', 'I love it'), ('thanks', 'thank you'), ('clever', 'clever')], default='like', max_length=10)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='initiatives.contribution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contribution', 'member'), name='reaction_once')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=160)),
                ('body', models.TextField()),
                ('extra', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='initiatives.contribution')),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('contribution_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='initiatives.contribution')),
                ('official', models.BooleanField(default=False)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='initiatives.contribution')),
                ('in_reply_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replies', to='initiatives.comment')),
            ],
            bases=('initiatives.contribution',),
        ),
    ]
