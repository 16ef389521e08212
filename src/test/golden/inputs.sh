# Makes the pictures and photos that the cases read: gray BMP files, which plain printf can write, so
# that nothing but bash is needed and every machine gets the same bytes.

# The bytes of a number, the lowest first: little NUMBER COUNT
little() {
  local number=$1 i
  for ((i = 0; i < $2; i++)); do
    printf -v hex '\\x%02x' $((number & 255))
    bytes+=$hex
    number=$((number >> 8))
  done
}

# bmp FILE WIDTH HEIGHT FORMULA: an 8-bit gray picture; FORMULA is arithmetic over x, y, w, h, s
# (any number) and r (a new random number from 0 to 255 each pixel). WIDTH is a multiple of 4.
bmp() {
  local file=$1 w=$2 h=$3 formula=$4 x y r gray value bytes='BM' hex random=$((s * 7919 + 1))
  little $((1078 + w * h)) 4
  little 0 4
  little 1078 4
  little 40 4
  little "$w" 4
  little "$h" 4
  little 1 2
  little 8 2
  little 0 4
  little $((w * h)) 4
  for value in 2835 2835 256 0; do little "$value" 4; done
  for ((value = 0; value < 256; value++)); do little $((value * 65793)) 4; done
  for ((y = h - 1; y >= 0; y--)); do # rows come from the bottom up
    for ((x = 0; x < w; x++)); do
      random=$(((random * 1103515245 + 12345) & 0x7fffffff))
      r=$(((random >> 16) & 255))
      gray=$((formula))
      printf -v hex '\\x%02x' $((gray < 0 ? 0 : gray > 255 ? 255 : gray))
      bytes+=$hex
    done
  done
  # shellcheck disable=SC2059 # the bytes are a format on purpose
  printf "$bytes" >"$file"
}

# A "cat" is a bright disc at a place of its own on a dark ground, what is none has stripes.
cat_photo='((x - 20 - s % 30) * (x - 20 - s % 30) + (y - 24 - s % 22) * (y - 24 - s % 22) < 170
  ? 190 : 50) + r / 6'
other_photo='((x + (s % 3) * y + s) / 6 % 2 ? 180 : 70) + r / 6'

# photos FOLDER FIRST COUNT: photos of both classes, numbered from FIRST.
photos() {
  mkdir -p "$1/cat" "$1/not_cat"
  local s
  for ((s = $2; s < $2 + $3; s++)); do
    bmp "$1/cat/$s.bmp" 72 72 "$cat_photo"
    bmp "$1/not_cat/$s.bmp" 72 72 "$other_photo"
  done
}

# make_inputs FOLDER HERE: everything, into a new folder.
make_inputs() {
  local to=$1 s=1 split class file x
  mkdir -p "$to/pictures" "$to/bad/cat" "$to/bad/not_cat"
  photos "$to/photos/train" 1 8
  photos "$to/photos/val" 21 3
  photos "$to/photos/test" 31 3
  {
    echo path,label,split
    for split in train val test; do
      for class in cat not_cat; do
        for file in "$to/photos/$split/$class"/*.bmp; do
          echo "photos/$split/$class/$(basename "$file"),$class,$split"
        done
      done
    done
  } >"$to/photos.csv"
  cut -d , -f 1,2 "$to/photos.csv" >"$to/unsplit.csv"

  # photos that dataset check has something to say of
  bmp "$to/bad/cat/small.bmp" 20 16 "x * 8 + r / 4"
  cp "$to/photos/train/cat/1.bmp" "$to/bad/cat/one.bmp"
  cp "$to/photos/train/cat/1.bmp" "$to/bad/not_cat/same.bmp"
  echo "no picture" >"$to/bad/not_cat/broken.bmp"

  cp "$2/cat.png" "$to/pictures/cat.png"
  bmp "$to/pictures/disc.bmp" 96 80 '(x - 40) * (x - 40) + (y - 40) * (y - 40) < 700 ? 30 : 230'
  bmp "$to/pictures/noise.bmp" 64 64 r
  bmp "$to/mask.bmp" 64 64 'x > 40 && y > 8 ? 0 : 255'
  bmp "$to/start.bmp" 64 64 '(x * 5 + y * 3) % 37 == 0 ? 0 : 255'

  {
    echo run,x,y
    for ((x = 0; x < 60; x++)); do
      echo "$((x % 4 + 1)),$((x * 5 % 64)),$((x * x % 11))"
    done
  } >"$to/pixels.csv"
  printf 'run,x,y\n1,3,4\n1,900,4\n2,x,5\n' >"$to/bad.csv"
}
