package org.whisker.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice;

/**
 * How the pictures of a search are scored.
 *
 * @param settings on the first device
 * @param choice of the precision; empty when it was asked for
 * @param others more devices of its kind that runs are dealt out to
 */
public record SearchScoring(
    TorchClassifier.Settings settings, Optional<PrecisionChoice> choice, List<TorchDevice> others) {
  public SearchScoring {
    others = List.copyOf(others);
  }

  /** The settings on each device. */
  public List<TorchClassifier.Settings> all() {
    List<TorchClassifier.Settings> all = new ArrayList<>(List.of(settings));
    for (TorchDevice device : others) {
      all.add(new TorchClassifier.Settings(settings.precision(), device, settings.batch()));
    }
    return all;
  }
}
