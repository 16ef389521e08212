package org.whisker.saliency.method;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchCheck;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.OcclusionOptions.OcclusionWindow;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.value.Text;

/**
 * {@link Occlusion} as one of the methods.
 *
 * @param verification the windows to verify by full passes
 */
public record OcclusionMethod(OcclusionOptions window, Occlusion.Verification verification)
    implements SaliencyMethod {
  public static final Method METHOD =
      new Method(
          "occlusion",
          Need.NONE,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the mean effect of occluding a window, with a choice of border treatments",
          set ->
              new OcclusionMethod(
                  set.occlusion(), new Occlusion.Verification(set.verified(), set.seed())));

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return Text.of(
        "window %dx%d, stride %d, fill %s, %s",
        window.width(), window.height(), window.stride(), window.fill(), window.border());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return Occlusion.of(
            in.classifier(),
            in.picture(),
            window,
            verification,
            in.batch(),
            in.progress(),
            in.stopped())
        .map(OcclusionMethod::attribution);
  }

  private static Attribution attribution(Occlusion found) {
    Coverage coverage = found.coverage();
    Attribution.Builder built =
        new Attribution.Builder(METHOD, found.map())
            .with("coverage", coverage.map())
            .with(Diagnostic.WINDOWS, found.windows())
            .with(Diagnostic.SCORED, found.scored())
            .with(Diagnostic.UNCHANGED, found.unchanged())
            .with(Diagnostic.DUPLICATES, found.duplicates())
            .with(Diagnostic.COVERAGE_MIN, coverage.min())
            .with(Diagnostic.COVERAGE_MAX, coverage.max());
    found
        .check()
        .ifPresent(
            check ->
                built
                    .with(Diagnostic.VERIFIED, check.compared())
                    .with(Diagnostic.LARGEST_DIFFERENCE, check.largestDifference()));
    return built.build();
  }

  /**
   * Occlusion sensitivity (Zeiler and Fergus, 2014, arXiv:1311.2901), averaged over windows as in
   * Captum.
   *
   * <p>With f the logit against the target, the value of a pixel is the mean of f(image) − f(image
   * with the window occluded) over the windows that cover it, in logits. <b>Above 0: the content
   * there is evidence against cat</b>; below 0: for cat. Near the border the mean is over fewer
   * windows in most modes: see {@link OcclusionBorder} and {@link #coverage}.
   *
   * <p>A window that changes nothing contributes 0 without being scored, and windows that give the
   * same image are scored once. Both are exact and save most of the work on sparse images.
   *
   * @param coverage number of windows that cover each pixel, at least 1
   * @param logit the logit against the target, of the original image
   * @param scored number of windows scored
   * @param unchanged number not scored because they change nothing
   * @param duplicates number not scored because another one gives the same image
   * @param check deviation of a sample of windows from full forward passes; empty if not requested
   */
  public record Occlusion(
      SaliencyMap map,
      Coverage coverage,
      double logit,
      int scored,
      int unchanged,
      int duplicates,
      Optional<PatchCheck> check) {
    /**
     * The windows to verify, each by a full forward pass.
     *
     * @param sample number of scored windows, and as many of those not scored; 0 for none
     * @param seed the seed of the random sample
     */
    public record Verification(int sample, long seed) {
      public Verification {
        Inputs.atLeast(0, "windows to verify", sample);
      }

      /** No verification. */
      static Verification none() {
        return new Verification(0, 0);
      }
    }

    public Occlusion {
      NoNumberException.unlessFinite("the picture's logit", (float) logit);
    }

    int windows() {
      return scored + unchanged + duplicates;
    }

    /**
     * Computes the occlusion map of an image.
     *
     * @param batchSize windows per batch, at least 1
     * @param progress receives the number of windows done, of {@link OcclusionOptions#windows},
     *     after each batch; windows that need no scoring count as done from the start
     * @param stopped polled before each batch
     * @return empty when stopped
     * @throws IllegalArgumentException if the picture is not of the classifier's size, or the
     *     window larger than it
     */
    public static Optional<Occlusion> of(
        Classifier classifier,
        Raster picture,
        OcclusionOptions options,
        int batchSize,
        IntConsumer progress,
        BooleanSupplier stopped) {
      return of(classifier, picture, options, Verification.none(), batchSize, progress, stopped);
    }

    /**
     * Occlusion maps of which a sample of windows is verified by full passes; empty when stopped.
     */
    public static Optional<Occlusion> of(
        Classifier classifier,
        Raster picture,
        OcclusionOptions options,
        Verification verification,
        int batchSize,
        IntConsumer progress,
        BooleanSupplier stopped) {
      Batches batches = new Batches(batchSize, progress, stopped);
      Inputs.checkSize(classifier, picture.canvas());
      PlanarImage base = PlanarImage.from(picture);
      PlanarImage fill = options.fill().of(base);
      OcclusionPlan plan = new OcclusionPlan(options.on(base.canvas()), base, fill);
      try (PatchScorer scorer = PatchClassifier.best(classifier, base)) {
        return batches
            .atLeast(scorer.together())
            .logits(plan.toScore(), plan::patch, scorer::logits, plan.windows() - plan.toScore())
            .map(
                logits ->
                    plan.result(
                        scorer.baseLogit(),
                        logits,
                        plan.check(classifier, scorer.baseLogit(), logits, verification)));
      }
    }

    /** The distinct windows to be scored, and the assignment of their scores to all windows. */
    static final class OcclusionPlan {
      private static final int UNCHANGED = -1;

      private final PlanarImage base;
      private final PlanarImage fill;
      private final List<OcclusionWindow> windows;
      private final List<OcclusionWindow> toScore = new ArrayList<>();
      private final List<OcclusionWindow> notScored = new ArrayList<>();
      private final List<Integer> scoreOfNotScored = new ArrayList<>();
      private final int[] scoreOf;
      private int unchanged;

      OcclusionPlan(List<OcclusionWindow> windows, PlanarImage base, PlanarImage fill) {
        this.base = base;
        this.fill = fill;
        this.windows = windows;
        this.scoreOf = new int[windows.size()];
        Map<OcclusionWindow.Change, Integer> seen = new HashMap<>();
        for (int w = 0; w < scoreOf.length; w++) {
          OcclusionWindow window = windows.get(w);
          OcclusionWindow.Change change = window.change(base, fill);
          scoreOf[w] = change.isNone() ? UNCHANGED : seen.getOrDefault(change, toScore.size());
          unchanged += change.isNone() ? 1 : 0;
          if (scoreOf[w] == toScore.size()) {
            seen.put(change, toScore.size());
            toScore.add(window);
          } else {
            notScored.add(window);
            scoreOfNotScored.add(scoreOf[w]);
          }
        }
      }

      int windows() {
        return windows.size();
      }

      int toScore() {
        return toScore.size();
      }

      /** The patch of window {@code i} of those to be scored. */
      Patch patch(int i) {
        return toScore.get(i).patch(base, fill);
      }

      /**
       * Verifies a sample of the windows by full passes, including windows that were not scored.
       */
      Optional<PatchCheck> check(
          Classifier classifier, float baseLogit, float[] logits, Occlusion.Verification drawn) {
        if (drawn.sample() == 0) {
          return Optional.empty();
        }
        float[] known = new float[notScored.size()];
        for (int i = 0; i < known.length; i++) {
          int score = scoreOfNotScored.get(i);
          known[i] = score == UNCHANGED ? baseLogit : logits[score];
        }
        PatchCheck scored = check(classifier, toScore, logits, drawn, "scored windows");
        PatchCheck skipped = check(classifier, notScored, known, drawn, "skipped windows");
        return Optional.of(
            new PatchCheck(
                scored.compared() + skipped.compared(),
                Math.max(scored.largestDifference(), skipped.largestDifference())));
      }

      private PatchCheck check(
          Classifier classifier,
          List<OcclusionWindow> some,
          float[] logits,
          Occlusion.Verification drawn,
          String stream) {
        // patches are created lazily: all at once may not fit in memory
        List<Patch> patches =
            new AbstractList<>() {
              @Override
              public Patch get(int i) {
                return some.get(i).patch(base, fill);
              }

              @Override
              public int size() {
                return some.size();
              }
            };
        SplitMix64 random = SplitMix64.stream(drawn.seed(), stream, 0);
        return PatchCheck.of(classifier, base, patches, logits, drawn.sample(), random);
      }

      Occlusion result(float baseLogit, float[] logits, Optional<PatchCheck> check) {
        Canvas canvas = base.canvas();
        double[] sums = new double[canvas.pixels()];
        int[] counts = new int[canvas.pixels()];
        for (int w = 0; w < scoreOf.length; w++) {
          double delta = scoreOf[w] == UNCHANGED ? 0 : (double) baseLogit - logits[scoreOf[w]];
          windows
              .get(w)
              .forEach(
                  i -> {
                    sums[i] += delta;
                    counts[i]++;
                  });
        }
        Arrays.setAll(sums, i -> sums[i] / counts[i]);
        SaliencyMap map = OcclusionMethod.METHOD.map(canvas, sums);
        int duplicates = scoreOf.length - unchanged - logits.length;
        return new Occlusion(
            map,
            new Coverage(canvas, counts),
            baseLogit,
            logits.length,
            unchanged,
            duplicates,
            check);
      }
    }
  }

  /** The number of windows that cover each pixel. Immutable. */
  public static final class Coverage {
    private final Canvas canvas;
    private final int[] counts;

    Coverage(Canvas canvas, int[] counts) {
      this.canvas = canvas;
      this.counts = counts.clone();
    }

    /** The coverage as a map, in windows. */
    SaliencyMap map() {
      double[] values = IntStream.of(counts).asDoubleStream().toArray();
      return Inputs.map(
          canvas,
          values,
          "windows",
          OcclusionMethod.METHOD + " coverage",
          SignConvention.MAGNITUDE);
    }

    int min() {
      return IntStream.of(counts).min().orElseThrow();
    }

    int max() {
      return IntStream.of(counts).max().orElseThrow();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Coverage other
          && canvas.equals(other.canvas)
          && Arrays.equals(counts, other.counts);
    }

    @Override
    public int hashCode() {
      return 31 * canvas.hashCode() + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
      return "coverage " + canvas + " of " + min() + " to " + max() + " windows";
    }
  }
}
