"""The desk's addresses, under /studio/listen/."""

from django.urls import path

from essaim.listening.desk.views import brands, inbox, pictures, promises

app_name = "listening_desk"
urlpatterns = [
    path("", inbox.index, name="inbox"),
    path("mentions.csv", inbox.table, name="table"),
    path("mentions/<int:pk>/", inbox.mention, name="mention"),
    path("mentions/<int:pk>/dialogue/", inbox.talk, name="dialogue"),
    path("mentions/<int:pk>/assignment/", inbox.assignment, name="assignment"),
    path("mentions/<int:pk>/answers/", inbox.answers, name="answers"),
    path("mentions/<int:pk>/answers/<int:answer>/retry/", inbox.retry, name="retry"),
    path("mentions/<int:pk>/answers/<int:answer>/place/", inbox.place, name="place"),
    path("mentions/<int:pk>/rest/", inbox.rest, name="rest"),
    path("mentions/<int:pk>/closing/", inbox.closing, name="closing"),
    path("mentions/<int:pk>/reopening/", inbox.reopening, name="reopening"),
    path("mentions/<int:pk>/reading/", inbox.reading, name="reading"),
    path("mentions/<int:pk>/promises/", inbox.promises, name="mention_promises"),
    path("promises/", promises.index, name="promises"),
    path("promises/<int:pk>/outcome/", promises.outcome, name="outcome"),
    path("pictures/", pictures.index, name="pictures"),
    path("pictures/progress/", pictures.progress, name="progress"),
    path("pictures/figures.csv", pictures.figures, name="figures"),
    path("brands/", brands.index, name="brands"),
    path("brands/<int:pk>/", brands.brand, name="brand"),
    path("brands/<int:pk>/retirement/", brands.retirement, name="retirement"),
    path("panel/", brands.panel, name="panel"),
]
