# One image for every service: the command line decides which part of the house it is.
# Build tools stay in the first stage; the second has the locked packages, our wheel and an unprivileged user.

FROM python:3.11.14-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /venv
# The lock first: it changes seldom, so this layer is kept from build to build.
COPY requirements.run.lock ./
RUN /venv/bin/pip install --no-deps --require-hashes -r requirements.run.lock
COPY pyproject.toml README.md LICENSE ./
COPY cases ./cases
COPY workflows ./workflows
COPY api ./api
RUN /venv/bin/pip install --no-deps . && /venv/bin/pip uninstall --quiet --yes pip

FROM python:3.11.14-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    PREFECT_HOME=/tmp/prefect
# A fresh named volume takes its owner from the folder it covers: the home folder is this user's.
RUN useradd --system --uid 10001 --home-dir /var/lib/huiyin --create-home --shell /usr/sbin/nologin huiyin
COPY --from=build /venv /venv
USER huiyin
WORKDIR /var/lib/huiyin
EXPOSE 8420
ENTRYPOINT ["huiyin"]
CMD ["serve"]
