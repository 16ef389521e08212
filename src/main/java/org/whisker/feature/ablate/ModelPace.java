package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.whisker.ablation.ModelVariant;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.job.Workers;
import org.whisker.random.SplitMix64;

/**
 * How fast a model scores here, in images a second, where so many workers do so side by side.
 *
 * @param searched by the network that searches ask
 * @param reported by the network that is reported
 */
public record ModelPace(double searched, double reported) {
  private static final int WARM_UP = 2;

  /**
   * Images that a call scores where the pace is measured: few, since a large network takes long.
   */
  private static final int CALL = 20;

  /** More calls than these would hardly change what one takes. */
  private static final int MOST_CALLS = 20;

  /** Seconds that a measurement takes which a promise rests on, at most. */
  private static final double SECONDS = 1;

  /** And of one that says "about". */
  private static final double GLANCE = 0.3;

  /** Measures each model for a moment: "about" needs no more. */
  public static Map<String, ModelPace> glanced(List<StoredAblatedModel> models) throws IOException {
    Workers workers = StoredAblatedModel.workers(models);
    Map<String, ModelPace> paces = new LinkedHashMap<>();
    for (StoredAblatedModel model : models) {
      if (paces.containsKey(model.name())) {
        continue;
      }
      ModelVariant stored = new ModelVariant.AsStored();
      double reported = rate(workers, () -> model.open(stored), GLANCE);
      double searched =
          model.searchesApart()
              ? rate(workers, () -> model.openToSearch(stored).orElseThrow(), GLANCE)
              : reported;
      paces.put(model.name(), new ModelPace(searched, reported));
    }
    return paces;
  }

  /** Measures by the network that is reported, not the searches', so well as a promise needs. */
  public static double promised(StoredAblatedModel model, Workers workers) {
    return rate(workers, () -> model.open(new ModelVariant.AsStored()), SECONDS);
  }

  /** By what a call takes each of the workers, and how many there are. */
  private static double rate(Workers workers, Supplier<Classifier> open, double seconds) {
    try {
      double call =
          workers
              .results(workers.count(), () -> false, worker -> secondsACall(open, seconds))
              .stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow();
      return CALL * workers.count() / call;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double secondsACall(Supplier<Classifier> open, double most) {
    try (Classifier classifier = open.get()) {
      List<BlackPixels> images = images(classifier.canvas());
      for (int i = 0; i < WARM_UP; i++) {
        classifier.logits(images);
      }
      long begun = System.nanoTime();
      int calls = 0;
      do {
        classifier.logits(images);
        calls++;
      } while (calls < MOST_CALLS && System.nanoTime() - begun < most * 1e9);
      return (System.nanoTime() - begun) / 1e9 / calls;
    }
  }

  private static List<BlackPixels> images(Canvas canvas) {
    SplitMix64 random = SplitMix64.stream(1, "pace", 0);
    return IntStream.range(0, CALL)
        .mapToObj(i -> BlackPixels.of(canvas, random.nextInt(canvas.pixels())))
        .toList();
  }
}
