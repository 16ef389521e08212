# heatmap, score and evaluate.
t heatmap-one heatmap @evolve-quick/run --out run --seed 2
t heatmap-three heatmap @evolve-question/run @evolve-dense/run @evolve-not-cat/run --out run
t heatmap-one-run heatmap @evolve-greedy/run --out run --bandwidth 4
t heatmap-grays heatmap @evolve-white-on-black/run --out run --quiet
t heatmap-model heatmap @evolve-question/run "${tiny[@]}" --out run --verbose
t heatmap-csv heatmap ../inputs/pixels.csv --canvas 64x64 --out run
t heatmap-csv-model heatmap ../inputs/pixels.csv --canvas 64x64 "${tiny[@]}" --out run
before 'mkdir pictures; for i in 1 2 3 4; do cp in/evolve-question/run/runs/$i/best.png pictures/$i.png; done
  cp ../inputs/pictures/cat.png pictures/other.png'
t heatmap-pictures heatmap pictures @evolve-question/run --skip-bad --out run
before 'mkdir pictures; cp in/evolve-question/run/runs/1/best.png ../inputs/pictures/cat.png pictures'
t heatmap-pictures-bad heatmap pictures @evolve-question/run --out run
before 'echo "x,y,delta_logit" >in/evolve-question/run/runs/2/best.csv'
t heatmap-skip heatmap @evolve-question/run --skip-bad --out run
before 'rm in/evolve-question/run/runs/2/best.png'
t heatmap-bad heatmap @evolve-question/run --out run

t score-vgg score --model vgg16-mini ../inputs/pictures ../inputs/start.bmp @evolve-quick/run/runs/1/best.png "${cpu[@]}"
t score-inception score --model inception-resnet-v2-mini ../inputs/pictures/cat.png "${cpu[@]}"
t score-bfloat16 score --model vgg16-mini ../inputs/pictures --precision bfloat16 --verbose "${cpu[@]}"
t score-tiny score "${tiny[@]}" $photos/test/cat $photos/test/not_cat @evolve-question/run/runs/1
t score-tuned score --model @train-tuned/tuned ../inputs/pictures "${cpu[@]}" --quiet

t evaluate-vgg evaluate --model vgg16-mini --data $photos --out run "${cpu[@]}"
t evaluate-tiny evaluate "${tiny[@]}" --data $photos/train --out run
t evaluate-csv evaluate "${tiny[@]}" --data ../inputs/photos.csv --split val --out run
t evaluate-unsplit evaluate "${tiny[@]}" --data ../inputs/unsplit.csv --out run --quiet
