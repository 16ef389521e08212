package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.whisker.ablation.Controls.Control;
import org.whisker.ablation.result.ControlRow;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.ablate.SelfcheckConfig.CalibrationConfig;
import org.whisker.feature.ablate.SelfcheckConfig.MatrixConfig;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.Expected.Outcome;
import org.whisker.job.JobManifest;
import org.whisker.option.Option;
import org.whisker.selfcheck.Calibration.NullCalibrationRow;
import org.whisker.selfcheck.PlantedMatrix.MatrixCell;
import org.whisker.selfcheck.PlantedMatrix.MatrixRow;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.Text;

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
      "--calibrate instead measures how often a false hypothesis is called true, and how"
          + " often a true one is; writes calibration.csv.",
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
@HelpOrder(
    "--model --permuted-runs --permuted-generations --plants --hypotheses --plant-runs"
        + " --plant-evaluations --calibrate --replicates")
public final class SelfcheckCommand extends RecordCommand<SelfcheckConfig> {
  /** The option {@code --calibrate}, which does another job of the same hypotheses. */
  record Calibration(
      @Option(
              names = "--calibrate",
              help = "Measure false verdicts and power by simulation instead.")
          boolean asked,
      @Option(
              names = "--replicates",
              label = "N",
              defaultValue = "" + CalibrationConfig.REPLICATES,
              help = "Simulated reports of each hypothesis, for --calibrate.")
          int replicates) {}

  private final RecordOptions<Calibration> calibration = RecordOptions.of(Calibration.class);

  public SelfcheckCommand(Environment environment) {
    super(environment, SelfcheckConfig.class, Extra.OUT, Extra.RESUME, Extra.CHARTS, Extra.JSON);
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(calibration);
  }

  @Override
  public Integer call() throws IOException {
    return read(calibration).asked || isOfCalibration()
        ? run(
            new CalibrationJob(context()),
            this::calibrated,
            this::say,
            result -> Optional.of(result.folder()),
            SelfcheckCommand::calibration)
        : run(
            new SelfcheckJob(context()),
            () -> config().withMatrixOfPlants(),
            this::say,
            result -> Optional.of(result.folder()),
            SelfcheckCommand::document);
  }

  /** Whether the folder that is to be gone on with is of the other job. */
  private boolean isOfCalibration() {
    return resume()
        .folder()
        .filter(folder -> JobManifest.isOf(folder, CalibrationJob.COMMAND))
        .isPresent();
  }

  private CalibrationConfig calibrated() {
    SelfcheckConfig config = config();
    MatrixConfig matrix = config.matrix();
    return new CalibrationConfig(
        matrix.hypotheses(),
        read(calibration).replicates,
        matrix.runs(),
        matrix.evaluations(),
        config.seed());
  }

