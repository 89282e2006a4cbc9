from django.urls import path

from essaim.ledger import reconciliation_views
from essaim.ledger import studio_views as views

app_name = "ledger_studio"
urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal.csv", views.journal_csv, name="journal_csv"),
    path("journal/new/", views.new_entry, name="new_entry"),
    path("journal/<int:pk>/", views.entry, name="entry"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<str:code>/", views.account, name="account"),
    path("deposit/", views.deposit, name="deposit"),
    path("fec/", views.fec_export, name="fec"),
    path("payments/", views.payments, name="payments"),
    path("reconciliation/", reconciliation_views.reconciliation, name="reconciliation"),
    path("payouts/", views.payouts, name="payouts"),
    path("payouts/rules/", views.payout_rules, name="payout_rules"),
    path("payouts/<uuid:pk>/", views.payout, name="payout"),
]
