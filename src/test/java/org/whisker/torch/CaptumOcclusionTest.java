package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.saliency.Fill;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.method.OcclusionMethod.Occlusion;
import org.whisker.weights.FormulaWeights;

/**
 * Occlusion against Captum's numbers: VGG-16 on formula weights, 3×96×96, logit 7, the window over
 * all three channels, in float64 as Captum: differences of near logits in float32 keep a relative
 * 1e-4 on some processors. The pictures here are masks (white keeps, black hides), laid over the
 * input.
 */
class CaptumOcclusionTest {
  private static final int SIDE = 96;
  private static final Canvas CANVAS = Canvas.square(SIDE);
  private static final int OUTPUTS = 1000;
  private static final int TARGET = 7;
  private static final double TOLERANCE = 1e-5;
  private static TorchModule module;

  @BeforeAll
  static void load() {
    FeatureShape input = new FeatureShape(3, SIDE, SIDE);
    Network network = Vgg16.of(Vgg16.Options.published().with(input, OUTPUTS));
    FormulaWeights weights =
        new FormulaWeights(network.parameters(), FormulaWeights.REFERENCE_SEED);
    module =
        TorchClassifier.load(
            network,
            weights,
            Preprocessing.identity(),
            Precision.FLOAT64,
            TorchDevice.cpu(),
            List.of());
  }

  @AfterAll
  static void unload() {
    module.close();
  }

  /** Shows the input where a mask is white, and {@code baseline} where it is black. */
  private static final class Masked implements Classifier {
    private final float[] input =
        FormulaWeights.input(3, SIDE, SIDE, FormulaWeights.REFERENCE_SEED);
    private final float baseline;
    private final IntPredicate kept;
    private final float whole;
    int passes;

    /**
     * Runs the network only for holes whose top left column and row are {@code kept}; the others
     * are given the whole input's logit.
     */
    Masked(float baseline, IntPredicate kept) {
      this.baseline = baseline;
      this.kept = kept;
      this.whole = run(List.of(GrayImage.filled(CANVAS, 1)))[0];
    }

    @Override
    public String name() {
      return "masked";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> masks) {
      float[] logits = new float[masks.size()];
      Arrays.fill(logits, whole);
      int[] running = IntStream.range(0, logits.length).filter(i -> runs(masks.get(i))).toArray();
      float[] run = run(Arrays.stream(running).<Raster>mapToObj(masks::get).toList());
      for (int i = 0; i < running.length; i++) {
        logits[running[i]] = run[i];
      }
      return logits;
    }

    private boolean runs(Raster raster) {
      float[] mask = new float[CANVAS.pixels()];
      raster.paint(mask, 0);
      int hole = IntStream.range(0, mask.length).filter(p -> mask[p] == 0).findFirst().orElse(0);
      return kept.test(CANVAS.x(hole)) && kept.test(CANVAS.y(hole));
    }

    private float[] run(List<? extends Raster> masks) {
      if (masks.isEmpty()) {
        return new float[0];
      }
      passes += masks.size();
      int pixels = CANVAS.pixels();
      float[] mask = new float[masks.size() * pixels];
      float[] shown = new float[3 * mask.length];
      for (int i = 0; i < masks.size(); i++) {
        masks.get(i).paint(mask, i * pixels);
      }
      for (int i = 0; i < shown.length; i++) {
        int picture = i / (3 * pixels);
        boolean keeps = mask[picture * pixels + i % pixels] == 1;
        shown[i] = keeps ? input[i % input.length] : baseline;
      }
      try (NDManager scope = module.scope()) {
        NDArray x = scope.create(shown, new Shape(masks.size(), 3, SIDE, SIDE));
        float[] all = module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
        float[] logits = new float[masks.size()];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = all[i * OUTPUTS + TARGET];
        }
        return logits;
      }
    }

    @Override
    public void close() {}
  }

  /** Of six tiles in a row four are run: the two at its ends, one beside, and one in the middle. */
  @Test
  void tilesMatch() throws IOException {
    Set<Integer> starts = Set.of(0, 16, 48, 80);
    check("occlusion-window16-stride16-baseline0", 16, 16, 0, starts::contains);
  }

  /**
   * 361 passes would be slow, so only windows in the corners are run, those cut on one or both
   * sides among them, and the pixels compared that lie in no others.
   */
  @Test
  void overlappingAndCutWindowsMatch() throws IOException {
    Set<Integer> starts = Set.of(0, 5, 85, 90);
    check("occlusion-window9-stride5-baseline1", 9, 5, 1, starts::contains);
  }

  private static void check(String file, int window, int stride, float baseline, IntPredicate kept)
      throws IOException {
    OcclusionOptions options =
        new OcclusionOptions(window, window, stride, Fill.black(), OcclusionBorder.CAPTUM);
    Masked masked = new Masked(baseline, kept);
    GrayImage white = GrayImage.filled(CANVAS, 1);
    Occlusion found =
        Occlusion.of(masked, white, options, 16, done -> {}, () -> false).orElseThrow();
    boolean[] known = new boolean[SIDE];
    for (int i = 0; i < SIDE; i++) {
      int pixel = i;
      known[i] =
          IntStream.iterate(0, start -> start < SIDE - window + stride, start -> start + stride)
              .filter(start -> start <= pixel && pixel < start + window)
              .allMatch(kept);
    }
    float[] expected = read(file);
    double difference = 0;
    double norm = 0;
    int compared = 0;
    for (int i = 0; i < expected.length; i++) {
      int pixel = i % CANVAS.pixels();
      if (known[CANVAS.x(pixel)] && known[CANVAS.y(pixel)]) {
        double error = found.map().at(pixel) - expected[i];
        difference += error * error;
        norm += (double) expected[i] * expected[i];
        compared++;
      }
    }
    double relative = Math.sqrt(difference / norm);
    System.out.printf(
        "%s: relative L2 %.2g over %d values, %d passes%n",
        file, relative, compared, masked.passes);
    assertTrue(compared >= 800, compared + " values compared");
    assertTrue(relative < TOLERANCE, "relative L2 " + relative);
  }

  private static float[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CaptumOcclusionTest.class.getResourceAsStream(name + ".npy"))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(10 + bytes.getShort(8));
      float[] values = new float[3 * CANVAS.pixels()];
      bytes.asFloatBuffer().get(values);
      return values;
    }
  }
}