  private int say(SelfcheckResult result) throws IOException {
    int all = result.checks().size();
    boolean holds = result.right() == all && result.cells(Outcome.WRONG) == 0;
    print(result);
    if (!result.done()) {
      environment()
          .err()
          .println("whisker: stopped; go on with: whisker selfcheck --resume " + result.folder());
    }
    return holds ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static Document calibration(Path folder) throws IOException {
    Path file = folder.resolve(NullCalibrationRow.FILE);
    return new Document()
        .table("calibration", NullCalibrationRow.TABLE, NullCalibrationRow.TABLE.readIfThere(file))
        .value("folder", folder);
  }

  private static Document document(Path folder) throws IOException {
    return new Document()
        .table("controls", ControlRow.TABLE, ControlRow.TABLE.read(folder.resolve(ControlRow.FILE)))
        .table("matrix", MatrixRow.TABLE, MatrixRow.TABLE.readIn(folder))
        .value("folder", folder);
  }

  private void print(SelfcheckResult result) {
    environment().out().print(text(result.checks()));
    if (!result.cells().isEmpty()) {
      environment().out().print(MatrixText.of(result.cells()));
      environment()
          .out()
          .println(
              Text.of(
                  "%d cells right, %d wrong, %d undecided",
                  result.cells(Outcome.RIGHT),
                  result.cells(Outcome.WRONG),
                  result.cells(Outcome.UNDECIDED)));
    }
    int all = result.checks().size();
    environment()
        .out()
        .println(
            Text.of("%d of %d controls hold; written to %s", result.right(), all, result.folder()));
  }

  private int say(CalibrationJob.Result result) throws IOException {
    environment().out().print(CalibrationText.of(result.rows()));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static String text(List<SelfcheckResult.Check> checks) {
    return TextTable.of(
        Columns.of(SelfcheckResult.Check.class)
            .with("CONTROL", check -> check.details().name())
            .with(
                "EXPECTED E",
                check ->
                    Text.of(
                        "%.3f ±%.2f",
                        check.details().expected(), check.details().equivalence().margin()))
            .with(
                "E (95 %)",
                check ->
                    Text.of(
                        "%.3f (%.3f to %.3f)",
                        check.details().mean(),
                        check.details().interval().low(),
                        check.details().interval().high()))
            .with("P(E = ½)", check -> p(check.details().p()))
            .with("P(NOT WITHIN ±)", check -> p(check.details().equivalence().p()))
            .with("RUNS", check -> runs(check.details()))
            .with("SEEDS", check -> seeds(check.details()))
            .with("", SelfcheckCommand::verdict),
        checks);
  }

  private static int count(Control c) {
    return c.edgeIndices().size() + c.whiteRuns();
  }

  private static String runs(Control c) {
    return c.whiteRuns() == 0
        ? Text.of("%d", count(c))
        : Text.of("%d (%d white)", count(c), c.whiteRuns());
  }

  private static String seeds(Control c) {
    return Text.of("%d-%d", c.firstSeed(), c.firstSeed() + count(c) - 1);
  }

  /** A p-value is never 0. */
  static String p(double p) {
    return p < 0.0001 ? "< 0.0001" : Text.of("%.4f", p);
  }

  private static String verdict(SelfcheckResult.Check check) {
    return switch (check.outcome()) {
      case RIGHT -> "pass";
      case WRONG -> "FAIL";
      case UNDECIDED ->
          Text.of("FAIL, or too few runs: try %d", check.details().runsNeeded().orElseThrow());
    };
  }

  /** False verdicts and power as text. */
  private static final class CalibrationText {
    static String of(List<NullCalibrationRow> rows) {
      return TextTable.of(
          Columns.of(NullCalibrationRow.class)
              .with("HYPOTHESIS", NullCalibrationRow::hypothesis)
              .with("NULL", NullCalibrationRow::nullPlant)
              .with("REPLICATES", NullCalibrationRow::replicates)
              .with("P ≤ 0.05", row -> percent(row.rejected(), row.replicates()))
              .with("FALSE VERDICTS", row -> percent(row.falseVerdicts(), row.replicates()))
              .with("CORRECTED", row -> percent(row.falseCorrected(), row.replicates()))
              .with("POWER", row -> percent(row.found(), row.powerReplicates()))
              .with("CORRECTED", row -> percent(row.foundCorrected(), row.powerReplicates()))
              .with(
                  "AT EFFECT",
                  row ->
                      row.meanEffect().isEmpty()
                          ? "–"
                          : Text.of("%.3f", row.meanEffect().getAsDouble())),
          rows);
    }

    private static String percent(int some, int all) {
      return all == 0 ? "–" : Text.of("%.1f %%", 100.0 * some / all);
    }
  }

  /** The matrix of planted classifiers and hypotheses as text. */
  private static final class MatrixText {
    private static final String KEY =
        "+ right   X wrong   ? undecided   . the plant does not say which verdict is right";

    /** A row a plant, a column a hypothesis, and in words each cell that is not right. */
    static String of(List<MatrixCell> cells) {
      Map<String, List<MatrixCell>> plants = Table.by(cells, MatrixCell::plant);
      List<List<String>> rows = new ArrayList<>();
      List<MatrixCell> first = plants.values().iterator().next();
      List<String> head = new ArrayList<>(List.of("PLANT"));
      StringBuilder legend = new StringBuilder();
      for (int column = 0; column < first.size(); column++) {
        head.add(letter(column));
        legend.append(column % 5 == 0 ? "\n  " : "  ");
        legend.append(Text.of("%s %-16s", letter(column), first.get(column).hypothesis()));
      }
      head.add("");
      rows.add(head);
      plants.forEach((plant, row) -> rows.add(line(plant, row)));
      String notRight = cells.stream().map(MatrixText::words).collect(Collectors.joining());
      return TextTable.of(rows)
          + KEY
          + legend.toString().replaceAll(" +\n", "\n").stripTrailing()
          + "\n"
          + notRight;
    }

    private static String letter(int column) {
      return Character.toString((char) ('a' + column));
    }

    private static List<String> line(String plant, List<MatrixCell> row) {
      List<String> line = new ArrayList<>(List.of(plant));
      row.forEach(cell -> line.add(symbol(cell.outcome())));
      List<String> counts = new ArrayList<>();
      for (Outcome outcome : Outcome.values()) {
        long count = row.stream().filter(cell -> cell.outcome() == outcome).count();
        if (count > 0) {
          counts.add(count + " " + outcome.label());
        }
      }
      line.add(String.join(", ", counts));
      return line;
    }

    private static String symbol(Outcome outcome) {
      return switch (outcome) {
        case RIGHT -> "+";
        case WRONG -> "X";
        case UNDECIDED -> "?";
        case OPEN -> ".";
      };
    }

    private static String words(MatrixCell cell) {
      if (cell.outcome() == Outcome.RIGHT || cell.outcome() == Outcome.OPEN) {
        return "";
      }
      return Text.of(
          "%s: %s on %s: %s%s; right is %s (%s)%n",
          cell.outcome() == Outcome.WRONG ? "WRONG" : "undecided",
          cell.hypothesis(),
          cell.plant(),
          cell.seen().map(v -> words(v.name())).orElse(words(Expected.NOT_TESTED.name())),
          cell.test().reason().isEmpty() ? "" : ", " + cell.test().reason(),
          words(cell.expected().name()),
          cell.reason());
    }

    private static String words(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
