# ablate: each experiment, crossed ones, trained ones, and going on.
a=(ablate --out run "${cpu[@]}" --precision float32)

t ablate-list ablate list
t ablate-all "${a[@]}" all --model @train-vgg/tiny --runs 3 --max-evaluations 150
t ablate-padding "${a[@]}" padding,background --model vgg16-mini --runs 2 --max-evaluations 120 --seed 7
t ablate-observed "${a[@]}" landscape,foveation,location-tied,receptive-field \
  --model @train-vgg/tiny --runs 6 --max-evaluations 400
t ablate-models "${a[@]}" founders,weights --model vgg16-mini,inception-resnet-v2-mini \
  --model @train-inception/inception --runs 2 --max-evaluations 60 --quiet
t ablate-factorial "${a[@]}" factorial --factors padding:reflect/circular,background \
  --model @train-vgg/tiny --runs 3 --max-evaluations 100
t ablate-three "${a[@]}" factorial --factors padding,background:black,founders --model @train-vgg/tiny \
  --runs 3 --max-evaluations 60
t ablate-question "${a[@]}" regions,founders --preset question --model @train-vgg/tiny --runs 5 \
  --generations 60 --max-evaluations 500 --target 0.55 --verbose
trained=(--data $photos --train-epochs 1 --networks 2 --runs 2 --max-evaluations 60)
t ablate-trained "${a[@]}" retrained-padding,training-position,head --model @train-vgg/tiny "${trained[@]}"
t ablate-tuned "${a[@]}" retrained-padding,head --model @train-vgg/tiny "${trained[@]}" --train-from model \
  --train-seed 9
t ablate-module "${a[@]}" padding --model @models-import/home/models/traced --runs 2 --max-evaluations 60

t ablate-resume-done ablate --resume %ablate-factorial/run
before 'f=$(find run/runs -type f | LC_ALL=C sort | sed -n 4p); rm "$f"
  rm -r run/summary.csv; sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t ablate-resume-cut ablate --resume %ablate-question/run
before 'rm -r run/trained/tiny/padding-reflect-*; sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t ablate-resume-trained ablate --resume %ablate-trained/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t ablate-resume-other ablate --resume %ablate-question/run --runs 6
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t ablate-resume-same ablate regions,founders --resume %ablate-question/run --runs 5
stopped 'run/runs/*/*/*.csv' ablate-stopped "${a[@]}" founders --model @train-vgg/tiny --runs 3 \
  --max-evaluations 1200
t ablate-resume-stopped ablate --resume %ablate-stopped/run
