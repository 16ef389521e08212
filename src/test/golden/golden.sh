#!/bin/bash
# Runs every command of whisker on small inputs and keeps all that it prints and writes, so that two
# states of the code can be compared byte for byte (by golden-compare.sh).
#
#   golden.sh [--old DIR] [--only PATTERN] OUT COMMAND...
#
#   OUT             a new or empty folder; OUT/CASE/ gets stdout, stderr, code and what is written.
#                   An OUT whose run was cut short goes on: cases that are done are kept
#   COMMAND         what starts whisker, such as ./whisker
#   --old DIR       cases that read what another case wrote read it from DIR, an earlier OUT: so
#                   folders of an older whisker are opened and resumed by this one
#   --only PATTERN  only cases whose names match this shell pattern, and those that they read
#
#   GOLDEN_JOBS     how many cases run at once (default: 2)
#   GOLDEN_MODELS   the folder with the two embedded classifiers (default: models/ of this checkout)
#
# The cases are in cases/*.sh; README.md says how to write one.
set -u -o pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//' >&2
  exit 2
}

old=
pattern='*'
while [[ ${1-} == --* ]]; do
  [ $# -ge 2 ] || usage
  case $1 in
    --old) old=$(cd "$2" && pwd) || exit 2 ;;
    --only) pattern=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ $# -ge 2 ] || usage
mkdir -p "$1" || exit 2
out=$(cd "$1" && pwd)
shift
if [ -n "$(ls -A "$out")" ] && [ ! -e "$out/.root" ]; then
  echo "golden.sh: $out is not empty" >&2
  exit 2
fi
command=("$@")
# a command with a slash is a file, to be found from the folder of every case
[[ $1 != */* ]] || command[0]=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
from=${old:-$out}
limit=${GOLDEN_JOBS:-2}

# --- what cases are made of ---

before= # shell commands for the next case
after=  # cases that must be done before the next one

before() { before=$*; }
after() { after=$*; }
t() { add '' "$@"; }
stopped() { add "$@"; }

# add FILE NAME ARGS...: the next case; the first pass over the cases lists it, the second runs it.
declare -A needed # the cases that a case waits for
names=()
add() {
  local file=$1 name=$2 commands=$before other
  shift 2
  if [ "$pass" = list ]; then
    [ -z "${needed[$name]+there}" ] || { echo "golden.sh: two cases are called $name" >&2; exit 2; }
    names+=("$name")
    needed[$name]="$after $(read_by "$@")"
    for other in ${needed[$name]}; do
      [ -n "${needed[$other]+there}" ] || { echo "golden.sh: $name comes before $other" >&2; exit 2; }
    done
  elif [[ " $selected " == *" $name "* ]] && [ ! -e "$out/$name/code" ]; then
    while [ "$(jobs -rp | wc -l)" -ge "$limit" ]; do wait -n; done
    rm -rf "${out:?}/$name" && mkdir "$out/$name"
    (run "$file" "$name" "$commands" "$@") &
  fi
  before= after=
}

# The cases that these arguments read.
read_by() {
  local argument
  [ -z "$old" ] || return 0
  for argument; do
    [[ $argument != [@%]*/* ]] || printf '%s ' "$(cut -d / -f 1 <<<"${argument#?}")"
  done
}

# --- running one ---

# run FILE NAME COMMANDS ARGS...
run() {
  local file=$1 name=$2 commands=$3 argument other
  shift 3
  for other in ${needed[$name]}; do
    until [ -e "$out/$other/code" ]; do sleep 0.1; done
  done
  cd "$out/$name" || exit
  arguments=()
  for argument; do
    case $argument in
      @*/*) other=in/${argument#@} && copy "${argument#@}" "$other" ;;
      %*/*)
        other=$(basename "$argument") && copy "${argument#%}" "$other"
        # a folder names what it was made from as its case did
        inputs "$(cut -d / -f 1 <<<"${argument#%}")"
        ;;
      *) other=$argument ;;
    esac
    arguments+=("$other")
  done
  [ -z "$commands" ] || eval "$commands"
  printf '%s\n' "${arguments[*]-}" >command
  local TIMEFORMAT='%R %U'
  { time if [ -z "$file" ]; then whisker; else interrupt "$file"; fi; } 2>.seconds
  mv .code code
}

# copy CASE/PATH TO: what a case wrote.
copy() {
  [ ! -e "$2" ] && [ -e "$from/$1" ] || return 0
  mkdir -p "$(dirname "$2")" && cp -r "$from/$1" "$2"
}

# inputs CASE: what a case was given of others.
inputs() {
  [ ! -e "$from/$1/in" ] || { mkdir -p in && cp -r "$from/$1/in/." in/; }
}

whisker() {
  "${command[@]}" ${arguments[@]+"${arguments[@]}"} >stdout 2>stderr </dev/null
  echo $? >.code
}

# interrupt FILE: Ctrl-C as soon as FILE is there. What was written until then varies.
interrupt() {
  local process
  touch .varies
  set -m # without job control, Ctrl-C is ignored by whatever runs in the background
  whisker &
  process=$!
  set +m
  until compgen -G "$1" >/dev/null; do
    kill -0 "$process" 2>/dev/null || break
    sleep 0.05
  done
  kill -INT -- "-$process" 2>/dev/null
  wait "$process"
}

# --- all of them ---

export WHISKER_HOME=$out/home LC_ALL=C.UTF-8 TZ=UTC
unset WHISKER_GPU HF_ENDPOINT HTTPS_PROXY HTTP_PROXY https_proxy http_proxy
source "$here/inputs.sh"
if [ ! -e "$out/.root" ]; then
  mkdir "$WHISKER_HOME" || exit 2
  cp -r "${GOLDEN_MODELS:-$here/../../../models}" "$WHISKER_HOME/models" || exit 2
  make_inputs "$out/inputs" "$here"
  printf '%s\n' "$out" >"$out/.root" # the comparison replaces this path
fi

all_cases() {
  local file
  for file in "$here"/cases/*.sh; do source "$file"; done
}

# Adds a case, and what it waits for, to those that are run.
select_case() {
  local other
  [[ " $selected " != *" $1 "* ]] || return 0
  selected+=" $1"
  for other in ${needed[$1]}; do select_case "$other"; done
}

pass=list
all_cases
selected=
for name in "${names[@]}"; do
  # shellcheck disable=SC2053 # it is a pattern
  [[ $name != $pattern ]] || select_case "$name"
done
pass=run
start=$(date +%s)
all_cases
wait
echo "$(wc -w <<<"$selected") cases in $(($(date +%s) - start)) s: $out"
