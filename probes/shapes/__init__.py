"""What several vendors' replies have in common, read once."""
