"""Text in, `Reading` out: what an answer says about a brand. No network, no database."""
