#!/bin/bash
# run.sh FUZZ-BUILD [RUNS [TARGET…]] - each target that many times in a row (1,000,000), one after the other, until a finding.
# What was found on the way stays in FUZZ-BUILD/corpus, so that the next time begins where this one ended.
set -eu
build=$(realpath "$1")
runs=${2:-1000000}
shift $(($# < 2 ? $# : 2))
seeds=$(dirname "$(realpath "$0")")/seeds
# The entropic schedule and ASan's long stacks cost more than the targets do; files go to memory.
[ -d /dev/shm ] && export TMPDIR=/dev/shm
export G_SLICE=always-malloc ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
for target in ${@:-chunk csv json project settings values xlsx}; do
  mkdir -p "$build/corpus/$target"
  echo "$target: $runs runs"
  "$build/tests/fuzz/fuzz-$target" -runs="$runs" -entropic=0 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$build/corpus/$target-" "$build/corpus/$target" "$seeds/$target"
done
