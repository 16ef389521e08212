package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.stats.Correlation.LinearAgreement;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.MapCorrelation;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * The measurements of a {@link BlockProbe}. Positions at which a block changes nothing have Δlogit
 * 0 and are excluded from all means, shares and correlations.
 */
public final class BlockMap {
  private static final int DRAWS = 999;

  private final BlockProbe probe;
  private final double baseline;
  private final double[] delta;
  private final int[] changed;
  private final double rounding;

  /**
   * The positions at about the same distance from the border.
   *
   * @param places number of positions at which a block changes something
   * @param mean mean Δlogit over them; empty if there are none
   * @param helping the share of them with Δlogit below 0 by more than rounding; empty when there
   *     are none
   */
  public record Ring(
      EdgeBin where,
      int places,
      OptionalDouble mean,
      OptionalDouble helping,
      OptionalDouble lowerQuartile,
      OptionalDouble upperQuartile) {}

  /**
   * A measured map.
   *
   * @param baseline the picture's own logit
   * @param delta Δlogit by position, all finite
   */
  public BlockMap(BlockProbe probe, double baseline, double[] delta) {
    if (delta.length != probe.places().pixels()) {
      throw new IllegalArgumentException(delta.length + " values for places " + probe.places());
    }
    for (int place = 0; place < delta.length; place++) {
      if (!Double.isFinite(delta[place])) {
        throw new IllegalArgumentException("Δlogit of place " + place + " is " + delta[place]);
      }
    }
    this.probe = probe;
    this.baseline = baseline;
    this.delta = delta.clone();
    this.rounding = Ties.rounding(baseline, delta);
    this.changed = IntStream.range(0, delta.length).filter(probe::changes).toArray();
    Checks.refuse(changed.length == 0, "no block changes the picture: there is nothing to map");
  }

  public BlockProbe probe() {
    return probe;
  }

  public Canvas canvas() {
    return probe.places();
  }

  /** The picture's own logit against the target. */
  public double baseline() {
    return baseline;
  }

  public double at(int place) {
    return delta[place];
  }

  /** Δlogit by position; a copy. */
  public double[] values() {
    return delta.clone();
  }

  /** The positions at which a block changes something. */
  public int[] changed() {
    return changed.clone();
  }

  /** {@code values} at the changed positions only. */
  public double[] ofChanged(double[] values) {
    return IntStream.of(changed).mapToDouble(place -> values[place]).toArray();
  }

  /**
   * The share of the changed positions with Δlogit below 0, towards the target, by more than
   * rounding.
   */
  public double helping() {
    return IntStream.of(changed).filter(place -> delta[place] < -rounding).count()
        / (double) changed.length;
  }

  /** The mean Δlogit over the changed positions. */
  public double mean() {
    return IntStream.of(changed).mapToDouble(place -> delta[place]).average().orElseThrow();
  }

  /** Means of the map in rings, from the border inwards. */
  public List<Ring> rings(int parts) {
    return rings(delta, parts);
  }

  /** Means in rings of other values by position, such as predicted ones. */
  public List<Ring> rings(double[] values, int parts) {
    EdgeBins bins = new EdgeBins(canvas(), parts);
    int[] count = new int[bins.bins().size()];
    double[] sum = new double[count.length];
    int[] below = new int[count.length];
    List<List<Double>> all = new ArrayList<>();
    bins.bins().forEach(bin -> all.add(new ArrayList<>()));
    for (int place : changed) {
      int bin = bins.binOf(place);
      count[bin]++;
      sum[bin] += values[place];
      all.get(bin).add(values[place]);
      below[bin] += values[place] < -rounding ? 1 : 0;
    }
    List<Ring> rings = new ArrayList<>();
    for (int bin = 0; bin < count.length; bin++) {
      rings.add(
          new Ring(
              bins.bins().get(bin),
              count[bin],
              share(sum[bin], count[bin]),
              share(below[bin], count[bin]),
              quantile(all.get(bin), 0.25),
              quantile(all.get(bin), 0.75)));
    }
    return rings;
  }

