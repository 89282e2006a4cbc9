import django.db.models.deletion
import django.db.models.expressions
import essaim.kit.clock
import essaim.ledger.models.books
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
            name='BooksCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entries', models.PositiveIntegerField()),
                ('postings', models.PositiveIntegerField()),
                ('faults', models.JSONField(default=list)),
                ('checked_at', models.DateTimeField(default=essaim.kit.clock.now)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_entry_id', models.BigIntegerField(unique=True)),
                ('entries', models.PositiveIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('previous_hash', models.CharField(max_length=64, unique=True)),
                ('totals', models.JSONField(default=dict)),
                ('sealed_at', models.DateTimeField(default=essaim.kit.clock.now)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True)),
                ('unit', models.CharField(max_length=5)),
                ('kind', models.CharField(choices=[('asset', 'what the house holds'), ('liability', 'what the house owes'), ('income', 'what the house earns'), ('expense', 'what the house spends'), ('equity', 'what the house put in')], max_length=10)),
                ('role', models.CharField(choices=[('house', 'the house'), ('escrow', 'money set aside for an initiative'), ('member', 'a member'), ('cause', 'a cause')], max_length=8)),
                ('name', models.CharField(max_length=40)),
                ('number', models.CharField(blank=True, max_length=12)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('initiative_id', models.BigIntegerField(blank=True, db_index=True, null=True)),
                ('floor', models.BigIntegerField(blank=True, null=True)),
                ('summed', models.BooleanField()),
                ('balance', models.BigIntegerField(blank=True, null=True)),
                ('secret', models.CharField(default=essaim.ledger.models.books.new_secret, editable=False, max_length=32)),
                ('opened_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('summed', models.Q(('balance__isnull', True)))), name='account_summed_or_kept'), models.CheckConstraint(condition=models.Q(('floor__isnull', True), ('balance__isnull', True), ('balance__gte', models.F('floor')), _connector='OR'), name='account_floor')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('memo', models.CharField(max_length=500)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('fingerprint', models.CharField(max_length=64)),
                ('lines', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.activity')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='ledger.journalentry')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['at'], name='journalentry_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lines__gte', 2)), name='journalentry_two_lines'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='journalentry_keyed'), models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z][a-z0-9._-]{0,39}$')), name='journalentry_kind_one_word')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('provider', models.CharField(max_length=40)),
                ('reference', models.CharField(max_length=100, null=True)),
                ('amount', models.BigIntegerField()),
                ('unit', models.CharField(max_length=5)),
                ('memo', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('created', 'waiting for the payer'), ('pending', 'being checked by the bank'), ('step_up', 'waiting for the payer’s confirmation at the bank'), ('authorised', 'held by the bank, not taken'), ('succeeded', 'paid'), ('failed', 'refused'), ('expired', 'no longer held, never taken'), ('cancelled', 'cancelled, never taken'), ('refunded', 'paid back'), ('disputed', 'taken back by the bank')], default='created', max_length=10)),
                ('captured', models.BigIntegerField(default=0)),
                ('refunded', models.BigIntegerField(default=0)),
                ('lost', models.BigIntegerField(default=0)),
                ('captured_at', models.DateTimeField(null=True)),
                ('attempted_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('payer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                ('authorised', models.BigIntegerField(default=0)),
                ('capture', models.CharField(choices=[('now', 'taken at once'), ('later', 'held now, taken later')], default='now', max_length=5)),
                ('expires_at', models.DateTimeField(null=True)),
                ('purpose', models.CharField(blank=True, max_length=40)),
                ('return_path', models.CharField(blank=True, max_length=300)),
                ('until', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.UniqueConstraint(fields=('provider', 'reference'), name='payment_reference_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_above_zero'), models.CheckConstraint(condition=models.Q(('captured__gte', django.db.models.expressions.CombinedExpression(models.F('refunded'), '+', models.F('lost'))), ('lost__gte', 0), ('refunded__gte', 0)), name='payment_returned_within')],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount', models.BigIntegerField()),
                ('unit', models.CharField(max_length=5)),
                ('destination', models.CharField(max_length=60, verbose_name='bank account')),
                ('state', models.CharField(choices=[('requested', 'waiting for approval'), ('approved', 'approved, leaves after the hold'), ('sent', 'on its way'), ('settled', 'arrived'), ('refused', 'refused'), ('cancelled', 'cancelled by you'), ('failed', 'failed, money back on the balance'), ('returned', 'returned by the bank, money back on the balance')], default='requested', max_length=10)),
                ('identity', models.CharField(choices=[('not_needed', 'not needed'), ('needed', 'to be checked'), ('verified', 'checked')], default='not_needed', max_length=10)),
                ('approvals_needed', models.PositiveSmallIntegerField(default=1)),
                ('provider', models.CharField(max_length=40)),
                ('reference', models.CharField(max_length=100, null=True)),
                ('requested_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('leaves_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-requested_at'],
                'constraints': [models.UniqueConstraint(fields=('provider', 'reference'), name='payout_reference_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payout_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='PayoutApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='ledger.payout')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('payout', 'approver'), name='payout_approval_once')],
            },
        ),
        migrations.CreateModel(
            name='PayoutRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('two_persons_above', models.BigIntegerField(default=50000, verbose_name='two persons above')),
                ('minimum', models.BigIntegerField(default=1000, verbose_name='smallest payout')),
                ('hold_days', models.PositiveSmallIntegerField(default=2, verbose_name='days before a payout leaves')),
                ('identity_above', models.BigIntegerField(default=15000, verbose_name='identity checked above, over a year')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='payoutrules_one_row')],
            },
        ),
        migrations.CreateModel(
            name='PayoutStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('payout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='ledger.payout')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.account')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='ledger.journalentry')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['account', 'entry'], include=('amount',), name='posting_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='posting_not_zero')],
            },
        ),
        migrations.CreateModel(
            name='ProviderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=40)),
                ('event_id', models.CharField(max_length=100)),
                ('type', models.CharField(max_length=60)),
                ('reference', models.CharField(blank=True, max_length=100)),
                ('amount', models.BigIntegerField(default=0)),
                ('occurred_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('body', models.JSONField()),
                ('outcome', models.CharField(choices=[('waiting', 'waiting for an earlier one'), ('applied', 'applied'), ('stale', 'overtaken by a later one'), ('unknown', 'not understood, kept')], default='waiting', max_length=8)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['provider', 'reference'], name='providerevent_reference')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='providerevent_once')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100, unique=True)),
                ('kind', models.CharField(choices=[('capture', 'take'), ('cancel', 'let go'), ('refund', 'pay back')], max_length=7)),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'not sent yet'), ('sent', 'sent'), ('refused', 'refused')], default='waiting', max_length=7)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='ledger.payment')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='payment_request_waiting')],
            },
        ),
        migrations.CreateModel(
            name='ProviderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=40)),
                ('line_id', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=20)),
                ('amount', models.BigIntegerField()),
                ('fee', models.BigIntegerField(default=0)),
                ('unit', models.CharField(max_length=5)),
                ('reference', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('memo', models.CharField(max_length=300)),
                ('read_at', models.DateTimeField(default=essaim.kit.clock.now)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['provider', 'at'], name='providerline_at')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'line_id'), name='providerline_once')],
            },
        ),
    ]
