package org.whisker.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.whisker.classifier.StoredModel;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.option.Options;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceNames;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.torch.precision.PrecisionChoice;

/**
 * The device on which a job scores, and its precision.
 *
 * @param device one, as {@link DeviceNames} names it
 * @param precision the precision of all that is reported
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

  /** Scores in one precision for searches and for what is reported. */
  public DeviceConfig(String device, Precision precision) {
    this(device, precision, Optional.empty());
  }

  /** Scores in float32, on a GPU if there is one. */
  public static DeviceConfig standard() {
    return Options.of(DeviceConfig.class).defaults();
  }

  /**
   * Returns a copy whose searches score in another precision.
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
   * The settings for batches of at most {@code batch} pictures, in the precision of what is
   * reported.
   *
   * @throws InvalidRequestException for an unknown device
   */
  public TorchClassifier.Settings settings(int batch) {
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device));
    return new TorchClassifier.Settings(precision, on, batch);
  }

  /**
   * A device, and the precision in which searches on several models score.
   *
   * @param on says the precision
   * @param choices how it was chosen, by model; none where it was asked for
   */
  public record SettledDevice(DeviceConfig on, Map<String, PrecisionChoice> choices) {
    /** Takes a device that says the precision already. */
    public SettledDevice(DeviceConfig on) {
      this(on, Map.of());
    }

    /**
     * Chooses the precision of searches by the rule of {@link SearchPrecision#chosen}: bfloat16 if
     * it is chosen for each of the models.
     *
     * @param batch pictures per call in a search
     * @param notes is told in a line what was chosen for each model that was looked at
     * @throws InvalidRequestException for an unknown device
     */
    public static SettledDevice chosen(
        DeviceConfig on, List<StoredModel> models, int batch, Consumer<String> notes)
        throws IOException {
      return chosen(on, models, batch, KeptAgreements.none(), notes);
    }

    /**
     * Chooses the precision by what was measured before, and measures the rest. A device that says
     * the precision of searches is settled.
     *
     * @throws InvalidRequestException for an unknown device
     */
    public static SettledDevice chosen(
        DeviceConfig on,
        List<StoredModel> models,
        int batch,
        KeptAgreements kept,
        Consumer<String> notes)
        throws IOException {
      if (on.hasSearchPrecision()) {
        return new SettledDevice(on);
      }
      TorchClassifier.Settings settings = on.settings(batch);
      Map<String, PrecisionChoice> choices = new LinkedHashMap<>();
      Precision precision = Precision.BFLOAT16;
      OperatorThreads.Scope threads = Workers.of(models, settings.device()).threads();
      try (threads) {
        for (StoredModel model : models) {
          PrecisionChoice choice = SearchPrecision.chosen(model, settings, kept);
          choices.put(model.card().name(), choice);
          notes.accept(model.card().name() + ": " + SearchPrecision.note(choice));
          if (choice.precision() == Precision.FLOAT32) {
            precision = Precision.FLOAT32;
            break;
          }
        }
      }
      return new SettledDevice(on.searchingIn(precision.label()), choices);
    }

    /** Says in a manifest how it was chosen, if it was. */
    public void putInto(Map<String, Object> manifest) {
      Map<String, Object> all = new LinkedHashMap<>();
      choices.forEach((model, choice) -> all.put(model, choice.manifest()));
      if (!all.isEmpty()) {
        manifest.put(SearchPrecision.CHOICE, all);
      }
    }
  }
}
