from django.urls import path

from essaim.ledger import views, webhooks

app_name = "ledger"
urlpatterns = [
    path("books/", views.proof, name="proof"),
    path("books/proof.json", views.proof_json, name="proof_json"),
    path("books/journal.csv", views.public_journal, name="public_journal"),
    path("books/recompute.py", views.recompute_program, name="recompute"),
    path("my/statement/", views.statement, name="statement"),
    path("my/statement.csv", views.statement_csv, name="statement_csv"),
    path("my/payouts/", views.payouts, name="payouts"),
    path("my/payouts/<uuid:pk>/", views.payout, name="payout"),
    path("payments/<uuid:pk>/", views.payment, name="payment"),
    path("payments/<slug:provider>/events/", webhooks.webhook, name="webhook"),
]
