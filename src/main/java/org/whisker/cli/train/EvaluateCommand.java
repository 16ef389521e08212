package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.JsonOption;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.TextTable;
import org.whisker.io.Decimals;
import org.whisker.study.train.EvaluateConfig;
import org.whisker.study.train.EvaluateJob;
import org.whisker.table.model.EvaluationRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker evaluate}: how good a classifier is on labelled photos. */
@Command(
    name = "evaluate",
    description = "Measures a classifier on labelled photos; writes figures, tables and charts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evaluate --model vgg16-mini --data photos",
      "  whisker evaluate --model vgg16-mini --data photos --split val \\",
      "      --out val-figures",
      "  whisker evaluate --model vgg16-mini --data photos.csv"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|CSV",
      description = {
        "A folder with cat/ and not_cat/, or one with folders of that kind such as train/ and"
            + " test/; or a CSV with the columns path and label, and optionally split."
      })
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = {
        "Which of the folders in DIR (default: test, or DIR itself), or which rows of a CSV"
            + " (default: test, or all rows if it has no column split). In a CSV without that"
            + " column, the rows that train would assign to the split."
      })
  private @Nullable String split;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one in analyses/.")
  private @Nullable Path out;

  public EvaluateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    EvaluateConfig config =
        new EvaluateConfig(
            model.name(),
            data,
            Optional.ofNullable(split),
            running.settings(BATCH),
            Optional.ofNullable(out));
    EvaluateJob.Result result = new EvaluateJob(config, environment.context(common, charts)).run();
    if (json.asked()) {
      new JsonOption.Document()
          .table("summary", EvaluationRow.TABLE, List.of(result.summary()))
          .value("folder", result.folder())
          .print(environment.out());
      return ExitCode.OK;
    }
    environment.out().print(text(result.summary()));
    environment.out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  /** The main figures, a line each. */
  private static String text(EvaluationRow summary) {
    return TextTable.of(
        List.of(
            List.of("photos", Integer.toString(summary.photos()), "(95 % interval)"),
            share("accuracy", summary.accuracy(), summary.accuracyEnds()),
            share("recall of cats", summary.recallCat(), summary.recallCatEnds()),
            share("recall of others", summary.recallNotCat(), summary.recallNotCatEnds()),
            area(summary.rocAuc(), summary.rocAucEnds()),
            List.of("calibration error", fixed(summary.expectedCalibrationError()), "")));
  }

  private static List<String> share(String name, double value, EvaluationRow.@Nullable Ends ends) {
    String interval =
        ends == null
            ? ""
            : "(%s to %s)"
                .formatted(Decimals.percent(ends.ciLow()), Decimals.percent(ends.ciHigh()));
    return List.of(name, Decimals.percent(value), interval);
  }

  private static List<String> area(double value, EvaluationRow.@Nullable Ends ends) {
    String interval =
        ends == null ? "" : "(%s to %s)".formatted(fixed(ends.ciLow()), fixed(ends.ciHigh()));
    return List.of("ROC AUC", fixed(value), interval);
  }

  private static String fixed(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
