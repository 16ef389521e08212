# league, diagnose, and sweep from the plan to the tables.
t league league --model @train-vgg/tiny --searches all --runs 2 --max-evaluations 300 --target 0.6 \
  "${cpu[@]}" --precision float32 --out run
t league-middle league --model @train-vgg/tiny --searches greedy,sparse-rs --runs 2 \
  --max-evaluations 200 --region center:0.5 --json "${cpu[@]}" --precision float32 --out run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; rm run/league.csv'
t league-resume league --resume %league/run

t diagnose diagnose @train-vgg/tiny --pictures 8 "${cpu[@]}" --precision float32 --out run
t diagnose-photos diagnose @train-vgg/tiny "$photos/test" --pictures 8 --seed 3 --json "${cpu[@]}" \
  --precision float32 --fail-on head --out run
t diagnose-resume-done diagnose --resume %diagnose/run

# what was planned is done and collected
spec='models: [tiny]\nseeds: {first: 3, count: 2}\nnumerics: portable\ntasks:\n'
spec+='  - command: evolve\n    options: {generations: 5, population: 10}\n'
spec+='  - command: ablate\n    experiments: [padding]\n    options: {max-evaluations: 60}\n'
before "$own; printf '$spec' >spec.yaml"
after train-vgg
t timing-sweep-plan sweep plan spec.yaml --out run
before "$own"
after train-vgg
t timing-sweep-work sweep work %timing-sweep-plan/run --quiet
before "$own"
after train-vgg
t sweep-collect sweep collect %timing-sweep-work/run --folders
