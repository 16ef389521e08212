# explain, compare and report. The cache is shared, so their order is fixed.
few=(--runs 2 --max-evaluations 100)
t timing-dry-few explain @train-vgg/tiny "${few[@]}" --fresh --dry-run "${cpu[@]}"
t timing-dry explain @train-vgg/tiny --budget full --data $photos --dry-run "${cpu[@]}"
after explain-both
t explain-full explain @train-vgg/tiny --budget full --runs 3 --max-evaluations 120 --networks 2 --train-epochs 1 \
  --data $photos --out run "${cpu[@]}"
after explain-full
t explain-again explain @train-vgg/tiny --budget standard --runs 3 --max-evaluations 120 --out run "${cpu[@]}"
t explain-fresh explain @train-vgg/tiny --fresh --runs 2 --max-evaluations 60 --seed 9 --out run --verbose "${cpu[@]}"
t explain-module explain @models-import/home/models/traced "${few[@]}" --fresh --out run "${cpu[@]}"
t explain-resume-done explain --resume %explain-fresh/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; rm run/index.html run/findings.csv
  f=$(find run/runs -type f | LC_ALL=C sort | sed -n 2p); rm "$f"'
t explain-resume-cut explain --resume %explain-fresh/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t explain-resume-other explain --resume %explain-fresh/run --runs 3
stopped 'run/runs/*/*/*.csv' explain-stopped explain @train-vgg/tiny --fresh --runs 3 --max-evaluations 1000 --out run \
  "${cpu[@]}"
t explain-resume-stopped explain --resume %explain-stopped/run

after explain-again
t compare-both compare --runs 2 --max-evaluations 200 --seed 3 --out run "${cpu[@]}"
after compare-both
t compare-sizes compare @train-vgg/tiny @train-inception/inception "${few[@]}" --seed 3 --out run --quiet "${cpu[@]}"

t report-both report %explain-both/run
t report-full report %explain-full/run --share shared --quiet
t report-compare report %compare-both/run
before 'sed -i "2s/^[^,]*/nonsense/" run/findings.csv; rm in/explain-again/run/summary.csv'
t report-many report %explain-fresh/run @explain-again/run in/nothing
