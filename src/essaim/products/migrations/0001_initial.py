import django.db.models.deletion
import django.db.models.expressions
import essaim.kit.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('communities', '0001_initial'),
        ('initiatives', '0002_guards'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=240, verbose_name='in one sentence')),
                ('story', models.TextField(blank=True, verbose_name='story')),
                ('image', models.ImageField(blank=True, upload_to='products/', verbose_name='picture')),
                ('image_text', models.CharField(blank=True, max_length=200, verbose_name='what the picture shows')),
                ('unit', models.CharField(default='EUR', max_length=8)),
                ('royalty_rate', models.PositiveIntegerField(default=0, verbose_name='royalty rate, in basis points')),
                ('net_sales_terms', models.TextField(blank=True, verbose_name='what counts as net sales')),
                ('launched_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community')),
                ('launched_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('origin', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.contribution')),
            ],
            options={
                'ordering': ['-launched_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('royalty_rate__lte', 10000)), name='product_rate_in_range')],
            },
        ),
        migrations.CreateModel(
            name='Credit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=120, verbose_name='brought')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.contribution')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='products.product')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('product', 'member', 'what'), name='credit_once')],
            },
        ),
        migrations.CreateModel(
            name='RoyaltyShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis_points', models.PositiveIntegerField()),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('granted_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.contribution')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='products.product')),
            ],
            options={
                'ordering': ['-basis_points', 'id'],
                'indexes': [models.Index(fields=['holder'], name='share_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='share_term_not_empty'), models.CheckConstraint(condition=models.Q(('basis_points__gt', 0)), name='share_above_nothing')],
            },
        ),
        migrations.CreateModel(
            name='SalesFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('brought_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='products.product')),
            ],
        ),
        migrations.CreateModel(
            name='SalesImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('corrected', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('refused', models.JSONField(default=list)),
                ('imported_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sold_on', models.DateField()),
                ('since', models.DateField(blank=True, null=True)),
                ('channel', models.CharField(blank=True, max_length=60)),
                ('quantity', models.IntegerField()),
                ('gross', models.BigIntegerField()),
                ('discounts', models.BigIntegerField(default=0)),
                ('returns', models.BigIntegerField(default=0)),
                ('vat', models.BigIntegerField(default=0)),
                ('net', models.BigIntegerField()),
                ('unit', models.CharField(max_length=8)),
                ('source', models.CharField(max_length=160)),
                ('version', models.PositiveIntegerField(default=1)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='products.product')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='products.sale')),
                ('arrived_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales', to='products.salesimport')),
            ],
            options={
                'ordering': ['sold_on', 'id'],
                'indexes': [models.Index(fields=['product', 'sold_on'], name='sale_product_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reverses', None)), fields=('product', 'source', 'version'), name='sale_source_version_once'), models.CheckConstraint(condition=models.Q(('net', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('gross'), '-', models.F('discounts')), '-', models.F('returns')), '-', models.F('vat')))), name='sale_net_adds_up')],
            },
        ),
    ]
