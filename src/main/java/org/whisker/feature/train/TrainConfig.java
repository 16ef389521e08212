package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.Optional;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.Storage;

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
}
