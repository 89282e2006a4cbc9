"""The steps of the whole story, each taken by a person at her own browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from essaim.kit import clock
from tests.journeys.house import PASSWORD, account, close_books, code_in, letter_to, work
from tests.journeys.texts import TEXTS
from tests.journeys.walker import Walker

STAFF = {"claire": "manager", "hugo": "designer", "ines": "treasurer", "marc": "treasurer"}
IBAN = "FR76 3000 6000 0112 3456 7890 189"


class Story:
    """Who is there, and what they have come to."""

    def __init__(self, walk: Callable[..., Walker], calendar: Any, language: str, width: int) -> None:
        self.calendar, self.language, self.text = calendar, language, TEXTS[language]
        self._open: Callable[[], Walker] = lambda: walk(language, width=width, album=f"story-{language}-{width}")
        self.people: dict[str, Walker] = {}

    def who(self, name: str) -> Walker:
        """This person's window; she signs in when she first comes."""
        if name not in self.people:
            self.people[name] = self._open()
            self.people[name].sign_in(f"{name}@example.org", PASSWORD)
        return self.people[name]

    def pass_days(self, days: float) -> None:
        self.calendar.pass_(days=days)
        work()

    # The house

    def open_the_house(self) -> None:
        owner = self.people["ada"] = self._open()
        owner.go("/welcome/")
        owner.shot("01-welcome")
        owner.accessible()
        owner.type(house_name="La Ruche", display_name="Ada", handle="ada")
        owner.type(email="ada@example.org", password="court")
        owner.press("Open the house")
        assert owner.page.locator("main [name=display_name]").input_value() == "Ada"
        owner.type(password=PASSWORD)
        owner.press("Open the house")
        owner.title("The house")

    def give_roles(self) -> None:
        owner = self.people["ada"]
        for handle, role in STAFF.items():
            account(handle, self.language)
            owner.go("/studio/roles/")
            owner.type(who=handle, role=role)
            owner.press("Give the role")
            owner.reads(handle.title(), "main table")
        owner.shot("02-roles")

    def found_the_community(self) -> None:
        owner = self.people["ada"]
        owner.go("/communities/")
        owner.link("Open a community")
        owner.type(name=self.text.community, summary=self.text.summary, charter=self.text.charter, visibility="open")
        owner.press("Open the community")
        owner.sees("The community is open.")
        owner.title(self.text.community)
        self.community = owner.page.url

    # The contest

    def draft_the_contest(self) -> None:
        claire = self.who("claire")
        claire.go("/studio/contest/")
        claire.link("New contest")
        claire.type(preset="ladder", title=self.text.contest, summary=self.text.summary, brief=self.text.brief)
        claire.press("Prepare the contest")
        claire.title(self.text.contest)
        self.desk = claire.page.url
        self.contest = claire.page.url.replace("/studio/contest/", "/contest/")
        claire.shot("03-contest-drafted")

    def lower_the_figures(self) -> None:
        claire = self.who("claire")
        claire.go(f"{self.desk}rules/")
        claire.type(**{"rungs__1__threshold": 2, "rungs__2__quorum": 2})
        claire.press("Save the rules")
        claire.sees("The rules are saved.")
        assert claire.page.locator("[name=rungs-1-threshold]").input_value() == "2"
        claire.shot("04-rules")

    def seat_the_jury(self) -> None:
        claire = self.who("claire")
        claire.go(f"{self.desk}jury/")
        for handle in ("claire", "hugo"):
            claire.type(member=handle)
            claire.press("Name this juror")
            claire.reads(handle.title(), "main [aria-labelledby=seats]")

    def refuse_to_open_unfunded(self) -> None:
        claire = self.who("claire")
        claire.go(self.desk)
        claire.press("Open the contest")
        claire.reads("5", "body")
        assert claire.page.get_by_role("button", name=claire.say("Open the contest")).count() == 1

    def fund_the_contest(self) -> None:
        ines = self.who("ines")
        ines.go("/studio/books/deposit/")
        ines.type(way="bank", amount="10000", reason="Apport")
        ines.press("Go on")
        ines.go(f"{self.desk}money/")
        ines.sees("Money is missing")
        ines.type(amount="5500")
        ines.press("Set aside", exact=True)
        ines.does_not_read(ines.say("Money is missing"))
        ines.shot("05-funded")

    def open_the_contest(self) -> None:
        claire = self.who("claire")
        claire.go(self.desk)
        claire.press("Open the contest")
        claire.sees("The contest is open.")
        self.pass_days(1)  # the preset's calendar begins on the following midnight

    # The author

    def sign_up(self, name: str = "lea") -> None:
        lea = self.people[name] = self._open()
        lea.go("/")
        lea.shot("06-home")
        lea.go("/accounts/signup/")
        email = f"{name}@example.org"
        lea.type(display_name=name.title(), handle=name, email=email, password1=PASSWORD, birth_year=1990)
        lea.type(accept_terms=True)
        lea.shot("07-sign-up")
        lea.press("Open my account")
        lea.title("Type the code we sent you")
        lea.type(code=code_in(letter_to(email)))
        lea.press("Confirm my address")
        lea.page.wait_for_url(lambda url: "confirm" not in url)

    def join(self, name: str) -> None:
        member = self.who(name)
        member.go(self.community)
        member.page.locator("main [aria-labelledby=door] summary").click()
        member.reads(self.text.charter, "main")
        member.press("Accept the charter and join")
        member.sees("Welcome. You are a member now.")

    def bring_idea(self, name: str, title: str, body: str, alike: str = "") -> None:
        member = self.who(name)
        member.go(self.contest)
        member.link("Bring your idea")
        member.page.locator("[name=title]").press_sequentially(title)
        member.type(body=body)
        if alike:
            member.reads(alike, "#alike")
            member.shot("08-similar-ideas")
        else:
            member.sees("Nothing like it so far: it looks like a new idea.", "#alike")
        member.press("Go on: check it")
        member.title("Check and publish")
        if alike:
            member.reads(alike, "#alike")
        assert member.page.locator("[name=agreed]:required").count() == 1
        member.type(agreed=True)
        member.press("Publish my idea")
        member.title(title)
        member.shot("09-idea")
        self.idea = member.page.url

    # The jury and the votes

    def judge(self) -> None:
        number = self.idea.rstrip("/").rsplit("/", 1)[1]
        for handle, score in (("claire", 80), ("hugo", 70)):
            juror = self.who(handle)
            juror.go(f"{self.contest}jury/")
            juror.page.locator(f"main a[href$='/ideas/{number}/score/']").click()
            juror.type(score=score, comment="Bon.")
            juror.press("Keep my score")
            juror.sees("Your score is kept; you can change it while the jury sits.")
        claire = self.who("claire")
        claire.go(f"{self.contest}jury/")
        claire.shot("10-jury")
        claire.page.locator("main tr", has_text=self.text.idea[0]).get_by_role(
            "button", name=claire.say("Declare reached")
        ).click()
        claire.page.wait_for_load_state()
        claire.reads(self.text.idea[0])
        work()

    def statement_reads(self, name: str, balance: str, *lines: str) -> None:
        member = self.who(name)
        member.go("/my/statement/")
        member.reads(balance, ".figure-line")
        for line in lines:
            member.reads(line, "main table")

    def close_phase(self, number: int) -> None:
        """The running phase is closed early, with a public reason."""
        claire = self.who("claire")
        claire.go(f"{self.desk}calendar/")
        phase = claire.page.locator("main ol.stack > li").nth(number)
        closing = phase.locator("details", has=claire.page.locator("button[value=close]"))
        closing.locator("summary").click()
        closing.locator("[name=reason]").fill("Le jury a fini.")
        closing.locator("button[value=close]").click()
        claire.sees("The phase is closed; everyone can see why.")

    def vote(self, name: str) -> None:
        voter = self.who(name)
        voter.go(self.idea)
        voter.press("Support this idea")
        voter.page.locator("#vote button[aria-pressed=true]").wait_for()

    def vote_twice_over(self, name: str) -> None:
        """Vote, take it back, vote again: one vote."""
        self.vote(name)
        voter = self.who(name)
        voter.press("You support it: take it back")
        voter.page.locator("#vote button[aria-pressed=false]").wait_for()
        self.vote(name)
        voter.go(f"{self.contest}receipt/")
        voter.reads(self.text.idea[0])
        voter.shot("11-receipt")

    # From the test to the product

    def test_with_a_panel(self) -> None:
        claire, number = self.who("claire"), self.idea.rstrip("/").rsplit("/", 1)[1]
        claire.go(f"{self.desk}ideas/{number}/")
        claire.unfold("Send it to a test panel")
        claire.type(panel="noe, zoe")
        claire.press("Invite the panel")
        claire.sees("The panel is invited.")
        for name, score in (("noe", 90), ("zoe", 75)):
            tester = self.who(name)
            tester.go(self.idea)
            tester.link("Give your result")
            tester.type(score=score, comment="Bon.")
            tester.press("Send my result")
            tester.sees("Thank you. You can correct your result until the test is closed.")
        claire.go(f"{self.desk}ideas/{number}/")
        claire.press("Close the test: it passes")
        claire.sees("The test is closed.")
        claire.shot("12-desk-idea")

    def launch_the_product(self) -> None:
        claire, number = self.who("claire"), self.idea.rstrip("/").rsplit("/", 1)[1]
        claire.go(f"{self.desk}ideas/{number}/")
        claire.unfold("Launch the product")
        claire.type(name=self.text.product, summary=self.text.summary)
        claire.press("Launch", exact=True)
        claire.sees("The product is launched, with its shares.")
        self.launched = timezone.localdate(clock.now())
        lea = self.who("lea")
        lea.go(self.idea)
        lea.link(self.text.product, raw=True)
        lea.title(self.text.product)
        lea.reads("Lea")
        lea.shot("13-product")

    def import_sales(self) -> None:
        """A month later the treasurer brings the shop's file: seen first, recorded then, the dirty line reported."""
        day, ines = self.launched.strftime("%d/%m/%Y"), self.who("ines")
        lines = [
            "date;canal;quantité;brut;remises;retours;tva",
            f"{day};boutique;100;600,00;20,00;0,00;0,00",
            f"{self.text.dirty};marché;3;18,00;0,00;0,00;0,00",
            f"{day};marché;66;400,00;0,00;0,00;0,00",
        ]
        ines.go("/studio/")
        fold = ines.page.locator(".rail summary")
        if fold.is_visible():  # on a phone
            fold.click()
        ines.link("Sales", exact=True, within=".rail")
        sheet = {"name": "ventes.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
        ines.page.locator("main [name=file]").set_input_files(sheet)  # type: ignore[arg-type]
        ines.page.locator("main [name=product]").select_option(label=self.text.product)
        ines.press("Look at it")
        ines.title("Nothing is written yet")
        ines.sees("“%(text)s” is not a date.", text=self.text.dirty)
        ines.shot("14-sales-preview")
        ines.press("Record these sales")
        ines.sees("“%(text)s” is not a date.", text=self.text.dirty)
        ines.shot("15-sales-recorded")
        work()

    def royalties_read(self, state: str) -> None:
        lea = self.who("lea")
        lea.go("/my/royalties/")
        lea.reads(self.text.royalty, "main table")
        lea.sees(state, "main table")
        lea.shot(f"16-royalties-{state}")

    # To the bank

    def ask_for_the_money(self) -> None:
        lea = self.who("lea")
        lea.go("/my/payouts/")
        lea.type(amount=self.text.amount, destination=IBAN)
        lea.press("Ask for it")
        lea.go("/my/payouts/")
        lea.sees("waiting for approval", "main .queue")
        lea.page.locator("main .queue a").click()
        lea.page.wait_for_url("**/my/payouts/*-*/")
        self.payout = lea.page.url

    def approve_by_two(self) -> None:
        desk = self.payout.replace("/my/payouts/", "/studio/books/payouts/")
        ines = self.who("ines")
        ines.go(desk)
        ines.type(document="Carte d'identité")
        ines.press("I have checked the identity")
        ines.press("Approve", exact=True)
        ines.does_not_read(ines.say("approved, leaves after the hold"))
        marc = self.who("marc")
        marc.go(desk)
        marc.press("Approve", exact=True)
        marc.sees("approved, leaves after the hold")
        marc.shot("17-payout-approved")

    def money_arrives(self) -> None:
        lea = self.who("lea")
        lea.go(self.payout)
        lea.sees("arrived", "main")
        lea.shot("18-payout-arrived")

    def books_are_green(self) -> None:
        close_books()
        visitor = self._open()
        visitor.go("/books/")
        visitor.title("Today’s books balance")
        visitor.page.locator("main .callout.good").wait_for()
        visitor.shot("19-books")
        visitor.accessible()
