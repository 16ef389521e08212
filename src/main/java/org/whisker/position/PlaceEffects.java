package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.image.Patch;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Samples;
import org.whisker.value.Checks;

/**
 * What one more black pixel does to the logit of not-cat: at each place of white, and beside 3, 10
 * and 30 black pixels that help. Beside others, the effect y of a place is modelled, in each of
 * five zones of equal area from the border inwards, as y = a + s x + e: x is its effect on white, a
 * and s are fitted by least squares, and e is drawn from what is left. That holds what pixels do to
 * each other by number and zone (saturation, a cost that only the first pay), and how much single
 * places differ, but not which two belong together.
 *
 * <p>No image is bred: the network scores single pixels and pixels beside drawn ones.
 */
public final class PlaceEffects {
  /** Numbers of black pixels beside which effects are known. */
  static final List<Integer> BESIDE = List.of(0, 3, 10, 30);

  private static final int ZONES = 5;
  private static final int CANDIDATES = 16;

  /** Pixels beyond which what they do on average is the same. */
  private static final int MOST = 1024;

  private static final double[][] WEIGHTS =
      IntStream.rangeClosed(0, MOST)
          .mapToObj(pixels -> averaged(pixels, BESIDE.size()))
          .toArray(double[][]::new);

  private final EdgeBins zones;
  private final Tiles tiles;
  private final double white;
  private final double[] single;
  private final List<List<Beside>> beside;

  private PlaceEffects(
      EdgeBins zones, Tiles tiles, double white, double[] single, List<List<Beside>> beside) {
    this.zones = zones;
    this.tiles = tiles;
    this.white = white;
    this.single = single;
    this.beside = beside;
  }

  /**
   * How much is measured.
   *
   * @param places most places at which a single pixel is tried, one in each square; at least 25
   * @param bases images of each number of pixels beside which others are tried, at least 2
   * @param each places in each zone beside each of those, at least 2; half at random, half that
   *     help most of {@value #CANDIDATES} on white
   */
  public record Design(int places, int bases, int each) {
    public Design {
      Checks.refuse(
          places < 25 || bases < 2 || each < 2,
          "%d places, %d bases, %d each",
          places,
          bases,
          each);
    }

    /** 4,096 places, six bases, twelve places in each zone. */
    public static Design usual() {
      return new Design(4096, 6, 12);
    }

    /** How many pixels are tried on this canvas. */
    public int tried(Canvas canvas) {
      return Tiles.of(canvas, places).count() + (BESIDE.size() - 1) * bases * each * ZONES;
    }
  }

  /**
   * Squares of a canvas, in each of which one place is tried.
   *
   * @param side of a square, in pixels
   */
  private record Tiles(Canvas canvas, int side) {
    static Tiles of(Canvas canvas, int most) {
      int side = 1;
      while (new Tiles(canvas, side).count() > most) {
        side++;
      }
      return new Tiles(canvas, side);
    }

    private int across() {
      return (canvas.width() + side - 1) / side;
    }

    int count() {
      return across() * ((canvas.height() + side - 1) / side);
    }

    /** A random place of each square. */
    int[] drawn(SplitMix64 random) {
      return IntStream.range(0, count())
          .map(
              tile ->
                  canvas.index(
                      within(tile % across(), canvas.width(), random),
                      within(tile / across(), canvas.height(), random)))
          .toArray();
    }

    private int within(int tile, int length, SplitMix64 random) {
      int from = tile * side;
      return from + random.nextInt(Math.min(side, length - from));
    }

    /** The square of a place that is moved by up to half a side: its own, or one beside it. */
    int near(int place, SplitMix64 random) {
      return side == 1
          ? place
          : moved(canvas.y(place), canvas.height(), random) * across()
              + moved(canvas.x(place), canvas.width(), random);
    }

    private int moved(int at, int length, SplitMix64 random) {
      int to = at + random.nextInt(side) - side / 2;
      return Math.max(0, Math.min(length - 1, to)) / side;
    }
  }

