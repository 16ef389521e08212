package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.stats.RidgeFit;
import org.whisker.value.Text;

/**
 * Regions of the picture (superpixels or squares), shown or hidden at random, and a linear function
 * of which are shown that fits the logit: LIME (Ribeiro et al., 2016, arXiv:1602.04938), as {@code
 * lime} fits it with all features, or Kernel SHAP (Lundberg and Lee, 2017, arXiv:1705.07874), which
 * gives Shapley values. Where all sets of regions are no more than the samples, each is scored
 * once, and Kernel SHAP is exact.
 *
 * <p>Shape: one value per pixel of the canvas, the same all over a region. Unit: logits. Sign:
 * above 0, the region is evidence for not-cat relative to its fill. The values of Kernel SHAP sum
 * over the regions to the logit less that of the fill alone.
 *
 * @param samples how many sets of regions, and how many superpixels or squares
 */
record RegionSurrogate(Method method, RiseOptions samples) implements SaliencyMethod {
  static final Method LIME = describe("lime", "a linear fit to what hiding regions does");
  static final Method KERNEL_SHAP =
      describe("kernel-shap", "the logit divided among regions by Shapley values");

  /** The width of LIME's kernel, and the penalty of its ridge fit. */
  private static final double WIDTH = 0.25;

  private static final double RIDGE = 1;

  /** Keeps regions that no set tells apart from making a fit impossible. */
  private static final double LEAST = 1e-9;

  private static Method describe(String label, String line) {
    Method[] own = new Method[1];
    own[0] =
        new Method(
            label,
            Need.NONE,
            "logits",
            SignConvention.CONTENT_TOWARDS_NOT_TARGET,
            line,
            set -> new RegionSurrogate(own[0], set.rise()));
    return own[0];
  }

  /** Which region each pixel belongs to, row by row. */
  private static final class Regions {
    private final int[] of;
    private final int count;

    private Regions(int[] of, int count) {
      this.of = of;
      this.count = count;
    }

    static Regions of(PlanarImage picture, RiseOptions asked) {
      if (asked.superpixels() == 0) {
        int[] squares = squares(picture.canvas(), asked.cells());
        return new Regions(squares, asked.cells() * asked.cells());
      }
      int[] superpixels = Superpixels.of(picture, asked.superpixels());
      return new Regions(superpixels, Arrays.stream(superpixels).max().orElse(0) + 1);
    }

    private static int[] squares(Canvas canvas, int side) {
      int[] of = new int[canvas.pixels()];
      Arrays.setAll(
          of,
          i -> canvas.y(i) * side / canvas.height() * side + canvas.x(i) * side / canvas.width());
      return of;
    }

    /** Whether all sets of so many regions are no more than can be scored. */
    static boolean isWhole(int count, int samples) {
      return count < 31 && 1L << count <= samples;
    }

    PlanarImage shown(BitSet set, PlanarImage base, PlanarImage fill) {
      float[] values = base.values();
      float[] hidden = fill.values();
      for (int i = 0; i < values.length; i++) {
        if (!set.get(of[i % of.length])) {
          values[i] = hidden[i];
        }
      }
      return PlanarImage.of(base.canvas(), values);
    }

    double[] map(double[] values) {
      return Arrays.stream(of).mapToDouble(region -> values[region]).toArray();
    }
  }

  @Override
  public String options() {
    int squares = samples.cells() * samples.cells();
    boolean whole = samples.superpixels() == 0 && Regions.isWhole(squares, samples.masks());
    return Text.of(
        "%d sets of %s, fill %s",
        whole ? 1 << squares : samples.masks(),
        samples.superpixels() == 0
            ? Text.of("%dx%d squares", samples.cells(), samples.cells())
            : Text.of("about %d superpixels", samples.superpixels()),
        samples.fill());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    Inputs.checkSize(in.classifier(), in.picture().canvas());
    PlanarImage base = PlanarImage.from(in.picture());
    PlanarImage fill = samples.fill().of(base);
    Regions regions = Regions.of(base, samples);
    boolean whole = Regions.isWhole(regions.count, samples.masks());
    List<BitSet> sets = whole ? all(regions.count) : drawn(regions.count);
    return new Batches(in.batch(), in.progress(), in.stopped())
        .<Raster>logits(
            sets.size(), i -> regions.shown(sets.get(i), base, fill), in.classifier()::logits)
        .map(
            logits ->
                method.equals(LIME)
                    ? lime(regions.count, sets, logits)
                    : kernelShap(regions.count, sets, logits, whole))
        .map(
            values ->
                new Attribution.Builder(method, method.map(base.canvas(), regions.map(values)))
                    .with(Diagnostic.SAMPLES, sets.size())
                    .build());
  }

