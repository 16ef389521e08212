package org.whisker.saliency.faithfulness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.Infidelity.Perturbation;
import org.whisker.saliency.method.InputGradient;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Processor and wall time of measures of faithfulness on {@code vgg16-mini}, for comparison with
 * time_quantus.py, which does the same with the same photo, rolled eight times, and its gradients.
 * Each measure is run twice; the second time is printed. Arguments: the folder of models, and the
 * photo. {@code OMP_NUM_THREADS} decides the number of threads.
 */
public final class FaithfulnessTimes {
  private static final int COUNT = 8;
  private static final int BATCH = 8;
  private static final Fill FILL = new Fill.Gray(0.5f);

  private FaithfulnessTimes() {}

  /** A measure of one map. */
  private interface Measure {
    /** Returns how many images the network was run on. */
    int of(Raster picture, SaliencyMap map);
  }

  /** Prints a line a measure. */
  public static void main(String[] args) throws IOException {
    try (DifferentiableClassifier network =
        Classifiers.openAny(
            new ModelStore(Path.of(args[0])).open("vgg16-mini"),
            TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      List<GrayImage> pictures = rolled(GrayImage.of(ImageFiles.readGray(Path.of(args[1]))));
      List<SaliencyMap> maps = InputGradient.of(network, pictures, BATCH);
      print("deletion and insertion", pictures, maps, (x, map) -> deletion(network, x, map));
      print("infidelity", pictures, maps, (x, map) -> infidelity(network, x, map));
      print("max-sensitivity", pictures, maps, (x, map) -> sensitivity(network, x));
    }
  }

  private static List<GrayImage> rolled(GrayImage photo) {
    Canvas canvas = photo.canvas();
    List<GrayImage> all = new ArrayList<>();
    for (int k = 0; k < COUNT; k++) {
      float[] values = new float[canvas.pixels()];
      for (int i = 0; i < values.length; i++) {
        int x = Math.floorMod(canvas.x(i) - 16 * k, canvas.width());
        values[i] = photo.at(canvas.index(x, canvas.y(i)));
      }
      all.add(new GrayImage(canvas, values));
    }
    return all;
  }

  private static int deletion(DifferentiableClassifier network, Raster picture, SaliencyMap map) {
    DeletionInsertion.Options options =
        new DeletionInsertion.Options(16, false, FILL, DeletionInsertion.Order.STRONGEST, 2, 0, 1);
    return DeletionInsertion.of(network, picture, map, options, BATCH, done -> {}, () -> false)
        .map(found -> options.pictures(picture.canvas().pixels()))
        .orElseThrow();
  }

  private static int infidelity(DifferentiableClassifier network, Raster picture, SaliencyMap map) {
    Infidelity.Options options = new Infidelity.Options(new Perturbation.Square(32, FILL), 160, 1);
    return Infidelity.of(network, picture, map, options, BATCH, done -> {}, () -> false)
        .map(found -> options.samples())
        .orElseThrow();
  }

  private static int sensitivity(DifferentiableClassifier network, Raster picture) {
    return MaxSensitivity.of(
            near -> InputGradient.of(network, List.of(near), 1).get(0),
            picture,
            new MaxSensitivity.Options(10, 0.02, 1),
            done -> {},
            () -> false)
        .map(MaxSensitivity::samples)
        .orElseThrow();
  }

  private static void print(
      String name, List<GrayImage> pictures, List<SaliencyMap> maps, Measure measure) {
    for (int round = 0; round < 2; round++) {
      long wall = System.nanoTime();
      long processor = processor();
      int images = 0;
      for (int i = 0; i < COUNT; i++) {
        images += measure.of(pictures.get(i), maps.get(i));
      }
      if (round == 1) {
        System.out.printf(
            Locale.ROOT,
            "whisker, %s: %d images, %.2f s of processor, %.2f s%n",
            name,
            images,
            (processor() - processor) / 1e9,
            (System.nanoTime() - wall) / 1e9);
      }
    }
  }

  private static long processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
