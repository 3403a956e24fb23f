# shellcheck shell=bash
# Steps side by side, for sourcing behind apt.sh: job NAME COMMAND... starts one, jobs_done waits for all of them.
# What they say goes to <cache>/logs/NAME.log and is shown when one fails. An interrupt ends them all.
JOBS_LOGS=$LAB/logs
declare -A JOBS=() JOBS_SINCE=()

jobs_say() { printf '%s: [%4ss] %s\n' "${0##*/}" "$SECONDS" "$*" >&2; }

job() {
  local name=$1; shift
  mkdir -p "$JOBS_LOGS"
  trap jobs_end EXIT
  trap 'exit 130' INT; trap 'exit 143' TERM HUP
  set -m   # a process group of its own, which can be ended with all that it started
  "$@" >"$JOBS_LOGS/$name.log" 2>&1 </dev/null &
  set +m
  JOBS[$name]=$! JOBS_SINCE[$name]=$SECONDS
}

jobs_done() {
  local name failed= told=$SECONDS
  while [ ${#JOBS[@]} -gt 0 ]; do
    for name in "${!JOBS[@]}"; do
      ! kill -0 "${JOBS[$name]}" 2>/dev/null || continue
      if wait "${JOBS[$name]}"; then
        [ $((SECONDS - JOBS_SINCE[$name])) -lt 2 ] || jobs_say "$name: done in $((SECONDS - JOBS_SINCE[$name])) s"
      else
        jobs_say "$name: failed; $JOBS_LOGS/$name.log ends with"
        tail -n 30 "$JOBS_LOGS/$name.log" >&2
        failed=1
      fi
      unset "JOBS[$name]"
    done
    [ -z "$failed" ] || exit 1
    if [ $((SECONDS - told)) -ge 10 ]; then
      for name in "${!JOBS[@]}"; do jobs_say "$name: $(tail -n 1 "$JOBS_LOGS/$name.log" | cut -c 1-100)"; done
      told=$SECONDS
    fi
    sleep 0.1
  done
}

jobs_end() {
  local name
  for name in "${!JOBS[@]}"; do kill -- "-${JOBS[$name]}" 2>/dev/null || true; done
}

# jobs_need PKG...: asks for sudo's password now, since what runs side by side cannot.
jobs_need() {
  local p
  for p; do lab_installed "$p" || { [ "$(id -u)" = 0 ] || sudo -v; return 0; }; done
}
