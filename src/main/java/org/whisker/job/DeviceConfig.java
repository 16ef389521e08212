package org.whisker.job;

import java.util.Optional;
import org.whisker.option.Options;
import org.whisker.torch.DeviceNames;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * On which device a job scores, and in which precision.
 *
 * @param device one, as {@link DeviceNames} names it
 * @param precision of all that is reported
 * @param search the precision in which searches score: float32, bfloat16, or {@code auto}, see
 *     {@link SearchPrecision#chosen}; empty where it is that of what is reported
 */
public record DeviceConfig(
    @SharedOptions.Device String device,
    @SharedOptions.Precision Precision precision,
    Optional<String> search) {
  public DeviceConfig {
    DeviceNames.one(device);
    search.ifPresent(SearchPrecision::parse);
  }

  /** One precision for searches and for what is reported. */
  public DeviceConfig(String device, Precision precision) {
    this(device, precision, Optional.empty());
  }

  /** In float32, on a GPU if there is one. */
  public static DeviceConfig standard() {
    return Options.of(DeviceConfig.class).defaults();
  }

  /**
   * With searches in another precision.
   *
   * @param label float32, bfloat16 or {@value SearchPrecision#AUTO}
   */
  public DeviceConfig searchingIn(String label) {
    return new DeviceConfig(device, precision, Optional.of(label));
  }

  /**
   * The precision in which searches score.
   *
   * @throws IllegalStateException where it is {@value SearchPrecision#AUTO}, see {@link
   *     SettledDevice}
   */
  public Precision searchPrecision() {
    return search
        .map(
            label ->
                SearchPrecision.parse(label)
                    .orElseThrow(() -> new IllegalStateException("precision is still " + label)))
        .orElse(precision);
  }

  /** Whether it says the precision of searches itself. */
  public boolean hasSearchPrecision() {
    return !search.equals(Optional.of(SearchPrecision.AUTO));
  }

  /**
   * For batches of at most {@code batch} pictures, in the precision of what is reported.
   *
   * @throws InvalidRequestException for a device that there is not
   */
  public TorchClassifier.Settings settings(int batch) {
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device));
    return new TorchClassifier.Settings(precision, on, batch);
  }
}
