package org.whisker.study.evolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice;

/**
 * How the pictures of a search are scored.
 *
 * @param settings on the first device
 * @param choice what was measured; empty when the precision was asked for
 * @param others more devices of its kind that runs are dealt out to
 */
record SearchScoring(
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

  /** What a manifest says of the measurement; empty when there was none. */
  Map<String, Object> manifest() {
    Map<String, Object> map = new LinkedHashMap<>();
    choice.ifPresent(
        c -> {
          map.put("float32_images_per_second", c.float32Rate());
          map.put("bfloat16_images_per_second", c.bfloat16Rate());
          map.put("pictures", c.pictures());
          map.put("spearman_siblings", c.siblings());
          map.put("spearman_all", c.all());
          map.put("least_spearman_siblings", PrecisionChoice.LEAST_AGREEMENT);
          map.put("least_speedup", PrecisionChoice.LEAST_SPEEDUP);
          map.put("reason", c.reason());
        });
    return map;
  }
}
