package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.StoredModel;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker bench}: what evolution costs beyond the network. */
@Command(
    name = "bench",
    description = {
      "Compares bare forward passes with evolution, in images scored a second.",
      "Both take turns in one process, on the same module and at the same batch."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker bench --model vgg16-mini",
      "  whisker bench --model vgg16-mini --batch 32 --seconds 30 --out bench.json"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int LEAST_PAIRS = 6;
  private static final double LONGEST_BLOCK = 5;

  private final Environment environment;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final RunningOptions running = new RunningOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images a forward pass, and the population. Default: 100.")
  private int batch = 100;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long each of the two is measured, at least. Default: 10.")
  private double seconds = 10;

  @Option(names = "--out", paramLabel = "FILE.json", description = "Writes all rates there too.")
  private @Nullable Path out;

  BenchCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    check();
    TorchClassifier.Settings run = running.settings(batch);
    StoredModel stored = model.open(environment.home());
    int pairs = Math.max(LEAST_PAIRS, (int) Math.ceil(seconds / LONGEST_BLOCK));
    SpeedComparison.Rates rates;
    try (TorchClassifier classifier = Classifiers.open(stored, run);
        Progress progress = Progress.start(environment, common, "measuring", pairs)) {
      rates =
          SpeedComparison.measure(
              classifier, batch, pairs, seconds / pairs, System::nanoTime, progress::stepTo);
    }
    environment.out().print(text(rates));
    if (out != null) {
      JsonFile.write(out, json(rates, stored, run));
    }
    return ExitCode.OK;
  }

  private void check() {
    if (batch < 2) {
      throw new UsageException("--batch must be at least 2, was " + batch);
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new UsageException("--seconds must be above 0 and at most 3600, was " + seconds);
    }
  }

  private static String text(SpeedComparison.Rates rates) {
    List<Double> ratios = rates.ratios();
    return TextTable.of(
        List.of(
            List.of("forward passes", images(median(rates.bare()))),
            List.of("evolution", images(median(rates.evolution()))),
            List.of(
                "ratio",
                String.format(
                    Locale.ROOT,
                    "%.3f (%.3f to %.3f over %d pairs)",
                    median(ratios),
                    sorted(ratios).get(0),
                    sorted(ratios).get(ratios.size() - 1),
                    ratios.size()))));
  }

  private static String images(double rate) {
    return String.format(Locale.ROOT, "%.1f images/s", rate);
  }

  private Map<String, Object> json(
      SpeedComparison.Rates rates, StoredModel stored, TorchClassifier.Settings run) {
    List<Double> ratios = rates.ratios();
    Map<String, Object> json = Provenance.manifest("bench", environment, stored.card(), run);
    json.put("seconds", seconds);
    json.put("forward_images_per_second", rates.bare());
    json.put("evolution_images_per_second", rates.evolution());
    json.put("ratio_median", median(ratios));
    json.put("ratio_min", sorted(ratios).get(0));
    json.put("ratio_max", sorted(ratios).get(ratios.size() - 1));
    return json;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = sorted(values);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }
}
