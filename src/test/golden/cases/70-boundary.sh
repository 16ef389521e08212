# boundary and its sub-commands.
b=(boundary "${tiny[@]}" --out run)
t boundary-paths "${b[@]}" --from white --to @evolve-question/run --random 3 --steps 40 --line-steps 20
t boundary-vgg boundary --model vgg16-mini --from ../inputs/pictures/cat.png --to white --orders straight,best-first \
  --steps 12 --candidates 4 --tolerance 1e-3 --out run "${cpu[@]}"
t boundary-between "${b[@]}" --from @evolve-question/run/runs/1 --to @evolve-dense/run --steps 30 --random 2 \
  --orders outward-in,inward-out,random,worst-first --seed 3 --precision bfloat16

t margins-tiny boundary margins --out run --resize "${tiny[@]}" @evolve-question/run white ../inputs/pictures $photos/test \
  --per-group 2 --max-flips 40
t margins-vgg boundary margins --out run --model vgg16-mini ../inputs/pictures/cat.png white --max-flips 8 \
  --candidates 4 "${cpu[@]}"
m=(boundary margins --resize "${tiny[@]}" @evolve-question/run white ../inputs/pictures $photos/test --per-group 2)
t margins-resume-done "${m[@]}" --max-flips 40 --resume %margins-tiny/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; sed -i 4q run/margins.csv; rm run/summary.csv'
t margins-resume-cut "${m[@]}" --max-flips 40 --resume %margins-tiny/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t margins-resume-other "${m[@]}" --max-flips 41 --resume %margins-tiny/run

t minimal-tiny boundary minimal --out run "${tiny[@]}" --starts @evolve-question/run greedy dense --runs 2 \
  --evaluations 400 --target 0.5,0.6
t minimal-pictures boundary minimal --out run "${tiny[@]}" --starts @evolve-question/run/runs/3/best.png --evaluations 0 \
  --target 0.55 --density 0.01 --candidates 4 --quiet
m=(boundary minimal "${tiny[@]}" --starts @evolve-question/run greedy dense --runs 2 --evaluations 400)
t minimal-resume-done "${m[@]}" --target 0.5,0.6 --resume %minimal-tiny/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; sed -i 4q run/minimal.csv'
t minimal-resume-cut "${m[@]}" --target 0.5,0.6 --resume %minimal-tiny/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t minimal-resume-other "${m[@]}" --target 0.5 --resume %minimal-tiny/run

t counterfactual-tiny boundary counterfactual --out run "${tiny[@]}" @evolve-question/run $photos/test/cat \
  ../inputs/pictures/disc.bmp --evaluations 300 --per-group 2 --max-flips 100
t counterfactual-vgg boundary counterfactual --out run --model vgg16-mini ../inputs/pictures/cat.png --threshold 0.4 \
  --evaluations 0 --max-flips 60 "${cpu[@]}"
m=(boundary counterfactual "${tiny[@]}" @evolve-question/run $photos/test/cat ../inputs/pictures/disc.bmp
  --evaluations 300 --per-group 2)
t counterfactual-resume-done "${m[@]}" --max-flips 100 --resume %counterfactual-tiny/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; sed -i 3q run/counterfactual.csv'
t counterfactual-resume-cut "${m[@]}" --max-flips 100 --resume %counterfactual-tiny/run

t transfer-two boundary transfer --out run @evolve-quick/run @evolve-inception/run ../inputs/pictures/cat.png \
  --models vgg16-mini,inception-resnet-v2-mini "${cpu[@]}"
t transfer-padding boundary transfer --out run @evolve-question/run $photos/test --per-group 2 \
  --models @train-vgg/tiny --models @train-tuned/tuned --padding all --seed 8 "${cpu[@]}"