  /**
   * What was measured beside one image: effects on white and beside it, by zone.
   *
   * @param alone for each zone, the effects of its places on white
   * @param there for each zone, the effects of the same places beside the image
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Beside(double[][] alone, double[][] there) {}

  /**
   * Measures a classifier.
   *
   * @param progress is told how many of {@link Design#tried} pixels are tried
   */
  public static PlaceEffects of(
      Classifier classifier, Design design, long seed, IntConsumer progress) {
    Canvas canvas = classifier.canvas();
    Tiles tiles = Tiles.of(canvas, design.places());
    SplitMix64 random = SplitMix64.stream(seed, "place effects", 0);
    int[] places = tiles.drawn(random);
    double white;
    double[] single;
    try (PatchScorer scorer = PatchClassifier.best(classifier, BlackPixels.none(canvas))) {
      white = scorer.baseLogit();
      single = effects(scorer, canvas, places);
    }
    progress.accept(places.length);
    PlaceEffects known =
        new PlaceEffects(new EdgeBins(canvas, ZONES), tiles, white, single, List.of());
    for (int dose = 1; dose < BESIDE.size(); dose++) {
      List<Beside> found = new ArrayList<>();
      for (int base = 0; base < design.bases(); base++) {
        found.add(known.beside(classifier, BESIDE.get(dose), design.each(), random));
        progress.accept(
            places.length + ((dose - 1) * design.bases() + base + 1) * design.each() * ZONES);
      }
      known = known.with(found);
    }
    return known;
  }

  private PlaceEffects with(List<Beside> found) {
    List<List<Beside>> more = new ArrayList<>(beside);
    more.add(found);
    return new PlaceEffects(zones, tiles, white, single, more);
  }

  private static double[] effects(PatchScorer scorer, Canvas canvas, int[] places) {
    List<Patch> patches =
        Arrays.stream(places).mapToObj(p -> Patch.pixel(canvas.x(p), canvas.y(p), 0f)).toList();
    double[] effects = new double[places.length];
    int step = Math.max(100, scorer.together());
    for (int from = 0; from < effects.length; from += step) {
      float[] logits = scorer.logits(patches.subList(from, Math.min(effects.length, from + step)));
      for (int i = 0; i < logits.length; i++) {
        effects[from + i] = (double) logits[i] - scorer.baseLogit();
      }
    }
    return effects;
  }

  /** Draws an image of pixels that help, and tries others beside it. */
  private Beside beside(Classifier classifier, int pixels, int each, SplitMix64 random) {
    Canvas canvas = zones.canvas();
    double[] map = map(random);
    BlackPixels image = BlackPixels.none(canvas);
    double[][] effects = fitted(random).effects();
    for (int count = 0; count < Math.min(pixels, canvas.pixels() / 4); count++) {
      image = image.with(bestOf(CANDIDATES, image, next(effects, count), all(), random));
    }
    int[][] tried = new int[zones.bins().size()][];
    double[][] alone = new double[tried.length][];
    double[][] there = new double[tried.length][];
    try (PatchScorer scorer = PatchClassifier.best(classifier, image)) {
      for (int zone = 0; zone < tried.length; zone++) {
        int[] within = places(zone);
        tried[zone] = new int[each];
        for (int i = 0; i < each; i++) {
          tried[zone][i] = bestOf(i % 2 == 0 ? 1 : CANDIDATES, image, p -> map[p], within, random);
        }
        alone[zone] = Arrays.stream(tried[zone]).mapToDouble(p -> map[p]).toArray();
        there[zone] = effects(scorer, canvas, tried[zone]);
      }
    }
    return new Beside(alone, there);
  }

  private int[] all() {
    return IntStream.range(0, zones.canvas().pixels()).toArray();
  }

  private int[] places(int zone) {
    return IntStream.range(0, zones.canvas().pixels())
        .filter(p -> zones.binOf(p) == zone)
        .toArray();
  }

  private static int bestOf(
      int candidates,
      BlackPixels image,
      IntToDoubleFunction effect,
      int[] among,
      SplitMix64 random) {
    int best = -1;
    for (int i = 0; i < candidates || best < 0; i++) {
      int place = among[random.nextInt(among.length)];
      if (!image.contains(place)
          && (best < 0 || effect.applyAsDouble(place) < effect.applyAsDouble(best))) {
        best = place;
      }
    }
    return best;
  }

  /** What the next pixel does at each place, beside so many. */
  private static IntToDoubleFunction next(double[][] effects, int count) {
    double[] weights = interpolation(count, effects.length);
    return place -> {
      double sum = 0;
      for (int dose = 0; dose < effects.length; dose++) {
        sum += weights[dose] * effects[dose][place];
      }
      return sum;
    };
  }

  /** The effect of a single pixel of white at each place; where squares are tried, of one near. */
  private double[] map(SplitMix64 random) {
    double[] map = new double[zones.canvas().pixels()];
    Arrays.setAll(map, place -> single[tiles.near(place, random)]);
    return map;
  }

  /** The logit of not-cat of white. */
  public double white() {
    return white;
  }

  /** The share of the places that were tried on white at which a pixel helps, 0 to 1. */
  public double helping() {
    return DoubleStream.of(single).filter(effect -> effect < 0).count() / (double) single.length;
  }

