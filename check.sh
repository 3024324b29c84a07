#!/bin/bash
# Installs what the tests need and runs them all:
#   1. every suite on an ordinary build, warnings as errors
#   2. unit and golden tests again under other locales and a zone across the date line: same bytes
#   3. a build without GTK
#   4. core and charts under AddressSanitizer and UndefinedBehaviorSanitizer
#   5. the core under ThreadSanitizer
# Ends with what failed, again, and the line "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")"
./install-deps.sh --tests || exit 1

export LC_ALL=C.UTF-8 TZ=UTC MQ_CRASH_KILLS=200
if [ -z "${MQ_SHARED_DATA:-}" ] && [ -d ../shared/data ]; then
  MQ_SHARED_DATA=$(cd ../shared/data && pwd)
  export MQ_SHARED_DATA
fi
builds=${MQ_BUILDS:-$PWD/_build-check}
mkdir -p "$builds"
failures=$builds/failures.txt
: >"$failures"
passed=0 failed=0 skipped=0

# build NAME MESON-OPTION…
build() {
  local dir=$builds/$1; shift
  [ -d "$dir" ] || meson setup "$dir" --werror "$@" >"$dir.log" 2>&1 || { tail -40 "$dir.log" | tee -a "$failures"; failed=$((failed + 1)); return 1; }
  ninja -C "$dir" >"$dir.log" 2>&1 || { grep -E 'FAILED|error|warning' -A 5 "$dir.log" | head -60 | tee -a "$failures"; failed=$((failed + 1)); return 1; }
}

# count NAME TITLE MESON-TEST-ARGUMENT…
run() {
  local dir=$builds/$1 title=$2; shift 2
  echo "== $title"
  meson test -C "$dir" --no-rebuild --print-errorlogs --timeout-multiplier "${times:-4}" "$@" 2>&1 | grep -vE '^(ninja|$)'
  read -r p f s < <(python3 - "$dir/meson-logs/testlog.json" "$failures" "$title" <<'PY'
import json, sys
tests = [json.loads(line) for line in open(sys.argv[1])]
results = [test['result'] for test in tests]
with open(sys.argv[2], 'a') as told:
    for test in tests:
        if test['result'] not in ('OK', 'EXPECTEDFAIL', 'SKIP'):
            lines = ((test.get('stdout') or '') + (test.get('stderr') or '')).splitlines()
            print('== %s: %s, %s' % (sys.argv[3], test['name'], test['result']), *lines[-40:], sep='\n', file=told)
skip = sum(r == 'SKIP' for r in results)
good = sum(r in ('OK', 'EXPECTEDFAIL') for r in results)
print(good, len(results) - good - skip, skip)
PY
  )
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-1})) skipped=$((skipped + ${s:-0}))
}

if build plain; then
  run plain "all suites"
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia run plain "de_DE, Pacific/Apia" --suite unit --suite golden
  LC_ALL=tr_TR.UTF-8 run plain "tr_TR" --suite unit --suite golden
  LC_ALL=zh_CN.UTF-8 TZ=Asia/Shanghai run plain "zh_CN, Asia/Shanghai" --suite unit --suite golden
fi

build headless -Dgui=disabled -Dtests=false && passed=$((passed + 1))

if build asan -Dgui=disabled -Db_sanitize=address,undefined -Db_lundef=false; then
  export G_SLICE=always-malloc ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
  times=12 MQ_CHART_RUNS=2 LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp run asan "AddressSanitizer, UndefinedBehaviorSanitizer" --suite unit
  unset G_SLICE ASAN_OPTIONS UBSAN_OPTIONS
fi

if build tsan -Dgui=disabled -Db_sanitize=thread -Db_lundef=false; then
  times=12 TSAN_OPTIONS="ignore_noninstrumented_modules=1 halt_on_error=1" run tsan "ThreadSanitizer" --suite threads
fi

cat "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
