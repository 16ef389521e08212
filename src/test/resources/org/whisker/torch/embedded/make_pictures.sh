#!/bin/sh
# make_pictures.sh chelsea.png [SIDE]: cat-SIDE.png, the middle of scikit-image's chelsea.png (by Stefan van der Walt,
# CC0 1.0, https://scikit-image.org/docs/stable/api/skimage.data.html) in gray. Needs ImageMagick 7.
for side in ${2:-128}; do
  magick "$1" -gravity center -crop 300x300+0+0 +repage -colorspace Gray -resize ${side}x${side} -depth 8 -strip "cat-$side.png"
done
