"""The demo: an invented brand, and six weeks of answers composed about it."""
