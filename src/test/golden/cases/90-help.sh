# What every command says of itself.
t help-none
t help help
t version --version
for words in --help 'explain --help' 'compare --help' 'report --help' 'evolve --help' 'heatmap --help' \
  'score --help' 'evaluate --help' 'ablate --help' 'probe --help' 'saliency --help' 'boundary --help' \
  'boundary margins --help' 'boundary minimal --help' 'boundary counterfactual --help' \
  'boundary transfer --help' \
  'diagnose --help' 'league --help' 'charts --help' 'play --help' 'sweep --help' \
  'sweep plan --help' 'sweep work --help' 'sweep run --help' 'sweep collect --help' \
  'boundary attack --help' 'completion --help' 'cite --help' 'models --help' 'models list --help' 'models show --help' 'models verify --help' 'models import --help' \
  'models export --help' 'models fetch --help' 'network --help' 'network show --help' 'dataset --help' \
  'dataset check --help' 'train --help' 'bench --help' 'doctor --help'; do
  name=${words// /-}
  # shellcheck disable=SC2086 # these are several words
  t "help-${name//--help/-}" $words
done
