package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.NewFolder;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.feature.train.EvaluateJob.EvaluateConfig;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/** {@code whisker evaluate}: how good a classifier is on labelled photos. */
@Command(
    name = "evaluate",
    description = "Measures a classifier on labelled photos; writes figures, tables and charts.",
    footer = {
      "",
      "Examples:",
      "  whisker evaluate --model vgg16-mini --data photos",
      "  whisker evaluate --model vgg16-mini --data photos --split val \\",
      "      --out val-figures",
      "  whisker evaluate --model vgg16-mini --data photos.csv"
    })
@HelpOrder(
    "--format --width --quiet --verbose --model --device --precision" + " --json * --out --resume")
public final class EvaluateCommand extends JobCommand<EvaluateConfig, EvaluateJob.Result> {
  public EvaluateCommand(Environment environment) {
    super(environment, EvaluateConfig.class, EvaluateJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Optional<String> helpOf(String option) {
    return option.equals(NewFolder.NAME) ? Optional.of(NewFolder.IN_ANALYSES) : Optional.empty();
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, EvaluationRow.TABLE);
  }

  @Override
  protected int say(EvaluateJob.Result result) {
    environment().out().print(text(result.summary()));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  /** The main figures, a line each. */
  private static String text(EvaluationRow summary) {
    return TextTable.of(
        List.of(
            List.of("photos", Integer.toString(summary.photos()), "(95 % interval)"),
            share("accuracy", summary.accuracy(), summary.accuracyEnds()),
            share("recall of cats", summary.recallTarget(), summary.recallTargetEnds()),
            share("recall of others", summary.recallNotTarget(), summary.recallNotTargetEnds()),
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
    return Text.of("%.4f", value);
  }
}
