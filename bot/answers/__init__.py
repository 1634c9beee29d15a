"""A question in, a cited answer out: understand, decide, compose. Decisions come from typed facts only."""
