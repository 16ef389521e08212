package org.whisker.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

/** White has logit 3; a black pixel adds its own effect, whatever the others are. */
public final class PlantedClassifier implements DifferentiableClassifier {
  public static final Canvas CANVAS = Canvas.square(16);
  private static final float WHITE = 3;

  private final float[] effects;

  private PlantedClassifier(IntToDoubleFunction effect) {
    effects = new float[CANVAS.pixels()];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = (float) effect.applyAsDouble(i);
    }
  }

  /** −1 on the border, +1 in the centre, evenly between: the planted edge preference. */
  public static PlantedClassifier edge() {
    return new PlantedClassifier(PlantedClassifier::edgeEffect);
  }

  /** The opposite preference. */
  public static PlantedClassifier centre() {
    return new PlantedClassifier(i -> -edgeEffect(i));
  }

  /** The effects of {@link #edge()}, at places shuffled once. */
  static PlantedClassifier shuffled(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int[] places = IntStream.range(0, CANVAS.pixels()).toArray();
    for (int i = places.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = places[i];
      places[i] = places[j];
      places[j] = held;
    }
    return new PlantedClassifier(i -> edgeEffect(places[i]));
  }

  /** The mean edge rank of the places that help: where evolution puts its pixels. */
  double edgeIndex() {
    EdgeRank rank = new EdgeRank(CANVAS);
    return IntStream.range(0, effects.length)
        .filter(i -> effects[i] < 0)
        .mapToDouble(rank::of)
        .average()
        .orElseThrow();
  }

  /** Independent effects from −1 to 1. */
  public static PlantedClassifier random(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    return new PlantedClassifier(i -> 2 * random.nextDouble() - 1);
  }

  /** Any black pixel speaks against a cat: evolution ends at white. */
  public static PlantedClassifier white() {
    SplitMix64 random = new SplitMix64(1);
    return new PlantedClassifier(i -> 1 + random.nextDouble());
  }

  private static double edgeEffect(int index) {
    return 2 * CANVAS.borderDistance(index) / 7.0 - 1;
  }

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public Canvas canvas() {
    return CANVAS;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    float[] gray = new float[CANVAS.pixels()];
    for (int i = 0; i < logits.length; i++) {
      pictures.get(i).paint(gray, 0);
      logits[i] = WHITE;
      for (int p = 0; p < gray.length; p++) {
        logits[i] += effects[p] * (1 - gray[p]);
      }
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    List<float[]> gradients = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      float[] gradient = new float[effects.length];
      for (int p = 0; p < gradient.length; p++) {
        gradient[p] = -effects[p];
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  @Override
  public void close() {}
}
