package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.classifier.ModelStore;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.job.ModelConfig.Models;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.SaliencyMethod.NoMapException;
import org.whisker.saliency.method.Methods;
import org.whisker.stats.Samples;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Seconds of saliency methods on a picture of noise, beside those of the bare passes that each
 * needs by its definition, by turns in one process. {@code maps_speed.py} times the other
 * libraries, with the same numbers of steps, samples, masks and windows.
 */
public final class MapSpeed {
  private static final int TURNS = 3;
  private static final double LONG = 10;
  private static final int BATCH = 16;
  private static final int SAMPLES = 50;
  private static final int MASKS = 200;
  private static final int WINDOW = 16;
  private static final List<String> METHODS =
      List.of(
          "gradient",
          "gradient-x-input",
          "integrated-gradients",
          "smoothgrad",
          "gradient-shap",
          "deeplift",
          "guided-backprop",
          "lrp-epsilon-plus-flat",
          "grad-cam",
          "grad-cam++",
          "layer-cam",
          "eigen-cam",
          "layer-conductance",
          "occlusion",
          "rise",
          "score-cam");

  private MapSpeed() {}

  /**
   * Prints a row for each method that the network has a map by.
   *
   * @param args turns of each, a model, and methods
   * @return true
   */
  public static boolean run(List<String> args) throws IOException {
    int turns = args.isEmpty() ? TURNS : Integer.parseInt(args.get(0));
    String model = args.size() < 2 ? "vgg16-mini" : args.get(1);
    List<String> methods = args.size() < 3 ? METHODS : args.subList(2, args.size());
    TorchClassifier.Settings settings =
        new TorchClassifier.Settings(
            Precision.FLOAT32, TorchClassifier.Settings.cpu(Precision.FLOAT32).device(), BATCH);
    try (TorchClassifier classifier =
        Classifiers.open(Models.open(new ModelStore(Path.of("models")), model), settings)) {
      Subject subject = new Subject(classifier, noise(classifier.canvas(), classifier.planes()));
      System.out.println("| " + model + " | seconds | of the bare passes |");
      for (String method : methods) {
        try {
          subject.row(Methods.named(method), turns);
        } catch (NoMapException e) {
          System.out.printf("| %s | %s | |%n", method, e.getMessage());
        }
      }
    }
    return true;
  }

  private static PlanarImage noise(Canvas canvas, int planes) {
    SplitMix64 random = SplitMix64.stream(1, "noise", 0);
    float[] values = new float[planes * canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return PlanarImage.of(canvas, values);
  }

  /** What a method needs by its definition. */
  private record Passes(int forward, int gradients, int features) {
    static Passes of(Method method, int channels, int windows) {
      return switch (method.label()) {
        case "integrated-gradients" -> new Passes(2, SAMPLES, 0);
        case "smoothgrad", "gradient-shap" -> new Passes(0, SAMPLES, 0);
        case "deeplift" -> new Passes(0, 2, 0); // of the picture and its reference
        case "grad-cam", "grad-cam++", "layer-cam", "eigen-cam" -> new Passes(0, 0, 1);
        case "layer-conductance" -> new Passes(0, 0, SAMPLES + 1);
        case "occlusion" -> new Passes(1 + windows, 0, 0);
        case "rise" -> new Passes(MASKS, 0, 0);
        case "score-cam" -> new Passes(1 + channels, 0, 1);
        default -> new Passes(0, 1, 0);
      };
    }
  }

  /** A network and a picture. */
  private record Subject(TorchClassifier classifier, PlanarImage picture) {
    void row(Method method, int turns) {
      Optional<String> obstacle = method.obstacle(classifier, picture);
      if (obstacle.isPresent()) {
        System.out.printf("| %s | %s | |%n", method.label(), obstacle.get());
        return;
      }
      String layer = MethodConfig.SaliencySettings.usualLayer(classifier);
      Attributions attributions =
          new Attributions(classifier, settings(layer), BATCH, done -> {}, () -> false);
      Passes passes =
          Passes.of(
              method,
              classifier.shape(layer).channels(),
              settings(layer).occlusion().windows(picture.canvas()));
      DoubleStream.Builder own = DoubleStream.builder();
      DoubleStream.Builder ratios = DoubleStream.builder();
      for (int turn = 0; turn <= turns; turn++) {
        double seconds = seconds(() -> attributions.of(method, picture).orElseThrow().map());
        double bare = seconds(() -> passed(layer, passes));
        // the first compiles, which is little beside a long one
        if (turn > 0 || seconds > LONG) {
          own.add(seconds);
          ratios.add(seconds / bare);
        }
        if (seconds > LONG) {
          break;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f |%n",
          method.label(),
          Samples.median(own.build().toArray()),
          Samples.median(ratios.build().toArray()));
    }

    private MethodSettings settings(String layer) {
      return new MethodSettings(
          Baseline.white(),
          QuadratureSteps.fixed(SAMPLES),
          new NoiseOptions(SAMPLES, 0.15, 1),
          layer,
          Upsampling.NEAREST,
          OcclusionOptions.square(WINDOW, WINDOW, Fill.white()),
          0,
          1,
          new RiseOptions(MASKS, 7, 0.5, Fill.white(), 1),
          new ShapleyOptions(4, 1));
    }

    private void passed(String layer, Passes passes) {
      over(passes.forward(), classifier::logits);
      over(passes.gradients(), classifier::inputGradients);
      over(passes.features(), copies -> classifier.features(layer, copies));
    }

    /** Copies of the picture would be scored once: each is changed in one value. */
    private void over(int count, Bare pass) {
      for (int from = 0; from < count; from += BATCH) {
        List<PlanarImage> copies =
            IntStream.range(from, Math.min(count, from + BATCH)).mapToObj(this::copy).toList();
        pass.of(copies);
      }
    }

    private PlanarImage copy(int number) {
      float[] values = picture.values();
      values[number % values.length] = 1;
      return PlanarImage.of(picture.canvas(), values);
    }
  }

  private interface Bare {
    Object of(List<PlanarImage> pictures);
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }
}
