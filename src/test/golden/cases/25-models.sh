# models, network, dataset, doctor and bench.
t models-list models list
t models-show models show vgg16-mini
t models-show-inception models show inception-resnet-v2-mini
t models-show-tiny models show @train-vgg/tiny
t models-show-tuned models show @train-tuned/tuned
t models-verify models verify vgg16-mini inception-resnet-v2-mini
before 'printf x >>in/train-vgg/tiny/weights.safetensors'
t models-verify-damaged models verify @train-vgg/tiny
t export-torchscript models export @train-vgg/tiny --format torchscript --out tiny.pt
t export-safetensors models export @train-vgg/tiny --format safetensors --out tiny.safetensors
t export-inception models export @train-inception/inception --format torchscript --out inception.pt
t export-there models export @train-vgg/tiny --format torchscript --out %export-torchscript/tiny.pt
before "$own"
after train-vgg
t models-import models import @export-torchscript/tiny.pt --name traced --input 1x64x64 --output logit --cat 0 \
  --photo ../inputs/pictures/cat.png "${cpu[@]}"
before "$own"
after train-vgg
t import-scaled models import @export-torchscript/tiny.pt --name scaled --input 1x64x64 --output logit --cat 1 \
  --mean 0.5 --std 0.25 --quiet "${cpu[@]}"
before "$own"
after train-vgg
t import-logits models import @export-torchscript/tiny.pt --name logits --input 1x64x64 --output logits --cat 0 "${cpu[@]}"
before "$own"
after train-vgg
t import-arch models import --arch vgg16 @export-safetensors/tiny.safetensors --name full "${cpu[@]}"
before "$own"
after train-vgg
t models-list-own models list
t models-show-module models show @models-import/home/models/traced
t score-module score --model @models-import/home/models/traced ../inputs/pictures "${cpu[@]}"
t evolve-module evolve --model @models-import/home/models/traced --generations 4 --runs 2 --out run "${cpu[@]}" \
  --precision float32
t models-export-module models export @models-import/home/models/traced --format safetensors --out x.safetensors

t network-tiny network show @train-vgg/tiny --gradient 2 --all --out run
t network-vgg network show vgg16 --layer features.16 --padding zero --out run
t network-inception network show inception-resnet-v2-mini --padding zero,reflect --out run
t network-full-inception network show inception-resnet-v2 --padding replicate --out run --quiet

t dataset-good dataset check $photos --size 80 --out run
t dataset-bad dataset check ../inputs/bad --out run
t dataset-csv dataset check ../inputs/photos.csv --out run --quiet

# only words and shapes of these are stable: every number is taken out by the comparison
before "$own"
after train-vgg
t timing-doctor doctor --no-measure "${cpu[@]}"
t timing-bench bench "${tiny[@]}" --seconds 0.5 --population 20 --precision float32 --out bench.json --quiet
