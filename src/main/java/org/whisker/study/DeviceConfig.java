package org.whisker.study;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.StoredModel;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * On which device a job scores, and in which precision.
 *
 * @param device {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu}, {@code gpu:N} or
 *     {@code mps}
 * @param precision of all that is reported
 * @param search the precision in which searches score: float32, bfloat16, or {@code auto}, the
 *     faster one if both rank images alike; empty where it is that of what is reported
 */
public record DeviceConfig(
    @Option(
            names = "--device",
            label = "DEVICE",
            defaultValue = "auto",
            help =
                "auto (a GPU if there is one), cpu, gpu, gpu:N, or mps (the GPU of Apple"
                    + " silicon; never tried). Default: auto.")
        String device,
    @Option(
            names = "--precision",
            label = "P",
            defaultValue = "float32",
            parser = Reported.class,
            help = "float32, or bfloat16: faster on some processors. Default: float32.")
        Precision precision,
    Optional<String> search) {
  /** Reads the precision of what is reported. */
  static final class Reported implements Option.Parser<Precision> {
    @Override
    public Precision parse(String text) {
      return Precision.parse("--precision", text);
    }
  }

  public DeviceConfig {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?|mps")) {
      throw new IllegalArgumentException(
          "--device must be auto, cpu, gpu, gpu:N or mps, was '" + device + "'");
    }
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
   * @throws IllegalStateException where it is {@value SearchPrecision#AUTO}, see {@link #settled}
   */
  public Precision searchPrecision() {
    return search
        .map(
            label ->
                SearchPrecision.parse(label)
                    .orElseThrow(() -> new IllegalStateException("precision is still " + label)))
        .orElse(precision);
  }

  /** Whether the precision of searches is known without a measurement. */
  public boolean hasSearchPrecision() {
    return !search.equals(Optional.of(SearchPrecision.AUTO));
  }

  /**
   * With one precision for the searches on all of these models, measured where it is {@value
   * SearchPrecision#AUTO}.
   *
   * @param batch pictures per call in a search
   * @throws InvalidRequestException for a device that there is not
   */
  public DeviceConfig settled(List<StoredModel> models, int batch, SearchPrecisions measured)
      throws IOException {
    return hasSearchPrecision() ? this : searchingIn(measured.of(models, settings(batch)).label());
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
