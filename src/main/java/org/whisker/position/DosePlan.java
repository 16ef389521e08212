package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * The pictures of a dose-response by place: a base with n pixels inked at random in one of several
 * zones of about equal area, from the border inwards. The pixels of a draw are inked one after the
 * other, so that a dose holds those of all smaller doses, and bases of one design share their draws
 * where they can.
 *
 * <p>The null is the network averaged over all rolls of its input, which knows no place. It is
 * estimated by rolling the whole picture over the borders by random offsets, base and drawn pixels
 * together. Only the outermost and the innermost zone are rolled, since they decide.
 *
 * <p>Measuring can be interrupted: logits are filled into an array in which NaN means not yet
 * scored.
 */
public final class DosePlan {
  private static final float BLACK = 0;
  private static final int NONE = -1;

  private final Raster base;
  private final float ink;
  private final Design design;
  private final EdgeBins bins;
  private final int[][][] drawn;
  private final int[][][] offsets;
  private final boolean uniform;
  private final List<Shot> shots = new ArrayList<>();

  /**
   * What is drawn.
   *
   * @param zones how many zones, at least 2
   * @param counts the doses in pixels, ascending, each at least 1
   * @param draws per zone, at least 1; a draw has all doses
   * @param rolls random offsets per draw, 0 for no null
   * @param seed the seed of all that is drawn
   */
  public record Design(int zones, List<Integer> counts, int draws, int rolls, long seed) {
    /** Zones from the border to the centre. */
    public static final int ZONES = 5;

    /** Default doses, from a single pixel to as many as evolved images have at most. */
    public static final List<Integer> COUNTS = List.of(1, 3, 10, 40);

    /** Draws in each zone. */
    public static final int DRAWS = 24;

    /** Rolls of each draw. */
    public static final int ROLLS = 4;

    public Design {
      counts = List.copyOf(counts);
      if (counts.isEmpty() || counts.get(0) < 1) {
        throw new IllegalArgumentException(
            "each count of pixels must be at least 1, was " + text(counts));
      }
      for (int i = 1; i < counts.size(); i++) {
        if (counts.get(i) <= counts.get(i - 1)) {
          throw new IllegalArgumentException("counts of pixels must rise, were " + text(counts));
        }
      }
      Checks.refuse(
          zones < 2 || draws < 1 || rolls < 0, "%d zones, %d draws, %d rolls", zones, draws, rolls);
    }

    /** The default zones, doses, draws and rolls. */
    public static Design of(long seed) {
      return new Design(ZONES, COUNTS, DRAWS, ROLLS, seed);
    }

    /** Returns this design with other doses. */
    public Design withCounts(List<Integer> others) {
      return new Design(zones, others, draws, rolls, seed);
    }

    /**
     * Returns this design with the doses for which there is room for so many pixels in each zone.
     */
    public Design fitting(int room) {
      return withCounts(counts.stream().filter(count -> count <= Math.max(1, room)).toList());
    }

    /**
     * Returns this design with the doses that fit on a bare canvas, which are all but on tiny ones.
     */
    public Design on(Canvas canvas) {
      return fitting(
          new EdgeBins(canvas, zones).bins().stream().mapToInt(EdgeBin::pixels).min().orElse(0));
    }

    /** Returns this design with another number of draws, each rolled {@code rollsEach} times. */
    public Design withDraws(int number, int rollsEach) {
      return new Design(zones, counts, number, rollsEach, seed);
    }

    /**
     * How many pictures there are of a base.
     *
     * @param uniform whether the base is the same under all rolls
     */
    public int pictures(boolean uniform) {
      int rolled = 2 * counts.size() + (uniform ? 0 : 1);
      return 1 + draws * (zones * counts.size() + rolls * rolled);
    }

    /**
     * Returns this design with draws and rolls of its own, the same for the same name and index.
     */
    public Design drawnAnew(String name, int index) {
      long other = SplitMix64.stream(seed, name, index).nextLong();
      return new Design(zones, counts, draws, rolls, other);
    }

    private static String text(List<Integer> counts) {
      return String.join(",", counts.stream().map(String::valueOf).toList());
    }

