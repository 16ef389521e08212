package org.whisker.saliency.method;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** {@code Rise} as one of the methods. */
public record RiseMethod(RiseOptions masks) implements SaliencyMethod {
  public static final Method METHOD =
      new Method(
          "rise",
          Need.NONE,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the effect of showing each pixel, over random masks",
          set -> new RiseMethod(set.rise()));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return Text.of(
        "%d masks of %dx%d cells, half shown, fill %s",
        masks.masks(), masks.cells(), masks.cells(), masks.fill());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return Rise.of(in.classifier(), in.picture(), masks, in.batch(), in.progress(), in.stopped())
        .map(this::attribution);
  }

  private Attribution attribution(Rise found) {
    double[] shown = MethodAgreement.absolute(found.shown());
    Arrays.sort(shown);
    return new Attribution.Builder(METHOD, found.map())
        .with("coverage", found.shown())
        .with("standard-error", found.standardError())
        .with(Diagnostic.SAMPLES, masks.masks())
        .with(Diagnostic.COVERAGE_MIN, shown[0])
        .with(Diagnostic.COVERAGE_MAX, shown[shown.length - 1])
        .with(Diagnostic.MEAN_STANDARD_ERROR, mean(found.standardError().values()))
        .build();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * RISE: randomised input sampling for explanation (Petsiuk, Das and Saenko, 2018,
   * arXiv:1806.07421), in logits.
   *
   * <p>With f the logit against the target and M the masks, the value of a pixel is the mean of f
   * weighted by the masks, minus the overall mean: Σ f·M / Σ M − mean(f). <b>Above 0: showing the
   * pixel makes the image less cat</b>; below 0: more cat. The paper's map is Σ f·M / (N p);
   * subtracting the mean and dividing by the actual coverage makes 0 mean "no effect" and is
   * otherwise the same up to a factor.
   *
   * <p>Border effect: in the outer half cell a mask is not interpolated with a next cell and varies
   * more; on the other hand, a border pixel shares its mask with neighbours on one side only. The
   * latter dominates: if all pixels matter equally, the map is lower at the border and lowest in
   * the corners. So compare values near the border with those of such an image, not with 0.
   *
   * @param standardError the standard error of each value over the masks; correlated between
   *     neighbours, which share masks
   * @param shown mean of the masks at each pixel, near {@link RiseOptions#shown}
   * @param meanLogit mean of f over the masked images
   */
  record Rise(SaliencyMap map, SaliencyMap standardError, SaliencyMap shown, double meanLogit) {
    public Rise {
      Checks.require(Double.isFinite(meanLogit), "the mean logit is %s", meanLogit);
    }

    /**
     * Computes the RISE map of an image.
     *
     * @param batchSize images per batch, at least 1
     * @param progress receives the number of masks done, of {@link RiseOptions#masks}, after each
     *     batch
     * @param stopped polled before each batch
     * @return empty when stopped
     * @throws IllegalArgumentException if the picture is not of the classifier's size, or some
     *     pixel is hidden by all masks
     */
    static Optional<Rise> of(
        Classifier classifier,
        Raster picture,
        RiseOptions options,
        int batchSize,
        IntConsumer progress,
        BooleanSupplier stopped) {
      Batches batches = new Batches(batchSize, progress, stopped);
      Inputs.checkSize(classifier, picture.canvas());
      PlanarImage base = PlanarImage.from(picture);
      PlanarImage fill = options.fill().of(base);
      RiseMasks masks = new RiseMasks(base.canvas(), options);
      return batches
          .<Raster>logits(options.masks(), i -> masks.masked(i, base, fill), classifier::logits)
          .map(logits -> result(base.canvas(), masks, logits));
    }

    private static Rise result(Canvas canvas, RiseMasks masks, float[] logits) {
      double mean = 0;
      for (float logit : logits) {
        mean += logit;
      }
      mean /= logits.length;
      double[] shown = masks.mean();
      for (int i = 0; i < shown.length; i++) {
        if (shown[i] == 0) {
          throw new IllegalArgumentException(
              Text.of(
                  "no mask of %d shows (%d, %d): draw more masks, or show a larger share",
                  logits.length, canvas.x(i), canvas.y(i)));
        }
      }
      double[] value = values(masks, logits, mean, shown);
      double[] error = errors(masks, logits, mean, shown, value);
      SignConvention none = SignConvention.MAGNITUDE;
      Method method = RiseMethod.METHOD;
      return new Rise(
          method.map(canvas, value),
          Inputs.map(canvas, error, method.unit(), method + " standard error", none),
          Inputs.map(canvas, shown, "share shown", method + " masks", none),
          mean);
    }

    private static double[] values(RiseMasks masks, float[] logits, double mean, double[] shown) {
      double[] value = new double[shown.length];
      double[] mask = new double[shown.length];
      for (int m = 0; m < logits.length; m++) {
        masks.paint(m, mask);
        double deviation = logits[m] - mean;
        for (int i = 0; i < value.length; i++) {
          value[i] += deviation * mask[i] / (shown[i] * logits.length);
        }
      }
      return value;
    }

    /** Standard errors of a ratio of means, by the delta method. */
    private static double[] errors(
        RiseMasks masks, float[] logits, double mean, double[] shown, double[] value) {
      double[] error = new double[shown.length];
      double[] mask = new double[shown.length];
      for (int m = 0; m < logits.length; m++) {
        masks.paint(m, mask);
        double deviation = logits[m] - mean;
        for (int i = 0; i < error.length; i++) {
          double influence = mask[i] * (deviation - value[i]) / shown[i] - deviation;
          error[i] += influence * influence;
        }
      }
      double n = logits.length;
      for (int i = 0; i < error.length; i++) {
        error[i] = Math.sqrt(error[i] / (n * (n - 1)));
      }
      return error;
    }

    /**
     * The random masks of RISE, regenerated from the seed on each use, since thousands may not fit
     * in memory.
     */
    record RiseMasks(Canvas canvas, RiseOptions options) {
      int count() {
        return options.masks();
      }

      /**
       * Writes mask number {@code index} to {@code target}, row-major: 1 shows a pixel, 0 hides it.
       */
      void paint(int index, double[] target) {
        SplitMix64 random = SplitMix64.stream(options.seed(), "rise", index);
        int cells = options.cells();
        double[] grid = new double[cells * cells];
        for (int i = 0; i < grid.length; i++) {
          grid[i] = random.nextDouble() < options.shown() ? 1 : 0;
        }
        Axis across = Axis.of(canvas.width(), cells, random);
        Axis down = Axis.of(canvas.height(), cells, random);
        double[] row = new double[cells];
        for (int y = 0; y < canvas.height(); y++) {
          for (int c = 0; c < cells; c++) {
            row[c] = down.mix(grid[down.cell[y] * cells + c], grid[down.next(y) * cells + c], y);
          }
          for (int x = 0; x < canvas.width(); x++) {
            target[y * canvas.width() + x] =
                across.mix(row[across.cell[x]], row[across.next(x)], x);
          }
        }
      }

      /** The image blended with the fill by the mask. */
      PlanarImage masked(int index, PlanarImage picture, PlanarImage fill) {
        double[] mask = new double[canvas.pixels()];
        paint(index, mask);
        float[] values = new float[picture.planes() * mask.length];
        for (int i = 0; i < values.length; i++) {
          double shown = mask[i % mask.length];
          values[i] = (float) (shown * picture.at(i) + (1 - shown) * fill.at(i));
        }
        return PlanarImage.of(canvas, values);
      }

      /**
       * Interpolation along one axis. As in the paper, n cells are upsampled to the length of n + 1
       * cells of {@code ceil(size / n)} pixels and cropped at a random offset below one cell. The
       * mask is constant before the centre of the first cell and after that of the last.
       */
      private static final class Axis {
        private final int[] cell;
        private final double[] share;
        private final int last;

        private Axis(int size, int cells, int shift) {
          int side = (size + cells - 1) / cells;
          double perPixel = cells / ((cells + 1.0) * side);
          cell = new int[size];
          share = new double[size];
          last = cells - 1;
          for (int i = 0; i < size; i++) {
            double at = Math.max(0, Math.min(last, (i + shift + 0.5) * perPixel - 0.5));
            cell[i] = (int) at;
            share[i] = at - cell[i];
          }
        }

        static Axis of(int size, int cells, SplitMix64 random) {
          return new Axis(size, cells, random.nextInt((size + cells - 1) / cells));
        }

        int next(int i) {
          return Math.min(last, cell[i] + 1);
        }

        double mix(double here, double next, int i) {
          return here + share[i] * (next - here);
        }
      }

      /** The mean of the masks at each pixel. */
      double[] mean() {
        double[] sum = new double[canvas.pixels()];
        double[] mask = new double[sum.length];
        for (int m = 0; m < count(); m++) {
          paint(m, mask);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += mask[i];
          }
        }
        Arrays.setAll(sum, i -> sum[i] / count());
        return sum;
      }
    }
  }
}
