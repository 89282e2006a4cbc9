import django.contrib.postgres.indexes
import django.db.models.deletion
import essaim.kit.clock
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
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(max_length=60)),
                ('verb', models.CharField(max_length=20)),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.BigIntegerField(null=True)),
                ('initiative_id', models.BigIntegerField(null=True)),
                ('payload', models.JSONField(default=dict)),
                ('origin', models.CharField(default='here', max_length=60)),
                ('weight', models.FloatField(default=0)),
                ('public', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('erased_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', '-id'], name='activity_community'), models.Index(fields=['initiative_id', '-id'], name='activity_initiative'), models.Index(fields=['actor', '-id'], name='activity_actor'), models.Index(fields=['target', '-id'], name='activity_target'), models.Index(fields=['object_type', 'object_id'], name='activity_object'), models.Index(condition=models.Q(('public', True)), fields=['-id'], name='activity_public'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='activity_at')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('projector', models.CharField(max_length=40)),
                ('due_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='activity.activity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('projector', 'activity'), name='delivery_once')],
            },
        ),
    ]
