from django.urls import path

from essaim.connectors.banktransfer import views

app_name = "banktransfer"
urlpatterns = [
    path("transfer/<uuid:key>/", views.pay, name="pay"),
    path("studio/bank/", views.desk, name="desk"),
    path("studio/bank/statements/<int:pk>/", views.statement, name="statement"),
    path("studio/bank/movements/<int:pk>/decision/", views.decide, name="decide"),
    path("studio/bank/transfers/", views.orders, name="orders"),
    path("studio/bank/transfers/<int:pk>/", views.order, name="order"),
]