  /** All regions first, none second; then all other sets. */
  private static List<BitSet> all(int regions) {
    List<BitSet> sets = ends(regions);
    for (long bits = 1; bits < (1L << regions) - 1; bits++) {
      sets.add(BitSet.valueOf(new long[] {bits}));
    }
    return sets;
  }

  /** All regions first, none second; then as many as are drawn. */
  private List<BitSet> drawn(int regions) {
    List<BitSet> sets = ends(regions);
    while (sets.size() < samples.masks()) {
      SplitMix64 random = SplitMix64.stream(samples.seed(), method.label(), sets.size());
      BitSet set =
          method.equals(LIME)
              ? of(regions, i -> random.nextDouble() < 0.5)
              : drawn(regions, random);
      sets.add(set);
      if (method.equals(
          KERNEL_SHAP)) { // each set with the other regions alone, which halves the error
        sets.add(of(regions, i -> !set.get(i)));
      }
    }
    return sets;
  }

  private static List<BitSet> ends(int regions) {
    return new ArrayList<>(List.of(of(regions, i -> true), new BitSet()));
  }

  private static BitSet of(int regions, IntPredicate shown) {
    BitSet set = new BitSet();
    IntStream.range(0, regions).filter(shown).forEach(set::set);
    return set;
  }

  /** A set whose size is drawn by the weight that all sets of that size have. */
  private static BitSet drawn(int regions, SplitMix64 random) {
    double[] upTo = new double[regions];
    for (int size = 1; size < regions; size++) {
      upTo[size] = upTo[size - 1] + 1.0 / (size * (regions - size));
    }
    double at = random.nextDouble() * upTo[regions - 1];
    int size = 1;
    while (size < regions - 1 && upTo[size] <= at) {
      size++;
    }
    BitSet set = new BitSet();
    while (set.cardinality() < size) {
      set.set(random.nextInt(regions));
    }
    return set;
  }

  /** Near sets count more; the fit has a constant beside the regions, which has no penalty. */
  private static double[] lime(int regions, List<BitSet> sets, float[] logits) {
    double[] weights = new double[logits.length];
    Arrays.setAll(
        weights,
        i -> {
          double distance = 1 - Math.sqrt(sets.get(i).cardinality() / (double) regions);
          return Math.exp(-distance * distance / (WIDTH * WIDTH) / 2);
        });
    double total = Arrays.stream(weights).sum();
    double[] centre = new double[regions];
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      double share = weights[i] / total;
      sets.get(i).stream().forEach(region -> centre[region] += share);
      mean += share * logits[i];
    }
    double[][] rows = new double[logits.length][regions];
    double[] values = new double[logits.length];
    for (int i = 0; i < rows.length; i++) {
      double root = Math.sqrt(weights[i]);
      for (int region = 0; region < regions; region++) {
        rows[i][region] = root * ((sets.get(i).get(region) ? 1 : 0) - centre[region]);
      }
      values[i] = root * (logits[i] - mean);
    }
    return RidgeFit.of(rows, values, RIDGE).weights();
  }

  /** The values of all regions sum to what all of them do: the last one's is what others leave. */
  private static double[] kernelShap(
      int regions, List<BitSet> sets, float[] logits, boolean whole) {
    int last = regions - 1;
    double all = (double) logits[0] - logits[1];
    if (last == 0) {
      return new double[] {all};
    }
    double[][] rows = new double[logits.length - 2][last];
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      BitSet set = sets.get(i + 2);
      double root = whole ? Math.sqrt(kernel(regions, set.cardinality())) : 1;
      int fixed = set.get(last) ? 1 : 0;
      for (int region = 0; region < last; region++) {
        rows[i][region] = root * ((set.get(region) ? 1 : 0) - fixed);
      }
      values[i] = root * (logits[i + 2] - logits[1] - fixed * all);
    }
    double[] free = RidgeFit.of(rows, values, LEAST).weights();
    double[] each = Arrays.copyOf(free, last + 1);
    each[last] = all - Arrays.stream(free).sum();
    return each;
  }

  /** The weight of a set of so many regions, up to a factor. */
  private static double kernel(int regions, int size) {
    double sets = 1;
    for (int i = 0; i < size; i++) {
      sets *= (regions - i) / (i + 1.0);
    }
    return (regions - 1) / (sets * size * (regions - size));
  }
}
