"""The same steps as jobs on PostgreSQL, for as many workers on as many machines as there are.

A job is a row that was written with the rows that made it due. Whoever takes it calls the steps that one program
takes in a row (monitor/service/steps.py). Every step can be taken again, so a job that died with its worker is.
"""
