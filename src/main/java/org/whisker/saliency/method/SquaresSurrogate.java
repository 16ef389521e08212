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
 * Squares of the picture, shown or hidden at random, and a linear function of which are shown that
 * fits the logit: LIME (Ribeiro et al., 2016, arXiv:1602.04938), as {@code lime} fits it with all
 * features, or Kernel SHAP (Lundberg and Lee, 2017, arXiv:1705.07874), which gives Shapley values.
 * Where all sets of squares are no more than the samples, each is scored once, and Kernel SHAP is
 * exact.
 *
 * <p>Shape: one value per pixel of the canvas, the same all over a square. Unit: logits. Sign:
 * above 0, the square is evidence for not-cat relative to its fill. The values of Kernel SHAP sum
 * over the squares to the logit less that of the fill alone.
 *
 * @param samples how many sets of squares, and how many squares along either axis
 */
record SquaresSurrogate(Method method, RiseOptions samples) implements SaliencyMethod {
  static final Method LIME = describe("lime", "a linear fit to what hiding squares does");
  static final Method KERNEL_SHAP =
      describe("kernel-shap", "the logit divided among squares by Shapley values");

  /** The width of LIME's kernel, and the penalty of its ridge fit. */
  private static final double WIDTH = 0.25;

  private static final double RIDGE = 1;

  /** Keeps squares that no set tells apart from making a fit impossible. */
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
            set -> new SquaresSurrogate(own[0], set.rise()));
    return own[0];
  }

  @Override
  public String options() {
    return Text.of(
        "%d sets of %dx%d squares, fill %s",
        isWhole() ? 1 << squares() : samples.masks(),
        samples.cells(),
        samples.cells(),
        samples.fill());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    Inputs.checkSize(in.classifier(), in.picture().canvas());
    PlanarImage base = PlanarImage.from(in.picture());
    PlanarImage fill = samples.fill().of(base);
    List<BitSet> sets = sets();
    return new Batches(in.batch(), in.progress(), in.stopped())
        .<Raster>logits(sets.size(), i -> shown(sets.get(i), base, fill), in.classifier()::logits)
        .map(logits -> method.equals(LIME) ? lime(sets, logits) : kernelShap(sets, logits))
        .map(values -> attribution(values, base.canvas(), sets.size()));
  }

  private Attribution attribution(double[] values, Canvas canvas, int scored) {
    double[] map = new double[canvas.pixels()];
    Arrays.setAll(map, i -> values[square(canvas, i)]);
    return new Attribution.Builder(method, method.map(canvas, map))
        .with(Diagnostic.SAMPLES, scored)
        .build();
  }

  private int squares() {
    return samples.cells() * samples.cells();
  }

  private int square(Canvas canvas, int pixel) {
    int column = canvas.x(pixel) * samples.cells() / canvas.width();
    int row = canvas.y(pixel) * samples.cells() / canvas.height();
    return row * samples.cells() + column;
  }

  private PlanarImage shown(BitSet set, PlanarImage base, PlanarImage fill) {
    Canvas canvas = base.canvas();
    float[] values = base.values();
    float[] hidden = fill.values();
    for (int i = 0; i < values.length; i++) {
      if (!set.get(square(canvas, i % canvas.pixels()))) {
        values[i] = hidden[i];
      }
    }
    return PlanarImage.of(canvas, values);
  }

  /** All squares first, none second; then all other sets, or as many as are drawn. */
  private List<BitSet> sets() {
    int squares = squares();
    List<BitSet> sets = new ArrayList<>();
    sets.add(of(squares, i -> true));
    sets.add(new BitSet());
    if (isWhole()) {
      for (long bits = 1; bits < (1L << squares) - 1; bits++) {
        sets.add(BitSet.valueOf(new long[] {bits}));
      }
      return sets;
    }
    while (sets.size() < samples.masks()) {
      SplitMix64 random = SplitMix64.stream(samples.seed(), method.label(), sets.size());
      BitSet set =
          method.equals(LIME) ? of(squares, i -> random.nextDouble() < 0.5) : drawn(random);
      sets.add(set);
      if (method.equals(
          KERNEL_SHAP)) { // each set with the other squares alone, which halves the error
        sets.add(of(squares, i -> !set.get(i)));
      }
    }
    return sets;
  }

  private boolean isWhole() {
    return squares() < 31 && 1L << squares() <= samples.masks();
  }

  private static BitSet of(int squares, IntPredicate shown) {
    BitSet set = new BitSet();
    IntStream.range(0, squares).filter(shown).forEach(set::set);
    return set;
  }

  /** A set whose size is drawn by the weight that all sets of that size have. */
  private BitSet drawn(SplitMix64 random) {
    int squares = squares();
    double[] upTo = new double[squares];
    for (int size = 1; size < squares; size++) {
      upTo[size] = upTo[size - 1] + 1.0 / (size * (squares - size));
    }
    double at = random.nextDouble() * upTo[squares - 1];
    int size = 1;
    while (size < squares - 1 && upTo[size] <= at) {
      size++;
    }
    BitSet set = new BitSet();
    while (set.cardinality() < size) {
      set.set(random.nextInt(squares));
    }
    return set;
  }

  /** Near sets count more; the fit has a constant beside the squares, which has no penalty. */
  private double[] lime(List<BitSet> sets, float[] logits) {
    int squares = squares();
    double[] weights = new double[logits.length];
    Arrays.setAll(
        weights,
        i -> {
          double distance = 1 - Math.sqrt(sets.get(i).cardinality() / (double) squares);
          return Math.exp(-distance * distance / (WIDTH * WIDTH) / 2);
        });
    double total = Arrays.stream(weights).sum();
    double[] centre = new double[squares];
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      double share = weights[i] / total;
      sets.get(i).stream().forEach(square -> centre[square] += share);
      mean += share * logits[i];
    }
    double[][] rows = new double[logits.length][squares];
    double[] values = new double[logits.length];
    for (int i = 0; i < rows.length; i++) {
      double root = Math.sqrt(weights[i]);
      for (int square = 0; square < squares; square++) {
        rows[i][square] = root * ((sets.get(i).get(square) ? 1 : 0) - centre[square]);
      }
      values[i] = root * (logits[i] - mean);
    }
    return RidgeFit.of(rows, values, RIDGE).weights();
  }

  /** The values of all squares sum to what all of them do: the last one's is what others leave. */
  private double[] kernelShap(List<BitSet> sets, float[] logits) {
    int last = squares() - 1;
    double all = (double) logits[0] - logits[1];
    double[][] rows = new double[logits.length - 2][last];
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      BitSet set = sets.get(i + 2);
      double root = isWhole() ? Math.sqrt(kernel(set.cardinality())) : 1;
      int fixed = set.get(last) ? 1 : 0;
      for (int square = 0; square < last; square++) {
        rows[i][square] = root * ((set.get(square) ? 1 : 0) - fixed);
      }
      values[i] = root * (logits[i + 2] - logits[1] - fixed * all);
    }
    double[] free = RidgeFit.of(rows, values, LEAST).weights();
    double[] each = Arrays.copyOf(free, last + 1);
    each[last] = all - Arrays.stream(free).sum();
    return each;
  }

  /** The weight of a set of so many squares, up to a factor. */
  private double kernel(int size) {
    int squares = squares();
    double sets = 1;
    for (int i = 0; i < size; i++) {
      sets *= (squares - i) / (i + 1.0);
    }
    return (squares - 1) / (sets * size * (squares - size));
  }
}