  /**
   * The mean edge rank of the places, each weighted by what a single pixel gains there, max(0, −Δ);
   * NaN where none gains.
   */
  public double meanRankOfGain() {
    EdgeRank rank = new EdgeRank(zones.canvas());
    double sum = 0;
    double weights = 0;
    for (int place = 0; place < zones.canvas().pixels(); place++) {
      double gain =
          Math.max(
              0,
              -single[
                  tiles.canvas().y(place) / tiles.side() * tiles.across()
                      + tiles.canvas().x(place) / tiles.side()]);
      sum += gain * rank.of(place);
      weights += gain;
    }
    return sum / weights;
  }

  /**
   * A function of images fitted to what was measured: images beside which pixels were tried are
   * drawn again with replacement, and single places anew, by the seed.
   */
  public ToDoubleFunction<BlackPixels> drawn(long seed) {
    return fitted(SplitMix64.stream(seed, "place effects drawn", 0));
  }

  private Fitted fitted(SplitMix64 random) {
    double[][] effects = new double[beside.size() + 1][];
    effects[0] = map(random);
    for (int dose = 1; dose < effects.length; dose++) {
      effects[dose] = fitted(effects[0], beside.get(dose - 1), random);
    }
    return new Fitted(white, effects);
  }

  private double[] fitted(double[] map, List<Beside> measured, SplitMix64 random) {
    List<Beside> drawn =
        IntStream.range(0, measured.size())
            .mapToObj(i -> measured.get(random.nextInt(measured.size())))
            .toList();
    List<Line> lines =
        IntStream.range(0, zones.bins().size()).mapToObj(zone -> Line.of(drawn, zone)).toList();
    double[] effects = new double[map.length];
    Arrays.setAll(effects, place -> lines.get(zones.binOf(place)).at(map[place], random));
    return effects;
  }

  /**
   * A line, and what is left of the points that it was fitted to.
   *
   * @param left y less the line, at least one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(double a, double slope, double[] left) {
    static Line of(List<Beside> measured, int zone) {
      double[] x = measured.stream().flatMapToDouble(b -> DoubleStream.of(b.alone[zone])).toArray();
      double[] y = measured.stream().flatMapToDouble(b -> DoubleStream.of(b.there[zone])).toArray();
      double middle = Samples.mean(x);
      double height = Samples.mean(y);
      double products = 0;
      double squares = 0;
      for (int i = 0; i < x.length; i++) {
        products += (x[i] - middle) * (y[i] - height);
        squares += (x[i] - middle) * (x[i] - middle);
      }
      double slope = squares > 0 ? products / squares : 0;
      double a = height - slope * middle;
      double[] left = new double[x.length];
      Arrays.setAll(left, i -> y[i] - a - slope * x[i]);
      return new Line(a, slope, left);
    }

    double at(double x, SplitMix64 random) {
      return a + slope * x + left[random.nextInt(left.length)];
    }
  }

  /**
   * The logit of white, and what each pixel of an image adds: its effect averaged over the numbers
   * of pixels from none to all others, beside which it may have come.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Fitted(double white, double[][] effects) implements ToDoubleFunction<BlackPixels> {
    @Override
    public double applyAsDouble(BlackPixels image) {
      double logit = white;
      double[] weights = WEIGHTS[Math.min(image.count(), MOST)];
      for (int dose = 0; dose < effects.length; dose++) {
        double sum = 0;
        for (int i = 0; i < image.count(); i++) {
          sum += effects[dose][image.get(i)];
        }
        logit += weights[dose] * sum;
      }
      return logit;
    }
  }

  /** The mean of {@link #interpolation} over 0 to {@code pixels} − 1. */
  private static double[] averaged(int pixels, int known) {
    double[] mean = new double[known];
    for (int count = 0; count < pixels; count++) {
      double[] at = interpolation(count, known);
      for (int dose = 0; dose < known; dose++) {
        mean[dose] += at[dose] / pixels;
      }
    }
    return mean;
  }

  /** The weights of the first known numbers of pixels at another number; the last holds beyond. */
  private static double[] interpolation(int count, int known) {
    double[] weights = new double[known];
    int after = 0;
    while (after < known && BESIDE.get(after) <= count) {
      after++;
    }
    if (after == known) {
      weights[known - 1] = 1;
      return weights;
    }
    double from = BESIDE.get(after - 1);
    double part = (count - from) / (BESIDE.get(after) - from);
    weights[after - 1] = 1 - part;
    weights[after] = part;
    return weights;
  }
}