    private int most() {
      return counts.get(counts.size() - 1);
    }
  }

  /**
   * One picture.
   *
   * @param zone 0 at the border
   * @param dose its place among the counts; {@link #NONE} for the base alone
   * @param roll 0 for a picture in place, otherwise the number of its offset
   */
  private record Shot(int zone, int draw, int dose, int roll) {}

  /**
   * The pictures of a base.
   *
   * @param ink gray of the drawn pixels; pixels that have it already are not drawn
   * @throws IllegalArgumentException if a zone has fewer pixels to ink than the largest dose
   */
  public DosePlan(Raster base, float ink, Design design) {
    this.base = base;
    this.ink = ink;
    this.design = design;
    this.bins = new EdgeBins(base.canvas(), design.zones());
    Checks.refuse(bins.bins().size() < 2, "a %s picture has no zones", base.canvas());
    float[] gray = base.grayValues();
    float[] values = base.values();
    this.uniform =
        IntStream.range(0, values.length).allMatch(i -> values[i] == values[i - i % gray.length]);
    this.drawn =
        IntStream.range(0, bins.bins().size())
            .mapToObj(zone -> draws(zone, gray))
            .toArray(int[][][]::new);
    this.offsets = offsets();
    list();
  }

  public static DosePlan black(Raster base, Design design) {
    return new DosePlan(base, BLACK, design);
  }

  /** The fewest pixels of any zone that have another gray than the ink. */
  public static int room(Raster base, float ink, int zones) {
    EdgeBins bins = new EdgeBins(base.canvas(), zones);
    float[] gray = base.grayValues();
    int[] open = new int[bins.bins().size()];
    IntStream.range(0, gray.length).filter(i -> gray[i] != ink).forEach(i -> open[bins.binOf(i)]++);
    return IntStream.of(open).min().orElseThrow();
  }

  private int[][] draws(int zone, float[] gray) {
    int[] all = IntStream.range(0, gray.length).filter(i -> bins.binOf(i) == zone).toArray();
    int[][] draws = new int[design.draws()][];
    for (int draw = 0; draw < draws.length; draw++) {
      int[] order = shuffled(all, SplitMix64.stream(design.seed(), "dose zone " + zone, draw));
      draws[draw] = IntStream.of(order).filter(i -> gray[i] != ink).limit(design.most()).toArray();
      if (draws[draw].length < design.most()) {
        EdgeBin where = bins.bins().get(zone);
        throw new IllegalArgumentException(
            Text.of(
                "a count of %d is more than the zone from %d to %d px from the border has to"
                    + " change: %d",
                design.most(), where.nearest(), where.farthest(), draws[draw].length));
      }
    }
    return draws;
  }

