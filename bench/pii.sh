#!/usr/bin/env bash
# ./run bench pii: how well personal data is found in the cases of tests/pii (recall and precision by
# type and language, with every mistake), then how fast (MB/s a core on made-up chat text).
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --build build/release -j "$(nproc)" --target parley_stages_test parley_stages_bench >&2
build/release/bin/parley_stages_test --gtest_filter='PiiCases.*'
build/release/bin/parley_stages_bench --benchmark_filter='BM_Pii.*'
