# gip-lint in a container of its own; LibreOffice only where old Word files (.doc, .wps, .rtf) must be read:
#   docker build --tag gip-lint .
#   docker build --tag gip-lint --build-arg LIBREOFFICE=1 .
#   docker run --rm --network none --volume "$PWD:/reports:ro" gip-lint .
FROM python:3.12-slim
ARG LIBREOFFICE=""
RUN if [ -n "$LIBREOFFICE" ]; then \
        apt-get update && apt-get install --yes --no-install-recommends libreoffice-writer-nogui \
        && rm -rf /var/lib/apt/lists/*; \
    fi
COPY . /source
RUN pip install --no-cache-dir /source && rm -rf /source && useradd --create-home officer
USER officer
ENV LANG=C.UTF-8
WORKDIR /reports
ENTRYPOINT ["gip-lint"]
CMD ["."]
