import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activity', '0002_guards'),
        ('communities', '0001_initial'),
        ('initiatives', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('count', models.PositiveIntegerField(default=0)),
                ('people', models.PositiveIntegerField(default=0)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.community')),
                ('contribution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.contribution')),
                ('latest', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', '-latest'], name='line_community'), models.Index(fields=['member', '-latest'], name='line_member')],
                'constraints': [models.UniqueConstraint(fields=('community', 'member', 'key'), name='line_key_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('community', None), ('member', None), _connector='OR'), name='line_one_audience')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.BigIntegerField(null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='feed.line')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'activity'), name='part_once')],
            },
        ),
    ]
