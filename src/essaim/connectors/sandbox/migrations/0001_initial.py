import django.db.models.deletion
import essaim.connectors.sandbox.models
import essaim.kit.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('payment', 'Payment'), ('payout', 'Payout')], max_length=10)),
                ('key', models.CharField(max_length=64)),
                ('reference', models.CharField(max_length=64, unique=True)),
                ('amount', models.BigIntegerField()),
                ('unit', models.CharField(max_length=5)),
                ('memo', models.CharField(blank=True, max_length=300)),
                ('return_path', models.CharField(blank=True, max_length=300)),
                ('choice', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('capture', models.CharField(default='now', max_length=5)),
                ('closed', models.CharField(blank=True, max_length=10)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='sandbox_order_once')],
            },
        ),
        migrations.CreateModel(
            name='Till',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payouts', models.CharField(default='settled', max_length=20)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='sandbox_one_till')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(default=essaim.connectors.sandbox.models.new_event_id, max_length=40, unique=True)),
                ('type', models.CharField(max_length=40)),
                ('amount', models.BigIntegerField()),
                ('request_key', models.CharField(max_length=64, null=True, unique=True)),
                ('occurred_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('copies', models.PositiveSmallIntegerField(default=1)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('answer', models.CharField(blank=True, max_length=200)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='sandbox.order')),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['due_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('copies__gt', 0)), fields=['due_at'], name='sandbox_word_due')],
            },
        ),
    ]
