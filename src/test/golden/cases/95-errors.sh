# Usage errors and failures: messages and exit codes.
t error-command evolv
t error-option evolve --model vgg16-mini --generation 3
t error-sub-command models delete
t error-no-model evolve
t error-unknown-model evolve --model nothing
t error-value evolve --model vgg16-mini --runs three
t error-runs evolve --model vgg16-mini --runs 0
t error-preset evolve --model vgg16-mini --preset fast
t error-crossover evolve --model vgg16-mini --crossover rows
t error-elites evolve --model vgg16-mini --elites 4 --offspring 3
t error-region evolve --model vgg16-mini --region middle
t error-start evolve --model vgg16-mini --start nothing.png
t error-start-size evolve --model vgg16-mini --start ../inputs/start.bmp
t error-edits evolve --model vgg16-mini --edits add:1,jump:2
t error-border evolve --model vgg16-mini --edits add:1 --border wrap
t error-rate-per evolve --model vgg16-mini --mutation-rate-per pixel
t error-lambda evolve --model vgg16-mini --lambda steep
t error-temperature evolve --model vgg16-mini --search annealing --temperature 1
t error-search evolve --model vgg16-mini --search climb
t error-pixels evolve --model vgg16-mini --pixels 3
t error-minimize evolve --model vgg16-mini --minimize-target 0.5
t error-device evolve --model vgg16-mini --device tpu
t error-precision evolve --model vgg16-mini --precision half
t error-time evolve --model vgg16-mini --time soon
t error-target evolve --model vgg16-mini --target 2
t error-out-full evolve --model vgg16-mini --out ../inputs "${cpu[@]}"
t error-out-file evolve --model vgg16-mini --out command "${cpu[@]}"
t error-out-resume probe --model vgg16-mini --out x --resume ../inputs
t error-explain-budget explain --budget huge
t error-explain-runs explain --runs 1
t error-explain-twice explain vgg16-mini vgg16-mini
t error-explain-networks explain --networks 4
t error-explain-data explain --data ../inputs/none
t error-compare-one compare vgg16-mini
t error-report-none report
t error-report-folder report ../inputs
t error-report-share report a b --share c
t error-score-none score --model vgg16-mini
t error-score-missing score --model vgg16-mini nothing.png
t error-score-broken score --model vgg16-mini ../inputs/bad/not_cat/broken.bmp "${cpu[@]}"
t error-evaluate-data evaluate --model vgg16-mini --data ../inputs/pictures
t error-evaluate-split evaluate --model vgg16-mini --data ../inputs/photos.csv --split other "${cpu[@]}"
t error-ablate-none ablate
t error-ablate-name ablate colour --model vgg16-mini
t error-ablate-data ablate head --model vgg16-mini
t error-ablate-refused ablate head --model inception-resnet-v2-mini --data ../inputs/photos --out run
t error-ablate-factors ablate factorial --factors padding --model vgg16-mini
t error-ablate-target ablate padding --target 1 --model vgg16-mini
t error-ablate-twice ablate padding --model vgg16-mini --model ../home/models/vgg16-mini
t error-heatmap-missing heatmap nothing
t error-heatmap-canvas heatmap ../inputs/pixels.csv
t error-heatmap-small heatmap ../inputs/pixels.csv --canvas 8x8 --out run
t error-heatmap-csv heatmap ../inputs/bad.csv --canvas 64x64 --out run
t error-heatmap-twice heatmap ../inputs/pixels.csv ../inputs/pixels.csv --canvas 64x64
t error-heatmap-model heatmap ../inputs/pixels.csv --canvas 64x64 --model vgg16-mini --out run
t error-probe-mode probe --model vgg16-mini --mode flip
t error-probe-count probe --model vgg16-mini --count 0
t error-probe-area probe --model vgg16-mini --count 1,9999 "${cpu[@]}"
t error-probe-block probe --model vgg16-mini --block 500 "${cpu[@]}"
t error-saliency-none saliency --model vgg16-mini
t error-saliency-method saliency --model vgg16-mini --image white --method magic
t error-saliency-layer saliency --model vgg16-mini --image white --method grad-cam --layer nowhere --out run
t error-saliency-window saliency --model vgg16-mini --image white --method occlusion --window 500 --out run
t error-saliency-fill saliency --model vgg16-mini --image white --method occlusion --fill pink
t error-boundary-none boundary
t error-boundary-same boundary --model vgg16-mini --from white --to white --out run "${cpu[@]}"
t error-boundary-orders boundary --model vgg16-mini --from white --to ../inputs/pictures/cat.png --orders up
t error-minimal-target boundary minimal --model vgg16-mini --target 1.5
t error-minimal-start boundary minimal --model vgg16-mini --starts nothing
t error-counterfactual-threshold boundary counterfactual --model vgg16-mini white --threshold dark
t error-transfer-padding boundary transfer white --padding mirror
t error-show models show nothing
t error-export-format models export vgg16-mini --format onnx --out x
t error-import-file models import nothing.pt --name x --input 1x64x64 --output logit --cat 0
t error-import-input models import ../inputs/pixels.csv --name x --input 64 --output logit --cat 0
t error-import-name models import ../inputs/pixels.csv --name vgg16-mini --input 1x64x64 --output logit --cat 0
t error-import-module models import ../inputs/pixels.csv --name x --input 1x64x64 --output logit --cat 0
t error-fetch models fetch resnet50
t error-network network show resnet50
t error-network-layer network show vgg16 --layer nowhere --out run
t error-network-gradient network show vgg16 --gradient 3 --out run
t error-dataset dataset check nothing
t error-train-arch train --arch resnet50 --data ../inputs/photos --out ./x
t error-train-option train --arch vgg16 --repeats 1,1,1 --data ../inputs/photos --out ./x
t error-train-init train --init vgg16-mini --width 0.5 --data ../inputs/photos --out ./x
t error-train-data train --arch vgg16 --data ../inputs/pictures --out ./x
t error-train-epochs train --arch vgg16 --epochs 0 --data ../inputs/photos --out ./x
t error-bench bench
