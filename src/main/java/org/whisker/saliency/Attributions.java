package org.whisker.saliency;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/** Applies attribution methods to an image. */
public final class Attributions {
  private final Classifier classifier;
  private final MethodSettings settings;
  private final int batch;
  private final IntConsumer progress;
  private final BooleanSupplier stopped;

  /**
   * Creates the attributions of one classifier.
   *
   * @param batch images per forward pass, at least 1
   * @param progress receives the number of perturbed images scored so far; not called by gradient
   *     methods
   * @param stopped polled before each batch of perturbed images
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
   * @throws IllegalArgumentException if {@link Method#obstacle} names a reason, for an unknown
   *     layer, or if the image is not of the classifier's size
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

  /**
   * The map of a picture, made as another map was: by its method, with the noise and the steps that
   * it came to use.
   *
   * @return empty when stopped
   * @throws IllegalArgumentException as by {@link #of}
   */
  public Optional<Attribution> like(Attribution made, Raster picture) {
    return new Attributions(classifier, settings.asUsedBy(made), batch, progress, stopped)
        .of(made.method(), picture);
  }
}