  /** Linear between the two nearest values, as R's type 7. */
  private static OptionalDouble quantile(List<Double> values, double level) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return OptionalDouble.of(sorted[below] + (at - below) * (sorted[above] - sorted[below]));
  }

  private static OptionalDouble share(double sum, int count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /**
   * The agreement of a prediction with the measurements.
   *
   * @param predicted Δlogit by position
   * @return empty if either is constant up to what {@link ProbeMap#resolution()} tells apart, or
   *     fewer than three positions change anything
   */
  public Optional<LinearAgreement> agreement(double[] predicted) {
    return isConstant(resolved(ofChanged(predicted))) || isConstant(resolved(ofChanged(delta)))
        ? Optional.empty()
        : LinearAgreement.of(ofChanged(predicted), ofChanged(delta));
  }

  /** Values of Δlogit, of which those are equal that the rounding of a float32 sum tells apart. */
  private double[] resolved(double[] values) {
    return Ties.at(ProbeMap.resolution(baseline, values), values);
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /**
   * Spearman's rho of the edge rank of a position and Δlogit, two-sided against toroidal shifts;
   * above 0, changes in the centre are further from cat. Empty if some positions change nothing
   * (they have no value to shift), there is only one ring, or Δlogit is constant up to what {@link
   * ProbeMap#resolution()} tells apart.
   */
  public Optional<TestResult> byEdgeRank(RandomGenerator random) {
    EdgeRank rank = new EdgeRank(canvas());
    double[] resolved = resolved(delta);
    if (changed.length < delta.length || rank.rings() == 1 || isConstant(resolved)) {
      return Optional.empty();
    }
    double[] u = IntStream.range(0, delta.length).mapToDouble(rank::of).toArray();
    return Optional.of(
        MapCorrelation.spearman(canvas(), u, resolved, Alternative.TWO_SIDED, DRAWS, random));
  }

  /**
   * The effect of a block of k × k pixels at every position of a picture when it is made black
   * (added to an image of black pixels) or white (removed from it): the logit with the change minus
   * the logit without. The logit is that of not-cat, so <b>below 0 is towards the target</b>.
   *
   * <p>A position is that of the block's top left pixel, and the block lies entirely within the
   * picture. So the positions form a canvas of their own, of (width − k + 1) × (height − k + 1), on
   * which the distance to the border is that of the whole block: edge ranks and rings of positions
   * follow from it for any k.
   *
   * <p>Measuring can be interrupted: values are filled into an array in which NaN means not yet
   * measured.
   */
  public static final class BlockProbe {
    /** The colour that a block is changed to. */
    public enum Fill {
      /** Black pixels are added to the picture. */
      BLACK(0),
      /** Black pixels are removed from the picture. */
      WHITE(1);

      private final float gray;

      Fill(float gray) {
        this.gray = gray;
      }

      /** 0 black to 1 white. */
      public float gray() {
        return gray;
      }
    }

    private final Raster base;
    private final float[] values;
    private final Canvas canvas;
    private final int block;
    private final Fill fill;
    private final Canvas places;
    private final GrayImage content;

    /**
     * A probe of this picture; nothing is scored yet.
     *
     * @param block the block's side in pixels, at least 1, at most the picture's shorter side
     */
    public BlockProbe(Raster base, int block, Fill fill) {
      this.canvas = base.canvas();
      int most = Math.min(canvas.width(), canvas.height());
      if (block < 1 || block > most) {
        throw new IllegalArgumentException(
            "a block on a " + canvas + " picture is 1 to " + most + " pixels wide, was " + block);
      }
      this.base = base;
      this.values = base.values();
      this.block = block;
      this.fill = fill;
      this.places = new Canvas(canvas.width() - block + 1, canvas.height() - block + 1);
      this.content = GrayImage.filled(Canvas.square(block), fill.gray());
    }

    public Raster base() {
      return base;
    }

    public int block() {
      return block;
    }

    public Fill fill() {
      return fill;
    }

    /** The positions as a canvas. */
    public Canvas places() {
      return places;
    }

    /** Whether a block at this position changes the picture at all. */
    public boolean changes(int place) {
      return sum(place, (pixel, step) -> step == 0 ? 0 : 1) > 0;
    }

    public Patch patch(int place) {
      return new Patch(places.x(place), places.y(place), content);
    }

    /**
     * The first-order effect at each position: the gradient times the change of every pixel in the
     * block.
     *
     * @param gradient the gradient of the logit with respect to the values of this picture, plane
     *     after plane, row-major
     * @return Δlogit against the target by position
     */
    public double[] predicted(float[] gradient) {
      if (gradient.length != values.length) {
        throw new IllegalArgumentException(
            "a gradient of " + gradient.length + " values for a " + canvas + " picture");
      }
      double[] predicted = new double[places.pixels()];
      for (int place = 0; place < predicted.length; place++) {
        predicted[place] = sum(place, (pixel, step) -> (double) gradient[pixel] * step);
      }
      return predicted;
    }

    private interface PixelTerm {
      double of(int value, float step);
    }

    /** The sum over the block's values of a term that depends on the change of the value. */
    private double sum(int place, PixelTerm term) {
      double sum = 0;
      for (int dy = 0; dy < block; dy++) {
        for (int dx = 0; dx < block; dx++) {
          int pixel = canvas.index(places.x(place) + dx, places.y(place) + dy);
          for (int at = pixel; at < values.length; at += canvas.pixels()) {
            sum += term.of(at, fill.gray() - values[at]);
          }
        }
      }
      return sum;
    }

    /** Δlogit by position before anything is scored: NaN, and 0 where a block changes nothing. */
    public double[] unmeasured() {
      double[] delta = new double[places.pixels()];
      for (int place = 0; place < delta.length; place++) {
        delta[place] = changes(place) ? Double.NaN : 0;
      }
      return delta;
    }

    /**
     * Scores every position whose value is NaN and fills it in.
     *
     * @param delta as returned by {@link #unmeasured()}, or partly filled
     * @param batchSize positions scored per call, at least 1
     * @param progress receives after each batch the number of positions that have a value
     * @param stopped polled before each batch
     * @return whether all are measured
     */
    public boolean measure(
        PatchScorer scorer,
        double[] delta,
        int batchSize,
        IntConsumer progress,
        BooleanSupplier stopped) {
      if (batchSize < 1 || delta.length != places.pixels()) {
        throw new IllegalArgumentException(
            "batch size " + batchSize + ", " + delta.length + " values for places " + places);
      }
      List<Integer> open = new ArrayList<>();
      for (int place = 0; place < delta.length; place++) {
        if (Double.isNaN(delta[place])) {
          open.add(place);
        }
      }
      for (int from = 0; from < open.size(); from += batchSize) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        int to = (int) Math.min(open.size(), (long) from + batchSize);
        score(scorer, delta, open.subList(from, to));
        progress.accept(delta.length - (open.size() - to));
      }
      return true;
    }

    private void score(PatchScorer scorer, double[] delta, List<Integer> some) {
      float[] logits = scorer.logits(some.stream().map(this::patch).toList());
      for (int i = 0; i < logits.length; i++) {
        String of =
            Text.of(
                "the logit with a block at (%d, %d)", places.x(some.get(i)), places.y(some.get(i)));
        delta[some.get(i)] =
            (double) NoNumberException.unlessFinite(of, logits[i]) - scorer.baseLogit();
      }
    }
  }
}
