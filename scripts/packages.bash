# System packages: what of a list is missing, and installing just that. Sourced by `setup` and
# `free-threaded-python` after step.bash. Lists: packages/<manager>/<list>.txt, a package a line; in
# Debian's, `a | b (>= 1.81)` means a, or else b from that version on.
lists=$root/scripts/packages
os_release=${ASSAY_OS_RELEASE:-/etc/os-release} # tests name another file

# package_manager: debian, homebrew, or nothing on a system whose packages we cannot install.
package_manager() {
  case $(uname -s) in
    Darwin) ! command -v brew >/dev/null || echo homebrew ;;
    Linux) case " $(system_value ID) $(system_value ID_LIKE) " in
      *" debian "* | *" ubuntu "*) ! command -v apt-get >/dev/null || echo debian ;;
    esac ;;
  esac
}

# system_value KEY: a line of os-release without its quotes.
system_value() { [ ! -r "$os_release" ] || sed -n "s/^$1=//p" "$os_release" | tr -d '"'; }

# package_lines LIST...: the lists of this system without comments; Debian's where there is no manager.
package_lines() {
  local manager list
  manager=$(package_manager)
  for list in "$@"; do
    [ ! -f "$lists/${manager:-debian}/$list.txt" ] ||
      sed -e 's/[[:space:]]*#.*//' -e '/^$/d' "$lists/${manager:-debian}/$list.txt"
  done
}

# missing_lines LIST...: the lines of the lists of which nothing is installed. One query for them all.
missing_lines() {
  local lines installed
  lines=$(package_lines "$@")
  [ -n "$lines" ] || return 0
  case $(package_manager) in
    debian) installed=$(installed_debian "$lines") ;;
    homebrew) installed=$(brew list --formula -1) ;;
  esac
  # By the environment, as the awk of a Mac refuses a variable of several lines.
  printf '%s\n' "$lines" | installed=$installed awk '
    BEGIN { count = split(ENVIRON["installed"], names, "\n"); for (i = 1; i <= count; i++) have[names[i]] = 1 }
    { found = 0; rest = $0; gsub(/\([^)]*\)/, "", rest); parts = split(rest, choice, "|")
      for (i = 1; i <= parts; i++) { gsub(/ /, "", choice[i]); if (choice[i] in have) found = 1 }
      if (!found) print }'
}

# installed_debian LINES: the names that stand in the lines and are installed in a version they allow.
installed_debian() {
  local names name version wanted
  names=$(printf '%s\n' "$1" | sed -e 's/([^)]*)//g' -e 's/|/ /g')
  # shellcheck disable=SC2086,SC2016  # the names are words; the format is dpkg-query's
  dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' $names 2>/dev/null |
    while read -r status name version; do
      [ "$status" = installed ] || continue
      wanted=$(wanted_version "$1" "$name")
      [ -z "$wanted" ] || dpkg --compare-versions "$version" ge "$wanted" || continue
      echo "$name"
    done
}

# wanted_version LINES NAME: the V of `NAME (>= V)`.
wanted_version() { printf '%s\n' "$1" | tr '|' '\n' | sed -n "s/^ *$2 *(>= *\([^)]*\)).*/\1/p" | head -n 1; }

# available_debian LINE: the first choice of a line that this system's sources offer.
available_debian() {
  local name version wanted
  printf '%s\n' "$1" | tr '|' '\n' | sed 's/([^)]*)//; s/ //g' | while read -r name; do
    version=$(LC_ALL=C apt-cache policy "$name" | sed -n 's/^ *Candidate: *//p')
    [ -n "$version" ] && [ "$version" != "(none)" ] || continue
    wanted=$(wanted_version "$1" "$name")
    [ -z "$wanted" ] || dpkg --compare-versions "$version" ge "$wanted" || continue
    echo "$name"
    break
  done
}

# administrator: what goes before a command that needs root; the status is 1 where there is no way.
administrator() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } && echo sudo
}

# install_lists STEP TITLE LIST...: installs what is missing of the lists, or says what to type.
install_lists() {
  local step=$1 title=$2 missing
  shift 2
  missing=$(missing_lines "$@")
  [ -n "$missing" ] || return 0
  case $(package_manager) in
    debian) install_debian "$step" "$title" "$missing" ;;
    homebrew)
      # shellcheck disable=SC2086  # names are words
      run_step "$step" "$title: $(echo $missing)" brew install $missing
      ;;
  esac
}

install_debian() {
  local step=$1 title=$2 missing=$3 become
  if ! become=$(administrator); then
    printf 'error: system packages are missing, and installing them needs root\n  type: su -c "apt-get update && apt-get install --no-install-recommends %s", then make again\n' \
      "$(chosen_names "$missing")" >&2
    return 2
  fi
  # The password is asked for here, on the terminal: the step itself runs without one.
  [ -z "$become" ] || sudo -v || return 2
  run_step "$step" "$title: $(chosen_names "$missing")" apt_install "$become" "$missing"
}

# chosen_names LINES: the packages to install, on one line. Before the first update of a new system
# nothing is known of any: then it is the first name of each.
chosen_names() {
  local line name
  while read -r line; do
    name=$(available_debian "$line")
    printf '%s\n' "${name:-${line%%[ |(]*}}"
  done <<<"$1" | tr '\n' ' ' | sed 's/ $//'
}

# apt_install BECOME LINES: names are chosen after the update, as only then they are known.
apt_install() {
  local become=$1 line name names=
  # An update that one foreign source spoils is no reason to stop: the install says what it lacks.
  noted $become apt-get update -o DPkg::Lock::Timeout=300 || true
  while read -r line; do
    name=$(available_debian "$line")
    [ -n "$name" ] || { echo "no package source of this system has: $line" && return 2; }
    names="$names $name"
  done <<<"$2"
  # shellcheck disable=SC2086  # names are words
  noted $become env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get install -y -q \
    --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold $names
}
