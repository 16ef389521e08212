# Training. The tiny model is what most other cases run, since it takes next to no time.
vgg=(--arch vgg16 --width 0.0625 --size 64 --head-width 16 --pooled-size 2 --batch 8 "${cpu[@]}")
inception=(--arch inception-resnet-v2 --width 0.0625 --repeats 1,1,1 --size 80 --batch 8 "${cpu[@]}")
float32=(--precision float32)

t train-vgg train "${vgg[@]}" "${float32[@]}" --epochs 12 --data $photos --out ./tiny
t train-inception train "${inception[@]}" "${float32[@]}" --epochs 1 --data $photos --out ./inception \
  --note 'made up' --research-only --balance on --seed 4
t train-plain train --arch vgg16 --width 0.0625 --size 64 --head-width 0 --no-batch-norm --batch 4 \
  "${float32[@]}" "${cpu[@]}" --epochs 1 --data ../inputs/photos.csv --out ./plain --padding reflect \
  --shift 0.5 --dropout 0.1 --learning-rate 0.001 --weight-decay 0.01 --warmup 0.2 \
  --label-smoothing 0.2 --clip 1 --averaging 0.1 --crop-area 0.8 --crop-aspect 1.2 --contrast 0.1 \
  --brightness 0.1 --erase 0.5 --verbose
t train-unsplit train "${vgg[@]}" --precision bfloat16 --epochs 1 --data ../inputs/unsplit.csv \
  --out ./unsplit --quiet
t train-tuned train --init @train-vgg/tiny "${float32[@]}" "${cpu[@]}" --epochs 3 --frozen-epochs 2 \
  --batch 4 --release-rate 0.0002 --data $photos --out ./tuned --padding replicate
before 'copy train-vgg/tiny tiny'
after train-vgg
t train-there train "${vgg[@]}" "${float32[@]}" --epochs 1 --data $photos --out ./tiny
before 'copy train-vgg/tiny tiny'
after train-vgg
t train-force train "${vgg[@]}" "${float32[@]}" --epochs 1 --data $photos --out ./tiny --force
stopped 'long.training/checkpoint.safetensors' train-stopped \
  train "${vgg[@]}" "${float32[@]}" --epochs 30 --data $photos --out ./long
before 'copy train-stopped/long.training long.training'
after train-stopped
t train-resumed train "${vgg[@]}" "${float32[@]}" --epochs 30 --data $photos --out ./long
before 'copy train-stopped/long.training long.training'
after train-stopped
t train-resumed-other train "${vgg[@]}" "${float32[@]}" --epochs 31 --data $photos --out ./long
before "$own"
after train-vgg
t train-named train --init tiny "${float32[@]}" "${cpu[@]}" --epochs 1 --batch 8 --data $photos --out named
