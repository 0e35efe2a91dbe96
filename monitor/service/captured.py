"""Answers captured elsewhere: they are stored, read and measured, and never cause a mail."""
