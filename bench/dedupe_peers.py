"""Runs one of the public tools as its own guide has it, in a process of its own that can be measured.

    dedupe_peers.py rensa FILE             words, 128 permutations, 16 bands, reading included
    dedupe_peers.py datatrove FILE FOLDER  the four steps, two workers
    dedupe_peers.py rensa-groups FILE OUT  groups over shingles of 5 characters: candidates of the bands
                                           whose sketches say 0.8 or more, united
    dedupe_peers.py datatrove-groups FILE FOLDER OUT   groups as the clusters have them

FILE is JSONL of {"id", "text"}; OUT gets a line for each: the group's number, or -1.
"""
import json
import struct
import sys
from collections import Counter
from pathlib import Path

WORKERS = 2


def texts_of(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield str(row["id"]), row["text"]


def rensa(path):
    from rensa import RMinHashDeduplicator

    dedup = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True, num_bands=16)
    keep = dedup.add_pairs((name, text.split()) for name, text in texts_of(path))
    print(f"{sum(keep)} of {len(keep)} kept")


def rensa_groups(path, out):
    from rensa import RMinHash, RMinHashLSH

    lsh, sketches, parents = RMinHashLSH(0.8, 128, 16), [], []

    def find(i):
        while parents[i] != i:
            i = parents[i]
        return i

    for number, (_, text) in enumerate(texts_of(path)):
        text = " ".join(text.lower().split())
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([text[i:i + 5] for i in range(max(1, len(text) - 4))])
        parents.append(number)
        for other in lsh.query(sketch):
            if sketches[other].jaccard(sketch) >= 0.8:
                low, high = sorted((find(other), find(number)))
                parents[high] = low
        lsh.insert(number, sketch)
        sketches.append(sketch)
    write_groups([find(i) for i in range(len(parents))], out)


def write_groups(roots, out):
    sizes = Counter(roots)
    Path(out).write_text("".join(f"{root if sizes[root] > 1 else -1}\n" for root in roots))


def datatrove(path, folder):
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.dedup import (MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter,
                                          MinhashDedupSignature)
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    source = split(path, f"{folder}/input")
    for step, (tasks, pipeline) in enumerate((
            (WORKERS, [JsonlReader(source), MinhashDedupSignature(f"{folder}/signatures")]),
            (14, [MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets")]),
            (1, [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/clusters", save_cluster_id=True)]),
            (WORKERS, [JsonlReader(source), MinhashDedupFilter(f"{folder}/clusters"), JsonlWriter(f"{folder}/kept")]))):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=min(tasks, WORKERS),
                              logging_dir=f"{folder}/logs-{step}").run()


def split(path, folder):
    """datatrove gives each worker files of its own: the lines of `path` in as many."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    lines = Path(path).read_bytes().splitlines(keepends=True)
    share = -(-len(lines) // WORKERS)
    for i in range(WORKERS):
        part = (line.replace(b'{"id": ', b'{"id": "n', 1).replace(b', "text"', b'", "text"', 1)
                for line in lines[i * share:(i + 1) * share])  # It wants ids that are strings.
        Path(f"{folder}/{i}.jsonl").write_bytes(b"".join(part))
    return folder


def datatrove_groups(path, folder, out):
    datatrove(path, folder)
    count = sum(1 for _ in texts_of(path))
    share = -(-count // WORKERS)
    groups = [-1] * count
    for worker in range(WORKERS):
        found = Path(f"{folder}/clusters/{worker:06d}.clusters")
        for number, group in struct.iter_unpack("<2I", found.read_bytes()) if found.exists() else ():
            groups[worker * share + number] = group
    Path(out).write_text("".join(f"{group}\n" for group in groups))


if __name__ == "__main__":
    {"rensa": rensa, "rensa-groups": rensa_groups, "datatrove": datatrove,
     "datatrove-groups": datatrove_groups}[sys.argv[1]](*sys.argv[2:])
