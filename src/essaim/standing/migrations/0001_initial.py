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
            name='PastScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=6, max_digits=18)),
                ('low', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('high', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('basis', models.JSONField(default=dict)),
                ('concluded_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-concluded_at', '-id'],
                'indexes': [models.Index(fields=['member', 'kind', '-concluded_at'], name='score_history')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('value', models.DecimalField(decimal_places=6, max_digits=18)),
                ('low', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('high', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('basis', models.JSONField(default=dict)),
                ('concluded_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', '-value'], name='score_ranking')],
                'constraints': [models.UniqueConstraint(fields=('member', 'community', 'kind'), name='score_current_once', nulls_distinct=False)],
            },
        ),
    ]
