FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 likeness
WORKDIR /opt/likeness
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY monitor monitor
COPY probes probes
COPY storage storage
COPY reports reports
# The lock's versions and hashes, without what only the tests need.
RUN pip install --no-cache-dir uv \
 && uv pip install --system --no-cache --constraint requirements.lock ".[postgres,pdf,pages,metrics]"
# A new volume takes the owner of the folder that it is mounted on.
RUN mkdir -p /home/likeness/work/reports && chown -R likeness:likeness /home/likeness/work
USER likeness
# The folder brands is mounted here; the database lies here too unless LIKENESS_DATABASE_URL says otherwise.
WORKDIR /home/likeness/work
ENTRYPOINT ["likeness"]
CMD ["serve", "--brand", "brands"]
