"""What every test of the repository is given."""

pytest_plugins = ["essaim.ledger.testing"]
