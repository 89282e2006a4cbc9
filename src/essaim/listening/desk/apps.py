from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "essaim.listening.desk"
    label = "listening_desk"

    def ready(self) -> None:
        from essaim.listening.desk import brands, jobs, keeping, links, rollup, verbs  # noqa: F401
        from essaim.listening.intake.listeners import on_changed, on_gone, on_new
        from essaim.listening.law import retention
        from essaim.listening.reading.listeners import on_read

        on_new(brands.match_new)
        on_changed(brands.forget)
        on_gone(rollup.forget)
        on_read(jobs.look_soon)
        retention.keep(keeping.needed)
