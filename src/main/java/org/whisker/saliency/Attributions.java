package org.whisker.saliency;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;

/** Runs any method on one picture. */
public final class Attributions {
  private final Classifier classifier;
  private final MethodSettings settings;
  private final int batch;
  private final IntConsumer progress;
  private final BooleanSupplier stopped;

  /**
   * For one classifier.
   *
   * @param batch how many pictures go through the network in one call, at least 1
   * @param progress told how many changed pictures are scored; not of gradients
   * @param stopped asked before each batch of changed pictures
   */
  public Attributions(
      Classifier classifier,
      MethodSettings settings,
      int batch,
      IntConsumer progress,
      BooleanSupplier stopped) {
    this.classifier = classifier;
    this.settings = settings;
    this.batch = Inputs.atLeast(1, "batch size", batch);
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * The method's map of the picture.
   *
   * @return empty when stopped
   * @throws IllegalArgumentException where {@link Method#obstacle} says why it can't be, for an
   *     unknown layer, or a picture of another size
   */
  public Optional<Attribution> of(Method method, Raster picture) {
    method
        .obstacle(classifier, picture)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return method
        .with(settings)
        .explain(new MethodInput(classifier, picture, batch, progress, stopped));
  }
}
