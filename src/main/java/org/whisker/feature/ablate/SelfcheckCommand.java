package org.whisker.feature.ablate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.ablation.Control;
import org.whisker.ablation.result.ControlRow;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.hypothesis.Expected.Outcome;
import org.whisker.selfcheck.MatrixRow;
import org.whisker.selfcheck.NullCalibrationRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whisker selfcheck}: controls whose answer is known beforehand. */
@Command(
    name = "selfcheck",
    description = {
      "Tests whisker's own pipeline, from evolution to the verdict, where the answer is known.",
      "edge, centre: a planted preference must be found, with the right sign and size.",
      "flat: without any preference, E must be shown to be within 0.05 of 0.5.",
      "permuted (with --model): the same for a classifier whose input pixels are shuffled; takes a"
          + " few minutes.",
      "Then every hypothesis on planted classifiers, formulas for which the right verdict is known;"
          + " writes matrix.csv and matrix.png.",
      "--calibrate instead measures how often a hypothesis that is false is called true, and how"
          + " often one that is true; writes calibration.csv.",
      "Exit code 1 when a control fails, or a wrong verdict is asserted."
    },
    footer = {
      "",
      "Examples:",
      "  whisker selfcheck",
      "  whisker selfcheck --model vgg16-mini --seed 7",
      "  whisker selfcheck --plants padding,position-blind --hypotheses padding",
      "  whisker selfcheck --plants none",
      "  whisker selfcheck --calibrate --replicates 200 --out calibration",
      "  whisker selfcheck --resume calibration"
    })
public final class SelfcheckCommand extends RecordCommand<SelfcheckConfig> {
  /** Another job of the same hypotheses. */
  private static final class Calibration {
    @Option(
        names = "--calibrate",
        description = "Measure false verdicts and power by simulation instead.")
    private boolean asked;

    @Option(
        names = "--replicates",
        paramLabel = "N",
        defaultValue = "" + CalibrationConfig.REPLICATES,
        description = "Simulated reports of each hypothesis, for --calibrate. Default: 200.")
    private int replicates;
  }

  private final Calibration calibration = new Calibration();

  public SelfcheckCommand(Environment environment) {
    super(environment, SelfcheckConfig.class, Extra.OUT, Extra.RESUME, Extra.CHARTS, Extra.JSON);
  }

  @Override
  protected List<Object> others() {
    return List.of(calibration);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of(
        "--model",
        "--permuted-runs",
        "--permuted-generations",
        "--plants",
        "--hypotheses",
        "--plant-runs",
        "--plant-evaluations",
        "--calibrate",
        "--replicates");
  }

  @Override
  public Integer call() throws IOException {
    if (calibration.asked || resume().folder().isPresent()) {
      return run(new CalibrationJob(context()), this::calibrated, this::say);
    }
    return say(new SelfcheckJob(context()).run(config().withMatrixOfPlants(), out().asked()));
  }

  private CalibrationConfig calibrated() {
    SelfcheckConfig config = config();
    MatrixConfig matrix = config.matrix();
    return new CalibrationConfig(
        matrix.hypotheses(),
        calibration.replicates,
        matrix.runs(),
        matrix.evaluations(),
        config.seed());
  }

  private int say(SelfcheckResult result) throws IOException {
    int all = result.checks().size();
    boolean holds = result.right() == all && result.cells(Outcome.WRONG) == 0;
    if (json()) {
      document(result).print(environment().out());
    } else {
      print(result);
    }
    return holds ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static JsonOption.Document document(SelfcheckResult result) {
    return new JsonOption.Document()
        .table(
            "controls",
            ControlRow.TABLE,
            ControlRow.of(result.checks().stream().map(SelfcheckResult.Check::details).toList()))
        .table("matrix", MatrixRow.TABLE, MatrixRow.of(result.cells()))
        .value("folder", result.folder());
  }

  private void print(SelfcheckResult result) {
    environment().out().print(text(result.checks()));
    if (!result.cells().isEmpty()) {
      environment().out().print(MatrixText.of(result.cells()));
      environment()
          .out()
          .println(
              format(
                  "%d cells right, %d wrong, %d undecided",
                  result.cells(Outcome.RIGHT),
                  result.cells(Outcome.WRONG),
                  result.cells(Outcome.UNDECIDED)));
    }
    int all = result.checks().size();
    environment()
        .out()
        .println(
            format("%d of %d controls hold; written to %s", result.right(), all, result.folder()));
  }

  private int say(CalibrationJob.Result result) throws IOException {
    if (json()) {
      new JsonOption.Document()
          .table("calibration", NullCalibrationRow.TABLE, result.rows())
          .value("folder", result.folder())
          .print(environment().out());
      return ExitCode.OK;
    }
    environment().out().print(CalibrationText.of(result.rows()));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static String text(List<SelfcheckResult.Check> checks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CONTROL",
            "EXPECTED E",
            "E (95 %)",
            "P(E = ½)",
            "P(NOT WITHIN ±)",
            "RUNS",
            "SEEDS",
            ""));
    for (SelfcheckResult.Check check : checks) {
      Control c = check.details();
      int runs = c.edgeIndices().size() + c.whiteRuns();
      rows.add(
          List.of(
              c.name(),
              format("%.3f ±%.2f", c.expected(), c.equivalence().margin()),
              format("%.3f (%.3f to %.3f)", c.mean(), c.interval().low(), c.interval().high()),
              p(c.p()),
              p(c.equivalence().p()),
              c.whiteRuns() == 0
                  ? format("%d", runs)
                  : format("%d (%d white)", runs, c.whiteRuns()),
              format("%d-%d", c.firstSeed(), c.firstSeed() + runs - 1),
              verdict(check)));
    }
    return TextTable.of(rows);
  }

  /** A p-value is never 0. */
  static String p(double p) {
    return p < 0.0001 ? "< 0.0001" : format("%.4f", p);
  }

  private static String verdict(SelfcheckResult.Check check) {
    return switch (check.outcome()) {
      case RIGHT -> "pass";
      case WRONG -> "FAIL";
      case UNDECIDED ->
          format("FAIL, or too few runs: try %d", check.details().runsNeeded().orElseThrow());
    };
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
