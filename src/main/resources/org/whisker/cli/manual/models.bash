
# The models of this whisker: folders with a card.
function _whisker_models() {
  local start home model
  start=$(command -v -- "${COMP_WORDS[0]:-whisker}" 2>/dev/null)
  start=$(readlink -f -- "$start" 2>/dev/null)
  start=${start%/*}
  for home in "${WHISKER_HOME:-${start%/bin}}" "${XDG_DATA_HOME:-${HOME:-}/.local/share}/whisker"; do
    for model in $(command ls -- "$home/models" 2>/dev/null); do
      [ ! -f "$home/models/$model/model.json" ] || echo "$model"
    done
  done | sort -u
}

