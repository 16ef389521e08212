package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.torch.TorchDevice;
import org.whisker.training.EpochOrder;
import org.whisker.weights.DType.Storage;

/**
 * A training.
 *
 * @param data a folder with {@code train/}, {@code val/} and perhaps {@code test/}, or a CSV of
 *     photos
 * @param out the model's folder; a plain name means one in {@code models/}
 * @param force whether a model in that folder is replaced
 * @param start what the training begins with
 * @param regime how it is trained
 * @param teaching what teaches it; empty: the labels do
 * @param note what the photos are, for the model's card; empty: the name of {@code data}
 * @param researchOnly whether the photos may be used for research only
 * @param store how the weights file holds numbers
 */
public record TrainConfig(
    Path data,
    Path out,
    boolean force,
    StartingPoint start,
    TrainingRegime regime,
    Optional<TeachingConfig> teaching,
    ClassBalance balance,
    TorchDevice device,
    Optional<String> note,
    boolean researchOnly,
    Storage store) {
  /** What the card says of the photos. */
  String photosNote() {
    return note.orElseGet(() -> String.valueOf(data.toAbsolutePath().normalize().getFileName()));
  }

  /** Whether an epoch shows as many cats as other photos, repeating those of the smaller class. */
  public enum ClassBalance {
    /** Balances if one class has {@value EpochOrder#UNEVEN} times the photos of the other. */
    AUTO,
    ON,
    OFF;

    /**
     * Reads the word that users type.
     *
     * @throws IllegalArgumentException for another word
     */
    public static ClassBalance parse(String label) {
      for (ClassBalance each : values()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(label)) {
          return each;
        }
      }
      throw new IllegalArgumentException("--balance must be auto, on or off, was '" + label + "'");
    }

    /** Whether to balance these photos. */
    boolean balances(List<CachedPhoto> training) {
      return switch (this) {
        case ON -> true;
        case OFF -> false;
        case AUTO -> new EpochOrder(training, false).isUneven();
      };
    }
  }
}
