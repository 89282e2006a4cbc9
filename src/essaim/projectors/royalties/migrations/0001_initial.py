import django.db.models.deletion
import essaim.kit.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activity', '0001_initial'),
        ('people', '__first__'),
        ('products', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Point',
            fields=[
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='activity.activity')),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True, verbose_name='in force from')),
                ('months', models.PositiveSmallIntegerField(choices=[(1, 'each month'), (3, 'each quarter')], verbose_name='stated')),
                ('hold_days', models.PositiveSmallIntegerField(default=30, verbose_name='days held before release')),
                ('decided_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('label', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField()),
                ('net', models.BigIntegerField()),
                ('owed', models.BigIntegerField()),
                ('settled', models.BigIntegerField(default=0)),
                ('credited', models.BigIntegerField(default=0)),
                ('taken', models.BigIntegerField(default=0)),
                ('carried', models.BigIntegerField(default=0)),
                ('unit', models.CharField(max_length=8)),
                ('since_arrival', models.BigIntegerField()),
                ('through_arrival', models.BigIntegerField()),
                ('issued_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='products.product')),
            ],
            options={
                'ordering': ['-issued_at', '-first_day', 'id'],
                'indexes': [models.Index(fields=['holder', '-issued_at'], name='statement_holder'), models.Index(fields=['due_at'], name='statement_due')],
                'constraints': [models.UniqueConstraint(fields=('product', 'holder', 'first_day', 'version'), name='statement_version_once'), models.CheckConstraint(condition=models.Q(('carried__gte', 0), ('credited__gte', 0), ('settled__gte', 0), ('taken__gte', 0)), name='statement_parts_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement_key', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('announced', 'announced'), ('released', 'released')], max_length=10)),
                ('amount', models.BigIntegerField(default=0)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('statement_key', 'kind'), name='step_once')],
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takes', to='royalties.statement')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_from', to='royalties.statement')),
            ],
        ),
    ]
