# One step of the set-up: a line that says what it does, its output in a log, and a report if it fails.
# Sourced by `setup`, `packages.bash` and `free-threaded-python`; works with the bash 3.2 of a Mac.
# Expects $root, the repository. Leaves the log's path in $step_log.
logs=$root/build/logs
step_log=

# noted COMMAND...: the command, after a line in the log by which a failure can name it. Functions
# that run_step calls chain such commands with &&: bash ignores `set -e` where a status is looked at.
noted() {
  printf '+ %s\n' "$*"
  "$@"
}

say() { printf 'setup: %s\n' "$*" >&2; }

# run_step NAME TITLE COMMAND...: runs the command to its end.
run_step() {
  local name=$1 title=$2
  shift 2
  say "$title"
  step_log=$logs/setup-$name.log
  mkdir -p "$logs"
  "$@" >"$step_log" 2>&1 </dev/null || report_step "$name" "$@"
}

# run_long_step NAME TITLE PROGRESS COMMAND...: the same, and while the command runs the function
# PROGRESS gets the seconds gone and prints how far it is: rewritten on a terminal, else a line each 20 s.
run_long_step() {
  local name=$1 title=$2 progress=$3 child began=$SECONDS status=0
  shift 3
  say "$title"
  step_log=$logs/setup-$name.log
  mkdir -p "$logs"
  set -m # a process group of its own, so that an interrupt ends the command's children too
  "$@" >"$step_log" 2>&1 </dev/null &
  child=$!
  set +m
  trap 'kill -TERM -- -'"$child"' 2>/dev/null; exit 130' INT TERM
  watch_step "$child" "$began" "$progress"
  wait "$child" || status=$?
  trap - INT TERM
  [ "$status" = 0 ] || report_step "$name" "$@"
}

watch_step() {
  local child=$1 began=$2 progress=$3 told=$SECONDS
  while kill -0 "$child" 2>/dev/null; do
    sleep 1
    if [ -t 2 ]; then
      printf '\r\033[Ksetup:   %s' "$("$progress" $((SECONDS - began)))" >&2
    elif [ $((SECONDS - told)) -ge "${STEP_LINE_SECONDS:-20}" ]; then
      told=$SECONDS
      say "  $("$progress" $((SECONDS - began)))"
    fi
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

no_server_answered() {
  grep -qE 'failure resolving|not resolve|Name or service not known|Could not connect|Network is unreachable|Connection (refused|failed|timed out)' "$1"
}

# report_step NAME COMMAND...: says what failed and where to look; the status is 2.
report_step() {
  local name=$1 command
  shift
  command=$(sed -n 's/^+ //p' "$step_log" | tail -n 1)
  {
    printf 'error: the set-up step "%s" did not succeed\n' "$name"
    printf '  command: %s\n  log:     %s\n' "${command:-$*}" "${step_log#"$root"/}"
    grep -v '^+ ' "$step_log" | tail -n 5 | cut -c1-160 | sed 's/^/    | /'
    ! no_server_answered "$step_log" ||
      printf '  no package server answered: check the network, then: make setup\n'
  } >&2
  return 2
}

# hold_lock PATH: waits until no other set-up holds it. A link is made at once or not at all, and
# names its owner, so that the lock of a set-up that was killed does not stand in the way.
hold_lock() {
  local lock=$1 owner told=
  mkdir -p "$(dirname "$lock")"
  until ln -s "$$" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock" || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -f "$lock"
    elif [ -z "$told" ]; then
      told=yes
      say "another set-up (process $owner) is at work: waiting for it"
    fi
    sleep 0.5
  done
}
