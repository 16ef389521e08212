package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
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
import org.whisker.value.Checks;

/**
 * What one more black pixel does to the logit against the target: at each place of white, and
 * beside 1, 3, 10 and 30 black pixels that help. The same places are tried beside several images,
 * so that what is a place's own can be told from what it does beside one image only. The logits of
 * more such images tell how far sums of effects are off. {@link PlaceFit} is made of all that.
 *
 * <p>No image is bred: the network scores single pixels, drawn images and pixels beside these.
 */
public final class PlaceEffects {
  /** Numbers of black pixels beside which effects are known. */
  static final List<Integer> BESIDE = List.of(0, 1, 3, 10, 30);

  private static final int ZONES = 5;
  private static final int CANDIDATES = 16;

  /** Images of each number of pixels whose logits tell how far fits are off. */
  private static final int IMAGES = 30;

  private final EdgeBins zones;
  private final Tiles tiles;
  private final double white;
  private final double[] single;
  private final List<Beside> beside;

  private PlaceEffects(
      EdgeBins zones, Tiles tiles, double white, double[] single, List<Beside> beside) {
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
   * @param each places in each zone beside each of those, at least 3; half at random, half that
   *     help most of {@value #CANDIDATES} on white
   */
  public record Design(int places, int bases, int each) {
    public Design {
      Checks.refuse(
          places < 25 || bases < 2 || each < 3,
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
   * What was measured beside images of one number of pixels.
   *
   * @param alone for each zone, the effects of its places on white
   * @param there for each image and zone, the effects of the same places beside the image
   * @param images more images than those, drawn alike
   * @param logits of these images
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Beside(double[][] alone, double[][][] there, List<BlackPixels> images, double[] logits) {
    /** What a sum leaves of the logits. */
    double[] left(PlaceFit.Sum sum) {
      return IntStream.range(0, logits.length)
          .mapToDouble(i -> logits[i] - sum.applyAsDouble(images.get(i)))
          .toArray();
    }
  }

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
    int done = places.length;
    for (int dose = 1; dose < BESIDE.size(); dose++) {
      int before = done;
      known =
          known.with(
              known.beside(
                  classifier, BESIDE.get(dose), design, random, n -> progress.accept(before + n)));
      done += design.bases() * design.each() * ZONES;
    }
    return known;
  }

  private PlaceEffects with(Beside found) {
    List<Beside> more = new ArrayList<>(beside);
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

  /** Draws images of pixels that help, and tries the same places beside each of them. */
  private Beside beside(
      Classifier classifier, int pixels, Design design, SplitMix64 random, IntConsumer progress) {
    Canvas canvas = zones.canvas();
    double[] map = map(random);
    int most = Math.min(pixels, canvas.pixels() / (4 * design.bases()));
    List<BlackPixels> drawn =
        IntStream.range(0, IMAGES).mapToObj(image -> drawn(most, random)).toList();
    List<BlackPixels> images = drawn.subList(0, design.bases());
    int[][] tried = new int[zones.bins().size()][];
    Arrays.setAll(tried, zone -> tried(zone, map, images, design.each(), random));
    double[][][] there = new double[images.size()][tried.length][];
    for (int base = 0; base < there.length; base++) {
      try (PatchScorer scorer = PatchClassifier.best(classifier, images.get(base))) {
        // all zones at once: a few patches of one size cost as much as a whole batch of them
        double[] all =
            effects(scorer, canvas, Arrays.stream(tried).flatMapToInt(Arrays::stream).toArray());
        int done = 0;
        for (int zone = 0; zone < tried.length; zone++) {
          int next = done + tried[zone].length;
          there[base][zone] = Arrays.copyOfRange(all, done, next);
          done = next;
        }
      }
      progress.accept((base + 1) * design.each() * ZONES);
    }
    double[][] alone =
        Arrays.stream(tried)
            .map(places -> Arrays.stream(places).mapToDouble(p -> map[p]).toArray())
            .toArray(double[][]::new);
    float[] logits = classifier.logits(drawn);
    return new Beside(
        alone,
        there,
        drawn,
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray());
  }

  private BlackPixels drawn(int pixels, SplitMix64 random) {
    BlackPixels image = BlackPixels.none(zones.canvas());
    PlaceFit fit = fitted(false, random);
    for (int count = 0; count < pixels; count++) {
      image = image.with(bestOf(CANDIDATES, image, fit.next(count), all(), random));
    }
    return image;
  }

  /** Places of a zone: half at random, half that help most of some on white. */
  private int[] tried(
      int zone, double[] map, List<BlackPixels> images, int each, SplitMix64 random) {
    BlackPixels none = BlackPixels.none(zones.canvas());
    int[] free =
        Arrays.stream(places(zone))
            .filter(p -> images.stream().noneMatch(image -> image.contains(p)))
            .toArray();
    int[] among = free.length == 0 ? places(zone) : free;
    return IntStream.range(0, each)
        .map(i -> bestOf(i % 2 == 0 ? 1 : CANDIDATES, none, p -> map[p], among, random))
        .toArray();
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

  /** The effect of a single pixel of white at each place; where squares are tried, of one near. */
  private double[] map(SplitMix64 random) {
    double[] map = new double[zones.canvas().pixels()];
    Arrays.setAll(map, place -> single[tiles.near(place, random)]);
    return map;
  }

  /** Five zones of equal area, from the border inwards. */
  EdgeBins zones() {
    return zones;
  }

  /** The logit against the target of white. */
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
   * drawn again with replacement, and single places and interactions anew, by the seed.
   *
   * @param decaying whether interactions of pixels decay, or are of pairs
   */
  PlaceFit drawn(long seed, boolean decaying) {
    return fitted(decaying, SplitMix64.stream(seed, "place effects drawn", 0));
  }

  private PlaceFit fitted(boolean decaying, SplitMix64 random) {
    return PlaceFit.of(zones, white, map(random), beside, decaying, random);
  }
}
