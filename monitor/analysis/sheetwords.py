"""The words that a company is spoken of in."""

import re

COMPANY = re.compile(
    r"\b(?:chain|company|firm|group|brand|retailer|maker|manufacturer|producer|airline|bank|business|insurer|carrier"
    r"|giant|startup|start-up|team|staff|workforce|network|total|number|fleet|unternehmen|konzern|entreprise|groupe"
    r"|empresa|cadena|grupo|few|lot|dozen|couple|hundred|thousand|million|billion|quarter|third|half|fifth|tenth)\b"
)
