#!/usr/bin/env bash
# Raw logs of an invented service, made, curated, and held against the truth (./run demo).
#
#   tools/demo.sh [FOLDER [TALKS]]     build/demo, 3000; PARLEY names another program
#
# Ends with 0 only if the release is exactly what tools/demo_logs.py planned.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
parley=${PARLEY:-$root/build/release/bin/parley}
folder=${1:-build/demo}
talks=${2:-3000}
python=/usr/bin/python3

step() { printf '\n== %s\n' "$*"; }

[ -x "$parley" ] || { echo "no program at $parley: ./run build makes it" >&2; exit 2; }
mkdir -p "$folder"
rm -rf "$folder/run"

step "1. Raw logs of five days, in $folder/logs"
"$python" "$root/tools/demo_logs.py" "$folder" --talks "$talks"

step "2. parley curate: from raw logs to a release"
curate=("$parley" curate "$folder/logs" --out "$folder/run" --recipe "$root/recipes/demo.toml"
  --opt_out.ids "$folder/optout/ids.txt" --opt_out.users "$folder/optout/users.txt"
  --opt_out.emails "$folder/optout/emails.txt")
"${curate[@]}"
# The same command again has nothing to do, and tells the summary once more, now for a program.
"${curate[@]}" --quiet --json >"$folder/summary.json"

step "3. parley verify: a second look at the release, with the planted personal data as canaries"
"$parley" verify "$folder/run" --canaries "$folder/truth/canaries.txt"

step "4. The release against the truth"
"$python" "$root/tools/demo_check.py" "$parley" "$folder"

id=$("$python" -c 'import json, sys; print(next(i for i, r in json.load(open(sys.argv[1]))["stories"].items() if len(r) > 1))' \
  "$folder/truth/truth.json")
step "5. The story of one conversation: parley explain --run $folder/run $id"
"$parley" explain --run "$folder/run" "$id"

cat <<TEXT

All as planned. Look at

  $folder/run/release/README.md           the card (README_zh.md: in Chinese)
  $folder/run/release/report/index.html   the figures; open it in a browser
  $folder/run/release/data/               the rows, as Parquet
  $folder/run/private/ledger/             what became of every record; never publish private/
  $folder/logs/                           the raw logs it was made from
  $folder/truth/                          what was planted in them

The same for logs of your own:  build/release/bin/parley curate LOGS --out RUN
TEXT
