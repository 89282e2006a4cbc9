import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import essaim.kit.clock
import essaim.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('handle', models.CharField(max_length=30, verbose_name='handle')),
                ('display_name', models.CharField(max_length=80, verbose_name='name shown')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=80)),
                ('skeleton', models.CharField(db_index=True, editable=False, max_length=30)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ('interests', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='town or area')),
                ('bio', models.TextField(blank=True, max_length=1000, verbose_name='about you')),
                ('avatar', models.ImageField(blank=True, upload_to='avatars/', verbose_name='picture')),
                ('language', models.CharField(default='fr', max_length=8, verbose_name='language of the pages')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of birth')),
                ('email_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='member_email_unique'), models.UniqueConstraint(django.db.models.functions.text.Lower('handle'), name='member_handle_unique'), models.CheckConstraint(condition=models.Q(('handle__regex', '^[A-Za-z0-9]([A-Za-z0-9_.-]{1,28})[A-Za-z0-9]$')), name='member_handle_wellformed'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('bio', ''), ('birth_year__isnull', True), ('is_active', False), ('place', '')), _connector='OR'), name='member_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('hint', models.CharField(max_length=8)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=60)),
                ('language', models.CharField(max_length=8)),
                ('version', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('text', models.TextField()),
                ('kept_at', models.DateTimeField(default=essaim.kit.clock.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'language', 'version'), name='evidence_version_once'), models.UniqueConstraint(fields=('kind', 'language', 'sha256'), name='evidence_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.evidence')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Essaim', max_length=80, verbose_name='name of the house')),
                ('taglines', models.JSONField(blank=True, default=dict, verbose_name='tagline')),
                ('promises', models.JSONField(blank=True, default=dict, verbose_name='what the house promises')),
                ('legal_notices', models.JSONField(blank=True, default=dict, verbose_name='legal notice')),
                ('terms_of_use', models.JSONField(blank=True, default=dict, verbose_name='terms of use')),
                ('legal_person', models.TextField(blank=True, verbose_name='legal person')),
                ('logo', models.FileField(blank=True, upload_to='house/', verbose_name='logo')),
                ('colour_main', models.CharField(default='#f0a500', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as # and six digits, such as #f0a500.')], verbose_name='main colour')),
                ('colour_accent', models.CharField(default='#9a5b00', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as # and six digits, such as #f0a500.')], verbose_name='colour of the links')),
                ('colour_calm', models.CharField(default='#2f6b4f', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as # and six digits, such as #f0a500.')], verbose_name='colour of what is well')),
                ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=essaim.people.models.default_languages, size=None, verbose_name='languages')),
                ('minimum_age', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(99)], verbose_name='minimum age')),
                ('modules_off', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('created_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='house_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('dialogue', 'Personal messages'), ('influence', 'Influence graph'), ('share_measurement', 'Counting of my share links'), ('portfolio', 'Public portfolio'), ('federation', 'Federation')], max_length=20)),
                ('granted', models.BooleanField()),
                ('at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.evidence')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['member', 'purpose', '-id'], name='consent_in_force')],
            },
        ),
        migrations.CreateModel(
            name='HouseRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('owner', 'owner'), ('manager', 'manager'), ('moderator', 'moderator'), ('designer', 'designer'), ('treasurer', 'treasurer'), ('analyst', 'analyst')], max_length=12)),
                ('granted_at', models.DateTimeField(default=essaim.kit.clock.now)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='house_roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'role'), name='house_role_once'), models.CheckConstraint(condition=models.Q(('granted_by__isnull', True), models.Q(('granted_by', models.F('member')), _negated=True), _connector='OR'), name='house_role_not_by_oneself')],
            },
        ),
    ]
