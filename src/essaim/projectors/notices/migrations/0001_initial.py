import django.contrib.postgres.fields
import django.db.models.deletion
import essaim.kit.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activity', '0002_guards'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='activity.activity')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('frequency', models.CharField(choices=[('instant', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never by e-mail')], max_length=8)),
                ('topic', models.CharField(blank=True, choices=[('mine', 'What touches me and what I made'), ('discussion', 'Discussions I take part in'), ('money', 'My money and my royalties'), ('initiatives', 'What opens, moves and closes where I am a member'), ('interests', 'What opens elsewhere and meets my interests'), ('hosting', 'What needs me as a host'), ('reactions', 'Reactions to what I wrote')], max_length=12)),
                ('activities', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('message_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('claimed', 'being sent'), ('sent', 'sent'), ('uncertain', 'perhaps sent'), ('refused', 'refused by the mail server'), ('dropped', 'not wanted any more')], default='waiting', max_length=9)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('due_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'claimed'])), fields=['due_at'], name='letter_due')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('mine', 'What touches me and what I made'), ('discussion', 'Discussions I take part in'), ('money', 'My money and my royalties'), ('initiatives', 'What opens, moves and closes where I am a member'), ('interests', 'What opens elsewhere and meets my interests'), ('hosting', 'What needs me as a host'), ('reactions', 'Reactions to what I wrote')], max_length=12)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-activity'],
                'constraints': [models.UniqueConstraint(fields=('member', 'activity'), name='notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('mine', 'What touches me and what I made'), ('discussion', 'Discussions I take part in'), ('money', 'My money and my royalties'), ('initiatives', 'What opens, moves and closes where I am a member'), ('interests', 'What opens elsewhere and meets my interests'), ('hosting', 'What needs me as a host'), ('reactions', 'Reactions to what I wrote')], max_length=12)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'activity'), name='pending_once')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('mine', 'What touches me and what I made'), ('discussion', 'Discussions I take part in'), ('money', 'My money and my royalties'), ('initiatives', 'What opens, moves and closes where I am a member'), ('interests', 'What opens elsewhere and meets my interests'), ('hosting', 'What needs me as a host'), ('reactions', 'Reactions to what I wrote')], max_length=12)),
                ('frequency', models.CharField(choices=[('instant', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never by e-mail')], max_length=8)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'topic'), name='preference_once')],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'activity'), name='seen_once')],
            },
        ),
    ]
