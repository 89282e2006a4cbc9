"""Pages of campaigns: `pages` are read by anyone, `pledging` and `mine` are the backer's, the `desk*` the team's."""
