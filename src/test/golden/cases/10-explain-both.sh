# The whole protocol on both mini classifiers: the longest case, so it begins first.
cpu=(--device cpu)
tiny=(--model @train-vgg/tiny --device cpu)
photos=../inputs/photos
# a home of the case's own, whose models/ holds the tiny model alone
own='export WHISKER_HOME=$PWD/home; copy train-vgg/tiny home/models/tiny'

t explain-both explain --runs 2 --max-evaluations 200 --seed 3 --out run "${cpu[@]}"
