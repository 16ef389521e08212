package org.whisker.cli.evolve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.evolve.SearchPrecision;
import org.whisker.study.evolve.SearchScoring;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.PrecisionChoice;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import picocli.CommandLine.Option;

/** What a search runs on, and in which numbers. */
public final class SearchScoringOptions {
  private static final long PROBE_SEED = 1;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = {
        "auto (a GPU if there is one), cpu, gpu, gpu:N; gpu:0,1 or gpu:all distribute the runs"
            + " over several GPUs. Default: auto."
      })
  private String device = "auto";

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = SearchPrecision.AUTO,
      description = {
        "Precision in which the search scores: float32, bfloat16 (faster on some processors), or"
            + " auto (the faster one, measured at the start, if both rank images alike).",
        "Results are reported in float32. Default: auto."
      })
  private String precision = SearchPrecision.AUTO;

  /**
   * Looks at what was asked for, before anything takes time.
   *
   * @throws InvalidRequestException for a device or precision that there is not
   */
  public void check() {
    SearchPrecision.parse(precision);
    device();
  }

  /**
   * The settings for a model; what {@code auto} is to be is measured.
   *
   * @param population genomes in a generation
   * @param notes is told in one line what was measured
   */
  public SearchScoring of(
      StoredModel model, int population, LongSupplier nanoTime, Consumer<String> notes)
      throws IOException {
    Optional<Precision> asked = SearchPrecision.parse(precision);
    TorchClassifier.Settings float32 = settings(Precision.FLOAT32, population);
    if (model.card().isModule() && asked.isEmpty()) {
      return new SearchScoring(float32, Optional.empty(), others());
    }
    if (asked.isPresent()) {
      return new SearchScoring(settings(asked.get(), population), Optional.empty(), others());
    }
    TorchClassifier.Settings bfloat16 = settings(Precision.BFLOAT16, population);
    try (Classifier exact = Classifiers.openAny(model, float32);
        Classifier coarse = Classifiers.openAny(model, bfloat16)) {
      PrecisionChoice choice =
          PrecisionChoice.measure(exact, coarse, float32.batch(), PROBE_SEED, nanoTime);
      notes.accept("searching in " + choice.precision().label() + ": " + choice.reason());
      return new SearchScoring(
          settings(choice.precision(), population), Optional.of(choice), others());
    }
  }

  /** The settings that an earlier process came to. */
  SearchScoring recorded(Precision chosen, int batch) {
    return new SearchScoring(
        new TorchClassifier.Settings(chosen, device(), batch), Optional.empty(), others());
  }

  private TorchClassifier.Settings settings(Precision chosen, int population) {
    TorchDevice on = device();
    return new TorchClassifier.Settings(chosen, on, on.searchBatch(population));
  }

  private TorchDevice device() {
    return devices().get(0);
  }

  private List<TorchDevice> others() {
    return devices().subList(1, devices().size());
  }

  private List<TorchDevice> devices() {
    if (!device.matches("auto|cpu|gpu(:(all|[0-9]{1,3}(,[0-9]{1,3})*))?")) {
      throw new InvalidRequestException(
          "--device must be auto, cpu, gpu, gpu:N, gpu:N,M or gpu:all, was '" + device + "'");
    }
    return InvalidRequestException.check(() -> TorchDevice.parseAll(device));
  }
}
