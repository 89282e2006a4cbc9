"""ActivityPub outboxes, and archives in ActivityStreams."""
