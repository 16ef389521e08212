package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.DeviceOption;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.ModelNames;
import org.whisker.command.TextTable;
import org.whisker.feature.models.AgainstJob.AgainstResult;
import org.whisker.feature.models.BenchJob.BenchPlan;
import org.whisker.feature.models.SpeedComparison.PairedRates;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.SearchPrecision;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker bench}: what evolution costs beyond the network. */
@Command(
    name = "bench",
    description = {
      "Compares evolution with bare forward passes, and bfloat16 with float32.",
      "They take turns in one process, on the same modules. After each generation, its batches are"
          + " scored again by bare forward passes, so both score the same number of images in"
          + " batches of the same sizes.",
      "Of a small network on the CPU, evolve has a copy a core, each with one thread in its operators:"
          + " these are compared with one that uses all cores.",
      "With --against, compares the scoring of two models instead, such as the same network read from"
          + " ONNX and from TorchScript."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker bench --model vgg16-mini",
      "  whisker bench --model inception-resnet-v2 --precision bfloat16 --population 50",
      "  whisker bench --all --seconds 30 --out bench.json",
      "  whisker bench --model cats-onnx --against cats-torchscript"
    })
public final class BenchCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final JsonOption json = new JsonOption();

  /** One, or all. */
  static final class Which {
    @Option(
        names = "--model",
        completionCandidates = ModelNames.class,
        paramLabel = "NAME",
        required = true,
        description =
            "A folder in models/ or the path of one, or vgg16, inception-resnet-v2, mobilenet-v2 or"
                + " tf-mobilenet-v2: full size, with random weights.")
    private @Nullable String model;

    @Option(names = "--all", required = true, description = "All of the above, one after another.")
    private boolean all;

    Optional<String> model() {
      return all ? Optional.empty() : Optional.ofNullable(model);
    }
  }

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = SearchPrecision.AUTO,
      description =
          "Precision in which evolution scores: float32, bfloat16, or auto (the faster one)."
              + " Default: auto.")
  private String precision = SearchPrecision.AUTO;

  @Option(
      names = "--population",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images in a generation. Default: 100.")
  private int population = 100;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Maximum number of images per forward pass. Default: as in evolve.")
  private @Nullable Integer batch;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "Measure evolution for at least this long. Default: 10.")
  private double seconds = 10;

  @Option(
      names = "--against",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description =
          "Score the same pictures with this model and with --model in turn, and say how fast the"
              + " one is relative to the other, in float32 and bfloat16, and how far their logits"
              + " differ.")
  private @Nullable String against;

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "Also write all rates to this file.")
  private @Nullable Path out;

  public BenchCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    if (against != null) {
      return compare(against);
    }
    BenchJob job = new BenchJob(which.model(), plan());
    JobContext context = environment.context(common);
    List<BenchResult> results = job.run(context);
    environment
        .out()
        .print(
            json.asked()
                ? JsonFile.text(job.content(results, context)) + "\n"
                : BenchText.of(results));
    if (out != null) {
      job.write(out, results, context);
    }
    return ExitCode.OK;
  }

  private int compare(String other) throws IOException {
    String model =
        which
            .model()
            .orElseThrow(
                () -> new InvalidRequestException("--all and --against exclude each other"));
    AgainstJob job = new AgainstJob(model, other, plan());
    JobContext context = environment.context(common);
    List<AgainstResult> results = job.run(context);
    environment
        .out()
        .print(
            json.asked()
                ? JsonFile.text(job.content(results, context)) + "\n"
                : BenchText.against(results));
    if (out != null) {
      job.write(out, results, context);
    }
    return ExitCode.OK;
  }

  private BenchPlan plan() {
    Optional<Precision> asked = SearchPrecision.parse(precision);
    return InvalidRequestException.check(
        () ->
            BenchPlan.of(
                TorchDevice.parse(device.device()),
                asked,
                population,
                Optional.ofNullable(batch),
                seconds));
  }

  /** Speeds for the terminal. */
  private static final class BenchText {
    private BenchText() {}

    /** A row a model. */
    static String of(List<BenchResult> all) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "MODEL",
              "FLOAT32 img/s",
              "BFLOAT16 img/s",
              "BFLOAT16 / FLOAT32",
              "EVOLUTION IN",
              "BARE img/s",
              "EVOLUTION img/s",
              "EVOLUTION / BARE",
              "A COPY A CORE / ONE"));
      all.forEach(each -> rows.add(row(each)));
      return TextTable.of(rows);
    }

    /** A row a precision. */
    static String against(List<AgainstResult> all) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "MODEL",
              "IN",
              "img/s",
              "AGAINST",
              "IN",
              "img/s",
              "RATIO",
              "GREATEST DIFFERENCE OF LOGITS"));
      for (AgainstResult each : all) {
        rows.add(
            List.of(
                each.model(),
                each.precision().label(),
                rate(each.rates().compared()),
                each.against(),
                each.other().label(),
                rate(each.rates().reference()),
                ratio(each.rates()),
                String.format(Locale.ROOT, "%.2g", each.difference())));
      }
      return TextTable.of(rows);
    }

    private static List<String> row(BenchResult bench) {
      return List.of(
          bench.card().name(),
          rate(bench.precisions().reference()),
          rate(bench.precisions().compared()),
          ratio(bench.precisions()),
          bench.precision().label(),
          rate(bench.evolution().reference()),
          rate(bench.evolution().compared()),
          ratio(bench.evolution()),
          bench.copies().map(BenchText::ratio).orElse("\u2013"));
    }

    private static String rate(List<Double> rates) {
      return String.format(Locale.ROOT, "%.1f", PairedRates.median(rates));
    }

    private static String ratio(PairedRates rates) {
      return String.format(
          Locale.ROOT,
          "%.3f (%.3f to %.3f, %d pairs)",
          rates.medianRatio(),
          rates.leastRatio(),
          rates.greatestRatio(),
          rates.ratios().size());
    }
  }
}
