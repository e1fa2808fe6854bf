"""Links out of the site: found in what is published, asked for by a command, never in a request."""
