package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.whisker.ablation.ModelVariant.PaddedPlace;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.position.ProbeMap;

/** A model under intervention. At most one variant is open at a time. */
public interface AblatedModel {
  String name();

  /** The size of its input images. */
  Canvas canvas();

  /** The padding it was trained with: zero, reflect, replicate or circular. */
  String padding();

  /**
   * The gray (0 black to 1 white) that zero padding of the normalised input corresponds to; in
   * colour the nearest gray.
   */
  float paddingGray();

  /** The total stride of its last feature map, in pixels; empty if its layers are not known. */
  default OptionalInt stride() {
    return OptionalInt.empty();
  }

  /**
   * The number of paths from each pixel to the last feature map, row-major, normalised to mean 1;
   * empty if its layers are not known.
   */
  default Optional<double[]> paths() {
    return Optional.empty();
  }

  /**
   * Where it has padding, from the input on: its layers where these are few, else stages of layers;
   * empty if not known.
   */
  default List<PaddedPlace> paddedPlaces() {
    return List.of();
  }

  /**
   * Its operations that know places and are changed neither by other padding nor by a head that is
   * averaged over places; empty where its layers are not known.
   */
  default List<OtherOperation> otherOperations() {
    return List.of();
  }

  /**
   * An operation that knows places.
   *
   * @param does what it does to a map, in words
   * @param averaged whether it can be averaged over its rolls; see {@link ModelVariant.Blind}
   * @param wholly whether it then knows no place any more; a crop that is averaged still leaves out
   *     what lies on the border of each roll
   * @param permuted whether its constants can change places, as an embedding's
   */
  record OtherOperation(
      String layer, String does, boolean averaged, boolean wholly, boolean permuted) {
    public String text() {
      String inPart = averaged && !wholly ? " (an average over rolls replaces that in part)" : "";
      return "layer " + layer + " " + does + inPart;
    }
  }

  /** Whether its layers are known, and it can stop at some of them and go on from there. */
  default boolean canBeCut() {
    return false;
  }

  /** The network in parts; the caller closes it. Only of one that can be cut. */
  default ActivationClassifier openCut() {
    throw new UnsupportedOperationException(name() + " can't be cut");
  }

  /**
   * Labelled photos that it was not trained on, in its size; none where none were named. Read anew
   * by each call.
   */
  default List<Photo> photos() {
    return List.of();
  }

  /**
   * A labelled photo.
   *
   * @param name the name of its file
   */
  record Photo(String name, boolean cat, Raster picture) {
    /** The pictures of at most so many photos of one label, evenly over their order. */
    public static List<Raster> some(List<Photo> photos, boolean cat, int most) {
      List<Photo> own = photos.stream().filter(photo -> photo.cat() == cat).toList();
      int count = Math.min(most, own.size());
      return IntStream.range(0, count)
          .mapToObj(i -> own.get(i * own.size() / count).picture())
          .toList();
    }
  }

  /** Whether two networks that were trained for it have the same weights; false if not known. */
  default boolean sameWeights(Retrained one, Retrained other) {
    return false;
  }

  /** Whether a call costs far more than a picture does, so that runs had better ask together. */
  default boolean lockStep() {
    return false;
  }

  /** Whether gradients are available. */
  default boolean differentiable() {
    return false;
  }

  /**
   * Identifies the recipe and photos with which this architecture is retrained; {@link
   * AblationSetting#NO_PHOTOS} if it cannot be.
   */
  default String regime() {
    return AblationSetting.NO_PHOTOS;
  }

  /** Whether retraining continues from its own weights, so that all networks stay close to it. */
  default boolean fineTuned() {
    return false;
  }

  /**
   * The probe map of the stored network on white: Δlogit of one black pixel at every position. May
   * be cached. Must not be called while a variant is open.
   *
   * @param batch images per batch
   * @param progress receives the number of positions done
   * @throws CancellationException when stopped
   */
  default ProbeMap probe(int batch, IntConsumer progress, BooleanSupplier stopped) {
    try (Classifier network = open(new ModelVariant.AsStored())) {
      return PixelRefund.probe(network, batch, progress, stopped);
    }
  }

  /**
   * Images moved about, as the stored network scores them; kept, so that experiments which look at
   * the same images score them once.
   *
   * @param scored makes it where it is not known yet
   */
  default MovedPatterns moved(List<BlackPixels> images, Supplier<MovedPatterns> scored) {
    return scored.get();
  }

  /**
   * The logits of images by the stored network; kept, so that all surrogates that are fitted to
   * them score them once.
   *
   * @param scored scores them where their logits are not known yet
   */
  default float[] logits(List<BlackPixels> images, Supplier<float[]> scored) {
    return scored.get();
  }

  /** The reason, in one line, why this variant is not available; empty if it is. */
  Optional<String> refusal(ModelVariant variant);

  /** The model in this variant; the caller closes it. */
  Classifier open(ModelVariant variant);

  /**
   * The model in this variant as searches ask it, where that is another than {@link #open}: faster,
   * and less exact. The caller closes it.
   */
  default Optional<Classifier> openToSearch(ModelVariant variant) {
    return Optional.empty();
  }
}
