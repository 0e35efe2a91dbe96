"""Rules over a round give signals; signals open, remind of and close alerts. Pure."""
