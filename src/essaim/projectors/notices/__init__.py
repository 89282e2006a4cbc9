"""Who should hear of it: in the house and by mail, sent once, stoppable in one click."""
