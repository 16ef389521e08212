# evolve: presets, methods, operators, places, schedules, and going on.
e=(evolve "${tiny[@]}" --precision float32 --out run)

t evolve-quick evolve --model vgg16-mini --runs 2 --generations 12 --out run "${cpu[@]}" --precision float32
t evolve-inception evolve --model inception-resnet-v2-mini --runs 2 --generations 5 --out run \
  "${cpu[@]}" --precision float32 --seed 5
t evolve-question "${e[@]}" --preset question --runs 4 --generations 150
t evolve-dense "${e[@]}" --preset dense --runs 3 --generations 15 --minimize --minimize-evaluations 300
t evolve-minimize "${e[@]}" --runs 2 --generations 8 --minimize --minimize-target 0.55 \
  --minimize-evaluations 0 --verbose
t evolve-success "${e[@]}" --runs 3 --generations 60 --target 0.6 --stagnation 30
t evolve-random "${e[@]}" --search random --pixels 200 --generations 6 --population 20 --runs 2
t evolve-greedy "${e[@]}" --search greedy --probe-stride 8 --max-evaluations 700 --runs 1
t evolve-annealing "${e[@]}" --search annealing --temperature 0.1,0.01 --generations 40 --population 4 \
  --runs 2 --edits add:2,remove:1,move:1,nudge:2 --border wrap
t evolve-sparse-rs "${e[@]}" --search sparse-rs --pixels 30 --generations 40 --population 5 --runs 2
for crossover in columns pixel-list uniform none; do
  t evolve-$crossover "${e[@]}" --crossover $crossover --generations 8 --runs 2 --quiet
done
t evolve-center "${e[@]}" --region center:0.5@0..6 --region edge:0.4@6..9 --generations 12 --runs 2
t evolve-box "${e[@]}" --region 10,5,40,30 --start pixels:5 --generations 5 --runs 2
t evolve-mask "${e[@]}" --region mask:../inputs/mask.bmp --start pixels:3% --generations 5 --runs 2
t evolve-image "${e[@]}" --start ../inputs/start.bmp --generations 5 --runs 2 --selection truncation:0.3
t evolve-empty "${e[@]}" --start empty --generations 6 --runs 2 --selection rank:1.5 --elites 3
t evolve-edge "${e[@]}" --start edge:0.2 --generations 5 --runs 2 --selection roulette --border clamp
t evolve-steady "${e[@]}" --offspring 10 --tournament 3 --generations 20 --runs 2 --border reflect
t evolve-pixel-rate "${e[@]}" --mutation-rate-per pixel --mutation-probability 0.001 --generations 6 \
  --runs 2 --crossover-probability 0.4
t evolve-white-on-black "${e[@]}" --background 0 --ink 1 --generations 6 --runs 2 --minimize \
  --minimize-evaluations 100
t evolve-not-cat "${e[@]}" --target-class not-cat --generations 6 --runs 2 --time 1h
t evolve-schedules "${e[@]}" --lambda geometric:0.0001,0.01,8 --edits-per-mutation 8,1.2,5 \
  --fitness-scale 2 --fitness-offset 1 --generations 10 --runs 2 --population 30
t evolve-linear "${e[@]}" --lambda linear:0,0.01,5 --edits-per-mutation 2 --generations 6 --runs 2
t evolve-bfloat16 evolve "${tiny[@]}" --precision bfloat16 --generations 5 --runs 2 --out run
t evolve-retrained evolve --model @train-plain/plain "${cpu[@]}" --precision float32 --generations 5 \
  --runs 2 --out run

t evolve-resume-done evolve --resume %evolve-minimize/run
before 'rm -r run/runs/2 run/summary.csv; sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t evolve-resume-cut evolve --resume %evolve-dense/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t evolve-resume-other evolve --resume %evolve-minimize/run --generations 9
t evolve-resume-nothing evolve --resume ../inputs
stopped 'run/runs/1/checkpoint*' evolve-stopped "${e[@]}" --preset question --runs 2 --generations 500 \
  --checkpoint-every 40
t evolve-resume-stopped evolve --resume %evolve-stopped/run
