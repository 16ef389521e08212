package org.whisker.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.StoredModel;
import org.whisker.job.SearchPrecision.KeptAgreements;
import org.whisker.network.Window.Padding;
import org.whisker.option.Option;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceNames;
import org.whisker.torch.precision.PrecisionChoice;

/** The devices on which a search scores, and its precision, as users ask for them. */
public record ScoringConfig(
    @Option(
            names = "--device",
            defaultValue = DeviceNames.AUTO,
            label = "DEVICE",
            help = DeviceNames.SEVERAL + ".")
        String device,
    @Option(
            names = "--precision",
            label = "P",
            defaultValue = SearchPrecision.AUTO,
            help = {
              "Precision in which the search scores: float32, bfloat16 (faster on some processors),"
                  + " or auto (bfloat16 where the processor or GPU is made for it and both rank"
                  + " images alike).",
              "Results are reported in float32."
            })
        String precision,
    @Option(
            names = "--padding",
            label = "P",
            help =
                "Search with the same weights under another padding: zero, reflect, replicate or"
                    + " circular. Default: the model's own.")
        Optional<Padding> padding) {
  public ScoringConfig {
    SearchPrecision.parse(precision);
    String name = device;
    InvalidRequestException.check(() -> DeviceNames.several(name));
  }

  /** Scores on this device, in this precision, with the model's own padding. */
  public ScoringConfig(String device, String precision) {
    this(device, precision, Optional.empty());
  }

  /** Returns a copy under another padding. */
  public ScoringConfig withPadding(Padding other) {
    return new ScoringConfig(device, precision, Optional.of(other));
  }

  /**
   * The model as it scores.
   *
   * @throws InvalidRequestException where it can't be padded as asked
   */
  public StoredModel padded(StoredModel model) {
    if (padding.isEmpty()) {
      return model;
    }
    try {
      return model.withPadding(padding.get());
    } catch (UnknownLayersException e) {
      throw new InvalidRequestException(
          "the layers of " + model.card().name() + " are unknown, so its padding can't be changed");
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "--padding " + padding.get().label() + ": " + e.getMessage());
    }
  }

  /** Scores on whatever device and in whatever precision is fastest. */
  public static ScoringConfig auto() {
    return new ScoringConfig(DeviceNames.AUTO, SearchPrecision.AUTO);
  }

  /** Scores on the fastest device in float32, so that a search is the same each time. */
  public static ScoringConfig float32() {
    return new ScoringConfig(auto().device(), Precision.FLOAT32.label());
  }

  /**
   * The devices, of one kind.
   *
   * @throws InvalidRequestException for one that there is not
   */
  public List<TorchDevice> devices() {
    return InvalidRequestException.check(() -> TorchDevice.parseAll(device));
  }

  /**
   * How a model's pictures are scored, with what {@code auto} is.
   *
   * @param population genomes in a generation
   * @param notes is told in one line what was chosen, and why
   * @throws InvalidRequestException for a device that there is not
   */
  public SearchScoring settle(StoredModel model, int population, Consumer<String> notes)
      throws IOException {
    return settle(model, population, KeptAgreements.none(), notes);
  }

  /**
   * Settles how a model's pictures are scored, by what was measured before.
   *
   * @throws InvalidRequestException for an unknown device
   */
  public SearchScoring settle(
      StoredModel model, int population, KeptAgreements kept, Consumer<String> notes)
      throws IOException {
    Optional<Precision> asked = SearchPrecision.parse(precision);
    TorchClassifier.Settings float32 = float32(population);
    if (asked.isPresent()) {
      return new SearchScoring(float32.in(asked.get()), Optional.empty(), others());
    }
    PrecisionChoice choice = SearchPrecision.chosen(model, float32, kept);
    notes.accept(SearchPrecision.note(choice));
    return new SearchScoring(float32.in(choice.precision()), Optional.of(choice), others());
  }

  private TorchClassifier.Settings float32(int population) {
    TorchDevice on = devices().get(0);
    return new TorchClassifier.Settings(Precision.FLOAT32, on, on.searchBatch(population));
  }

  private List<TorchDevice> others() {
    List<TorchDevice> all = devices();
    return all.subList(1, all.size());
  }

  /**
   * How the pictures of a search are scored.
   *
   * @param settings on the first device
   * @param choice the choice of the precision; empty when it was asked for
   * @param others more devices of its kind that runs are dealt out to
   */
  public record SearchScoring(
      TorchClassifier.Settings settings,
      Optional<PrecisionChoice> choice,
      List<TorchDevice> others) {
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
}
