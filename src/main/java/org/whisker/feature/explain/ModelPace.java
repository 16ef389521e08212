package org.whisker.feature.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.whisker.ablation.ModelVariant;
import org.whisker.classifier.Classifier;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.job.Workers;
import org.whisker.random.SplitMix64;

/**
 * How fast searches score by a model here, by calls of each size that is asked for, where so many
 * workers do so side by side.
 */
public final class ModelPace {
  private static final int WARM_UP = 2;

  /** More calls than these would hardly change what one takes. */
  private static final int MOST_CALLS = 20;

  /** What a measurement takes that a promise rests on, at most. */
  private static final double SECONDS = 1;

  private final StoredAblatedModel model;
  private final Workers workers;
  private final double measured;
  private final Map<Integer, Double> secondsACall = new TreeMap<>();

  ModelPace(StoredAblatedModel model, Workers workers) {
    this(model, workers, SECONDS);
  }

  /** Prepares a measurement that takes at most {@code measured} seconds, or one call. */
  public ModelPace(StoredAblatedModel model, Workers workers, double measured) {
    this.model = model;
    this.workers = workers;
    this.measured = measured;
  }

  /** Seconds that so many images take in calls of {@code call}. */
  public double seconds(double images, int call) {
    return images / call * secondsACall.computeIfAbsent(call, this::measured);
  }

  /** Images scored a second in calls of {@code call}. */
  double images(int call) {
    return 1 / seconds(1, call);
  }

  /**
   * Images a second in calls of {@code call} by the network that is reported, not the searches'.
   */
  double reported(int call) {
    return call / measured(call, () -> model.open(new ModelVariant.AsStored()));
  }

  private double measured(int call) {
    ModelVariant stored = new ModelVariant.AsStored();
    return measured(call, () -> model.openToSearch(stored).orElseGet(() -> model.open(stored)));
  }

  /** What a call takes each of them, by how many there are. */
  private double measured(int call, Supplier<Classifier> open) {
    try {
      return workers.results(workers.count(), () -> false, worker -> alone(call, open)).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow()
          / workers.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double alone(int call, Supplier<Classifier> open) {
    try (Classifier classifier = open.get()) {
      List<BlackPixels> images = images(classifier.canvas(), call);
      for (int i = 0; i < WARM_UP; i++) {
        classifier.logits(images);
      }
      long begun = System.nanoTime();
      int calls = 0;
      do {
        classifier.logits(images);
        calls++;
      } while (calls < MOST_CALLS && System.nanoTime() - begun < measured * 1e9);
      return (System.nanoTime() - begun) / 1e9 / calls;
    }
  }

  private static List<BlackPixels> images(Canvas canvas, int count) {
    SplitMix64 random = SplitMix64.stream(1, "pace", 0);
    return IntStream.range(0, count)
        .mapToObj(i -> BlackPixels.of(canvas, random.nextInt(canvas.pixels())))
        .toList();
  }
}
