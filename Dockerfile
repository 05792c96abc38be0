# juanzong serve as a container: docker build -t juanzong . (docs/serve.md says how to run it)
FROM python:3.12-slim

# What the recognizer's OpenCV loads, and nothing else.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
RUN pip install --no-cache-dir '.[export,ocr,office,serve]'

RUN useradd --create-home --uid 10001 juanzong && install -d -o juanzong -g juanzong /data
USER juanzong
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["juanzong", "serve", "/data", "--host", "0.0.0.0", "--port", "8000"]