  private static int[] shuffled(int[] all, RandomGenerator random) {
    int[] order = all.clone();
    for (int i = 0; i < order.length - 1; i++) {
      int j = i + random.nextInt(order.length - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /**
   * Offsets across and down of each draw and roll, in this order. The zones of a draw share them.
   */
  private int[][][] offsets() {
    Canvas canvas = base.canvas();
    int[][][] each = new int[design.draws()][design.rolls()][];
    for (int draw = 0; draw < each.length; draw++) {
      RandomGenerator random = SplitMix64.stream(design.seed(), "dose rolls", draw);
      for (int roll = 0; roll < design.rolls(); roll++) {
        each[draw][roll] =
            new int[] {random.nextInt(canvas.width()), random.nextInt(canvas.height())};
      }
    }
    return each;
  }

  /** The base first, then all pictures in place, then the rolled ones. */
  private void list() {
    shots.add(new Shot(0, 0, NONE, 0));
    for (int zone = 0; zone < drawn.length; zone++) {
      for (int draw = 0; draw < design.draws(); draw++) {
        doses(zone, draw, 0);
      }
    }
    for (int draw = 0; draw < design.draws(); draw++) {
      for (int roll = 1; roll <= design.rolls(); roll++) {
        if (!uniform) {
          shots.add(new Shot(0, draw, NONE, roll));
        }
        doses(0, draw, roll);
        doses(drawn.length - 1, draw, roll);
      }
    }
  }

  private void doses(int zone, int draw, int roll) {
    for (int dose = 0; dose < design.counts().size(); dose++) {
      shots.add(new Shot(zone, draw, dose, roll));
    }
  }

  /** The zones from the border inwards. */
  public List<EdgeBin> zones() {
    return bins.bins();
  }

  public int size() {
    return shots.size();
  }

  /** Logits before anything is scored. */
  public double[] unmeasured() {
    double[] logits = new double[size()];
    Arrays.fill(logits, Double.NaN);
    return logits;
  }

  /** The picture of that number; 0 is the base. */
  public Raster picture(int number) {
    Shot shot = shots.get(number);
    int count = shot.dose() == NONE ? 0 : design.counts().get(shot.dose());
    int[] added = Arrays.copyOf(drawn[shot.zone()][shot.draw()], count);
    int[] by = shot.roll() == 0 ? new int[2] : offsets[shot.draw()][shot.roll() - 1];
    Canvas canvas = base.canvas();
    if (base instanceof BlackPixels black && ink == BLACK) {
      IntStream all = IntStream.concat(IntStream.of(black.indices()), IntStream.of(added));
      return BlackPixels.of(canvas, all.map(i -> rolled(i, by)).toArray());
    }
    float[] values = base.values();
    float[] moved = new float[values.length];
    for (int from = 0; from < values.length; from += canvas.pixels()) {
      int plane = from;
      IntStream.of(added).forEach(i -> values[plane + i] = ink);
      IntStream.range(0, canvas.pixels())
          .forEach(i -> moved[plane + rolled(i, by)] = values[plane + i]);
    }
    return PlanarImage.of(canvas, moved);
  }

  private int rolled(int index, int[] by) {
    Canvas canvas = base.canvas();
    return canvas.index(
        (canvas.x(index) + by[0]) % canvas.width(), (canvas.y(index) + by[1]) % canvas.height());
  }

  /**
   * Scores every picture whose logit is NaN and fills it in.
   *
   * @param logits as returned by {@link #unmeasured()}, or partly filled
   * @param batchSize pictures scored per call, at least 1
   * @param progress receives after each batch the number of pictures that have a logit
   * @param stopped polled before each batch
   * @return whether all are scored
   */
  public boolean measure(
      Classifier classifier,
      double[] logits,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    if (batchSize < 1 || logits.length != size()) {
      throw new IllegalArgumentException(
          Text.of("batch size %d, %d logits of %d pictures", batchSize, logits.length, size()));
    }
    int[] open = IntStream.range(0, size()).filter(i -> Double.isNaN(logits[i])).toArray();
    for (int from = 0; from < open.length; from += batchSize) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      int to = (int) Math.min(open.length, (long) from + batchSize);
      int[] some = Arrays.copyOfRange(open, from, to);
      float[] scored = classifier.logits(IntStream.of(some).mapToObj(this::picture).toList());
      for (int i = 0; i < some.length; i++) {
        String of = "the logit of a picture with black pixels";
        logits[some[i]] = NoNumberException.unlessFinite(of, scored[i]);
      }
      progress.accept(size() - (open.length - to));
      if (to == open.length) {
        break; // a size near the largest int would overflow
      }
    }
    return true;
  }

  /**
   * What the logits say.
   *
   * @param logits all of them
   */
  public DoseResponse response(double[] logits) {
    int doses = design.counts().size();
    double[][][] cost = new double[drawn.length][doses][design.draws()];
    double[][][] rolled = new double[design.rolls() == 0 ? 0 : 2][doses][design.draws()];
    double baseline = logits[0];
    for (int i = 1; i < logits.length; i++) {
      Shot shot = shots.get(i);
      if (shot.dose() == NONE) {
        baseline = logits[i];
      } else if (shot.roll() == 0) {
        cost[shot.zone()][shot.dose()][shot.draw()] = logits[i] - baseline;
      } else {
        rolled[shot.zone() == 0 ? 0 : 1][shot.dose()][shot.draw()] +=
            (logits[i] - baseline) / design.rolls();
      }
    }
    return new DoseResponse(zones(), design.counts(), logits[0], cost, rolled);
  }
}
