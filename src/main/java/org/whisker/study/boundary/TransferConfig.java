package org.whisker.study.boundary;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.whisker.network.Padding;
import org.whisker.study.DeviceConfig;

/**
 * What decides a transfer.
 *
 * @param models names or paths of the models that score; all in {@code models/} where empty
 * @param paddings under which the same weights score, too
 * @param seed of the images that are drawn, the control and the intervals
 */
public record TransferConfig(
    DeviceConfig running,
    ImageChoice images,
    List<String> models,
    Set<Padding> paddings,
    long seed) {
  public TransferConfig {
    models = models.stream().distinct().toList();
    paddings = new TreeSet<>(paddings);
  }

  /** By all models, each under its own padding. */
  public static TransferConfig of(ImageChoice images) {
    return new TransferConfig(DeviceConfig.standard(), images, List.of(), Set.of(), 1);
  }
}
