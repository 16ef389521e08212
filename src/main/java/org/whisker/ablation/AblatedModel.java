package org.whisker.ablation;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.position.ProbeMap;

/** A model that interventions are tried on. Never is more than one variant open at once. */
public interface AblatedModel {
  String name();

  /** The size of its pictures. */
  Canvas canvas();

  /** The padding it was trained with: zero, reflect, replicate or circular. */
  String padding();

  /** The gray, 0 black to 1 white, that zero padding of the input looks like. */
  float paddingGray();

  /** The stride of its last feature map, in pixels; empty where its layers are not known. */
  default OptionalInt stride() {
    return OptionalInt.empty();
  }

  /**
   * How many paths lead from each pixel to the last feature map, row by row, their mean 1; empty
   * where its layers are not known.
   */
  default Optional<double[]> paths() {
    return Optional.empty();
  }

  /** Whether it gives gradients. */
  default boolean differentiable() {
    return false;
  }

  /**
   * Names how this architecture is trained anew, and on which photos; {@link
   * AblationSetting#NO_PHOTOS} when it can't be.
   */
  default String regime() {
    return AblationSetting.NO_PHOTOS;
  }

  /**
   * What one black pixel does at every place of white, of the network as it is stored. A model may
   * keep it. Not to be asked for while a variant is open.
   *
   * @param batch pictures scored in one call
   * @param progress told how many places are done
   * @throws CancellationException when stopped
   */
  default ProbeMap probe(int batch, IntConsumer progress, BooleanSupplier stopped) {
    try (Classifier network = open(new ModelVariant.AsStored())) {
      return CentralPenalty.probe(network, batch, progress, stopped);
    }
  }

  /** Why this model can't be had in this variant, in one line; empty when it can. */
  Optional<String> refusal(ModelVariant variant);

  /** The model in this variant; the caller closes it. */
  Classifier open(ModelVariant variant);
}
