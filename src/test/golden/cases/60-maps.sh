# probe and saliency.
t probe-vgg probe --model vgg16-mini --block 118 --mode both --out run --image ../inputs/pictures/cat.png "${cpu[@]}"
t probe-white probe "${tiny[@]}" --pairs 8 --out run
t probe-evolved probe "${tiny[@]}" --image @evolve-question/run/runs/1/best.png --pairs 3 --seed 4 --out run
t probe-block probe "${tiny[@]}" --image ../inputs/pictures/noise.bmp --block 4 --mode remove --out run --quiet
t probe-count probe "${tiny[@]}" --count 1,3 --draws 4 --out run
t probe-count-image probe "${tiny[@]}" --count 2 --draws 3 --image ../inputs/pictures/noise.bmp --out run
t probe-bfloat16 probe "${tiny[@]}" --block 8 --precision bfloat16 --out run
t probe-resume-done probe "${tiny[@]}" --pairs 8 --resume %probe-white/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; find run -name "probe*.png" -delete'
t probe-resume-cut probe "${tiny[@]}" --pairs 8 --resume %probe-white/run
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t probe-resume-other probe "${tiny[@]}" --pairs 9 --resume %probe-white/run
stopped 'run/manifest.json' probe-stopped probe --model inception-resnet-v2-mini --block 2 --out run "${cpu[@]}"

s=(saliency --out run --steps 4 "${cpu[@]}")
t saliency-list saliency --method list
t saliency-quick "${s[@]}" --samples 4 --model vgg16-mini --image ../inputs/pictures/cat.png @evolve-quick/run/runs/2 --stride 16
t saliency-all "${s[@]}" --model @train-vgg/tiny --method all --window 16 --stride 8 --samples 6 \
  --image white ../inputs/pictures/cat.png @evolve-question/run/runs/2
t saliency-faithful "${s[@]}" --samples 4 --model @train-vgg/tiny --method gradient,occlusion,grad-cam \
  --faithfulness --image ../inputs/pictures/cat.png @evolve-question/run/runs/1 --window 16 --stride 16
t saliency-inception "${s[@]}" --samples 4 --model inception-resnet-v2-mini --method grad-cam,grad-cam++,gradient-x-input \
  --image ../inputs/pictures/cat.png --baseline gray:0.3 --batch 2
t saliency-layer "${s[@]}" --samples 4 --model @train-vgg/tiny --method grad-cam --layer features.4 \
  --image @evolve-question/run/runs/2/best.png
t saliency-wrap "${s[@]}" --samples 4 --model @train-vgg/tiny --method occlusion,rise --border wrap --fill blur:4 --window 12x20 \
  --stride 6 --verify --image ../inputs/pictures/noise.bmp
t saliency-captum "${s[@]}" --samples 4 --model @train-vgg/tiny --method occlusion,integrated-gradients --border captum \
  --fill black --baseline ../inputs/pictures/disc.bmp --window 10 --stride 10 --image ../inputs/pictures/cat.png
t saliency-shapley "${s[@]}" --model @train-vgg/tiny --method shapley,leave-one-out --samples 5 --seed 6 \
  --image @evolve-white-on-black/run/runs/1/best.png
t saliency-photos "${s[@]}" --samples 4 --model @train-vgg/tiny --method gradient,smoothgrad --image $photos/test \
  --per-group 2 --precision bfloat16 --quiet
t saliency-module "${s[@]}" --samples 4 --model @models-import/home/models/traced --method gradient,grad-cam \
  --image ../inputs/pictures/cat.png
t saliency-resume-done saliency --resume %saliency-wrap/run --model @train-vgg/tiny --method occlusion,rise \
  --border wrap --fill blur:4 --window 12x20 --stride 6 --verify --image ../inputs/pictures/noise.bmp --steps 4 --samples 4 \
  "${cpu[@]}"
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json; rm run/gallery.png run/summary.csv
  find run -name "*rise*.json" -delete'
t saliency-resume-cut saliency --resume %saliency-wrap/run --model @train-vgg/tiny --method occlusion,rise \
  --border wrap --fill blur:4 --window 12x20 --stride 6 --verify --image ../inputs/pictures/noise.bmp --steps 4 --samples 4 \
  "${cpu[@]}"
before 'sed -i "s/\"done\"/\"stopped\"/" run/manifest.json'
t saliency-resume-other saliency --resume %saliency-wrap/run --model @train-vgg/tiny \
  --image ../inputs/pictures/noise.bmp --steps 5 "${cpu[@]}"
