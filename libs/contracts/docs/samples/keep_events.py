"""Keeps the events of Aiqyn in a SQLite file, each once: keep_events.py FILE --topics a,b --group NAME [--from DAY] [--once]

Environment: KAFKA_BROKERS, and KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_CA_FILE as your contract says.
Needs Python 3.9 or newer and confluent-kafka 2.
"""

import argparse
import os
import signal
import sqlite3
from datetime import datetime

from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, Consumer, KafkaException, TopicPartition

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("file")
parser.add_argument("--topics", required=True, help="separated by commas")
parser.add_argument("--group", required=True, help="your user name at the broker, or one that begins with it and a dot")
parser.add_argument("--from", dest="day", help="read again from this day on (YYYY-MM-DD, in Almaty); what is kept already is kept once")
parser.add_argument("--once", action="store_true", help="end where the topics end now, instead of waiting for more")
args = parser.parse_args()
start = int(datetime.fromisoformat(f"{args.day}T00:00:00+05:00").timestamp() * 1000) if args.day else None

db = sqlite3.connect(args.file, isolation_level=None)
# An id is unique within its source: the two together are what must not be handled twice.
db.execute(
    """CREATE TABLE IF NOT EXISTS events (source TEXT, id TEXT, type TEXT, time TEXT, subject TEXT, sequence INTEGER,
    data TEXT, PRIMARY KEY (source, id))"""
)

settings = {
    "bootstrap.servers": os.environ.get("KAFKA_BROKERS", "localhost:9092"),
    "group.id": args.group,
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
}
if "KAFKA_USERNAME" in os.environ:
    settings |= {
        "security.protocol": "SASL_SSL" if "KAFKA_CA_FILE" in os.environ else "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": os.environ["KAFKA_USERNAME"],
        "sasl.password": os.environ["KAFKA_PASSWORD"],
    }
if "KAFKA_CA_FILE" in os.environ:
    settings |= {"security.protocol": settings.get("security.protocol", "SSL"), "ssl.ca.location": os.environ["KAFKA_CA_FILE"]}
consumer = Consumer(settings)

# Partitions are taken by hand, not given by the broker: one process reads all, and knows where each begins and ends.
places, left = [], {}
for topic in args.topics.split(","):
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    mine = [TopicPartition(topic, number) for number in partitions]
    if start is None:
        found = [TopicPartition(p.topic, p.partition, p.offset if p.offset >= 0 else OFFSET_BEGINNING) for p in consumer.committed(mine, 30)]
    else:
        # The first record of that day or later; OFFSET_END where there is none.
        found = consumer.offsets_for_times([TopicPartition(topic, p.partition, start) for p in mine], 30)
    for place in found:
        low, high = consumer.get_watermark_offsets(place, 30)
        begin = {OFFSET_BEGINNING: low, OFFSET_END: high}.get(place.offset, place.offset)
        places.append(TopicPartition(topic, place.partition, begin))
        if begin < high:
            left[(topic, place.partition)] = high
consumer.assign(places)

running = True


def stop(*_):
    global running
    running = False


signal.signal(signal.SIGTERM, stop)

while running and not (args.once and not left):
    messages = consumer.consume(500, timeout=1.0)
    for message in messages:
        if message.error():
            raise KafkaException(message.error())
    rows, reached = [], {}
    for message in messages:
        reached[(message.topic(), message.partition())] = message.offset() + 1
        header = {name: value.decode() for name, value in message.headers() or []}
        # Types that you do not know, and fields that you do not know, are no error: newer versions come beside older ones.
        if message.value() is not None and "ce_id" in header:
            names = ("ce_source", "ce_id", "ce_type", "ce_time", "ce_subject")
            rows.append([header[name] for name in names] + [int(header["ce_sequence"]), message.value().decode()])
    if not reached:
        continue
    db.execute("BEGIN")
    db.executemany("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    # First what was kept, then the place: after a crash in between, events come again and are kept once.
    db.execute("COMMIT")
    consumer.commit(offsets=[TopicPartition(*at, offset) for at, offset in reached.items()], asynchronous=False)
    for at, offset in reached.items():
        if offset >= left.get(at, 0):
            left.pop(at, None)

consumer.close()
db.close()
