"""Tells: mails, delivery, reports, charts and tables. Values of the domain in, documents out."""
