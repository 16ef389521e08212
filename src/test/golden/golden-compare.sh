#!/bin/bash
# Compares two outputs of golden.sh byte for byte and lists every file that is missing, new or differs.
#
#   golden-compare.sh [--diff] A B
#
#   --diff   also show the first lines that differ of each text file
#
# Cases that only one of them has run (golden.sh --only) are counted, not compared.
#
# What no two runs have alike is taken out first, of text files alone: times and dates, versions, the
# folder's own path, lines of progress, measured times and rates. Exit code 0 when all else is the
# same, 1 when not.
set -u -o pipefail
export LC_ALL=C

show=
[ "${1-}" = --diff ] && show=yes && shift
if [ $# -ne 2 ] || [ ! -e "$1/.root" ] || [ ! -e "$2/.root" ]; then
  sed -n '2,/^set /p' "${BASH_SOURCE[0]}" | sed '$d; s/^# \{0,1\}//' >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every file of an output but inputs, copies of them, models that came with whisker, and what an
# interrupted run left; only of the cases in both outputs. The version of whisker in the cache's paths
# becomes VERSION.
listed() {
  (
    cd "$1" || exit
    find . -type f ! -path './inputs/*' ! -path './*/in/*' ! -path './home/models/*' \
      ! -name .seconds ! -name .root ! -name .lock ! -name .varies | while read -r file; do
      case=${file#./} && case=${case%%/*}
      [[ "$both" == *" $case "* ]] || continue
      if [ -e "$case/.varies" ] && [ "$file" != "./$case/code" ]; then continue; fi
      name=${file#./}
      [[ ! $name =~ ^(.*cache/[a-z]+/)[^/]+/(.*)$ ]] || name=${BASH_REMATCH[1]}VERSION/${BASH_REMATCH[2]}
      printf '%s\t%s\n' "$name" "${file#./}"
    done
  ) | sort
}

# plain FILE ROOT NAME: a text file without what may differ.
plain() {
  local rules=(
    -e "s|$2|ROOT|g"
    -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]+(\.[0-9]+)?Z?/TIME/g'
    -e 's/-[0-9]{8}-[0-9]{6}/-STAMP/g'
    -e 's/("(whisker|java|os|engine)" : )"[^"]*"/\1"VERSION"/'
    -e 's/("seconds" : |<dt>seconds<.dt><dd>)[0-9.]+/\1SECONDS/'
  )
  case $3 in
    *.csv | *.json | *.svg | *.npy) ;;
    *)
      rules+=(
        -e '/[0-9]+\/[0-9]+ \([0-9]+ %\)/d'
        -e 's/[0-9.]+ (h|min|s|ms)( [0-9]+ (min|s))?([^a-z]|$)/DURATION\4/g'
        -e 's/about DURATION|less than a minute/about DURATION/g'
      )
      ;;
  esac
  [[ $3 != */training.csv && $3 != */epochs.csv ]] || rules+=(-e 's/,[0-9.]+$/,SECONDS/')
  [[ $3 != timing-* ]] || rules+=(-e 's/[0-9]+([.,][0-9]+)*/N/g' -e 's/ +/ /g')
  tr -d '\0' <"$1" | sed -E "${rules[@]}"
}

# The section of the list that a file belongs to.
section() {
  case $1 in
    */stdout | */stderr | */code | */command) echo printed ;;
    *.csv | *.json | *.npy) echo tables ;;
    *.html) echo pages ;;
    *.png | *.gif | *.svg) echo pictures ;;
    *) echo others ;;
  esac
}

compare() {
  local name=$1 a=$A/$2 b=$B/$3
  cmp -s "$a" "$b" && return 0
  case $name in
    *.png | *.gif | *.npy | *.pt | *.safetensors | *.bin) ;;
    *)
      plain "$a" "$rootA" "$name" >"$work/a"
      plain "$b" "$rootB" "$name" >"$work/b"
      cmp -s "$work/a" "$work/b" && return 0
      if [ -n "$show" ]; then
        diff "$work/a" "$work/b" | head -n 6 | cut -c 1-200 | sed 's/^/      /' >"$work/lines"
      fi
      ;;
  esac
  record differs "$name"
}

# record WHAT NAME
record() {
  {
    printf '  %-8s %s\n' "$1" "$2"
    [ ! -s "$work/lines" ] || cat "$work/lines"
  } >>"$work/section-$(section "$2")"
  : >"$work/lines"
}

A=$1
B=$2
rootA=$(cat "$A/.root")
rootB=$(cat "$B/.root")
: >"$work/lines"
cases() { (cd "$1" && printf '%s\n' */ | tr -d / | sort); }
both=" $(comm -12 <(cases "$A") <(cases "$B") | tr '\n' ' ')"
single=$(comm -3 <(cases "$A") <(cases "$B") | wc -l)
[ "$single" -eq 0 ] || both=${both/ home / } # the cache is made by all cases together
listed "$A" >"$work/files-a"
listed "$B" >"$work/files-b"
while IFS=$'\t' read -r name; do
  record missing "$name"
done < <(comm -23 <(cut -f 1 "$work/files-a") <(cut -f 1 "$work/files-b"))
while IFS=$'\t' read -r name; do
  record new "$name"
done < <(comm -13 <(cut -f 1 "$work/files-a") <(cut -f 1 "$work/files-b"))
while IFS=$'\t' read -r name a b; do
  compare "$name" "$a" "$b"
done < <(join -t $'\t' "$work/files-a" "$work/files-b")

found=0
for each in printed tables pages pictures others; do
  file=$work/section-$each
  [ -e "$file" ] || continue
  count=$(grep -cE '^  (missing|new|differs)' "$file")
  found=$((found + count))
  echo "$each: $count"
  cat "$file"
done
[ "$single" -eq 0 ] || echo "$single cases are in one output alone, and were not compared"
echo "$found of $(wc -l <"$work/files-a") files are not the same"
[ "$found" -eq 0 ]
