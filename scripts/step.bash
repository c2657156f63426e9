# One step of the set-up: a line that says what it does, its output in a log, and a report if it fails.
# Sourced by `setup`, `packages.bash` and `free-threaded-python`; works with the bash 3.2 of a Mac.
# Expects $root, the repository. Leaves the log's path in $step_log.
# A script that calls run_long_step ends with end_long_step, however it ends (trap ... EXIT).
logs=$root/build/logs
step_log=
step_group= # of the long step at work: its processes

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
  local name=$1 title=$2 progress=$3 began=$SECONDS status=0
  shift 3
  say "$title"
  step_log=$logs/setup-$name.log
  mkdir -p "$logs"
  set -m # a process group of its own, so that an interrupt ends the command's children too
  "$@" >"$step_log" 2>&1 </dev/null &
  step_group=$!
  set +m
  trap 'exit 130' HUP INT TERM
  watch_step "$step_group" "$began" "$progress"
  wait "$step_group" || status=$?
  trap - HUP INT TERM
  step_group=
  [ "$status" = 0 ] || report_step "$name" "$@"
}

# end_long_step: ends the long step at work, if there is one, with its children. Waits for them, as
# they might write again what is removed next; what is still there after five seconds is killed.
end_long_step() {
  local left=50
  [ -n "$step_group" ] || return 0
  trap '' HUP INT TERM
  kill -TERM -- "-$step_group" 2>/dev/null || return 0
  while [ $left -gt 0 ] && kill -0 -- "-$step_group" 2>/dev/null; do
    sleep 0.1
    left=$((left - 1))
  done
  kill -KILL -- "-$step_group" 2>/dev/null || true
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

# is_alive PID: `kill -0` alone takes a process of another user for dead.
is_alive() { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1; }

# break_lock PATH OWNER: takes away the lock of an owner that is dead. By a rename: of two that saw the
# dead one, the second would otherwise delete the lock that the first has made since. It is put back.
break_lock() {
  local lock=$1 owner=$2 aside=$1.broken.$$ found
  mv "$lock" "$aside" 2>/dev/null || return 0
  found=$(readlink "$aside" || true)
  [ "$found" = "$owner" ] || ln -s "$found" "$lock" 2>/dev/null || true
  rm -f "$aside"
}

# refuse_folder PATH: ends where nothing can be written. Root's folder is the common case: sudo make.
refuse_folder() {
  # shellcheck disable=SC2016  # the user's shell is to expand it
  printf 'error: the set-up cannot write in %s\n  if it is root'"'"'s: sudo chown -R "$(id -u)" "%s", then make again\n' \
    "$1" "$1" >&2
  exit 2
}

# hold_lock PATH: waits until no other set-up holds it. A link is made at once or not at all, and
# names its owner, so that the lock of a set-up that was killed does not stand in the way.
hold_lock() {
  local lock=$1 folder owner told= refused=0
  folder=$(dirname "$lock")
  mkdir -p "$folder" 2>/dev/null || refuse_folder "$folder"
  until ln -s "$$" "$lock" 2>/dev/null; do
    owner=$(readlink "$lock" || true)
    [ -z "$owner" ] || refused=0
    if [ -z "$owner" ]; then
      # No lock, and yet none to be had; once, its owner may just have given it back.
      refused=$((refused + 1))
      [ $refused -lt 3 ] || refuse_folder "$folder"
    elif ! is_alive "$owner"; then
      break_lock "$lock" "$owner"
    elif [ -z "$told" ]; then
      told=yes
      say "another set-up (process $owner) is at work: waiting for it"
    fi
    sleep 0.5
  done
}
