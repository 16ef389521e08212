package org.whisker.feature.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.diagnosis.Diagnosis;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.feature.diagnose.DiagnoseJob.DiagnoseConfig;
import org.whisker.io.ShownText;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;

/** {@code whisker diagnose}: is what a network sees tied to places, and by what? */
@Command(
    name = "diagnose",
    description = {
      "Finds out why a network's outputs depend on positions, if they do. Possible causes are"
          + " a crop, rows or columns that are never read, a mark in the photos, uneven"
          + " padding, a head with weights for each position, padding, the phase of its"
          + " strides, and any other operation that knows places.",
      "Writes diagnosis.json, causes.csv, evidence.csv, tables of single measures,"
          + " charts, and index.html. Ctrl-C keeps finished measures; --resume continues."
    },
    footer = {
      "",
      "Each cause has a measure of its own, relative to how much the logit differs",
      "between pictures, and a fixed threshold. The verdict is found if the effect is",
      "shown to be above the threshold (p < 0.05, corrected for all tested causes), none",
      "if it is shown to be below, and undecided otherwise.",
      "",
      "With --fail-on, the exit code is 3 when a cause that it names is found, else 4 when",
      "one that it names is undecided or was not tested, else 0. any stands for all causes;",
      "mark only where there are photos. For a TorchScript module only causes that need no",
      "layers are tested: crop, missed-pixels, mark.",
      "",
      "other-operations are all others that are not the same at every place, such as a map of",
      "constants that is added in a branch. What each reads is rolled, and what it gives is rolled",
      "back (operations.csv). One that can't be rolled is named, and forbids none.",
      "",
      "outlying-tokens: tokens of a transformer whose norm is above three times the median of",
      "their picture, at the same places in all pictures and in noise (tokens.csv).",
      "",
      "Examples:",
      "  whisker diagnose vgg16-mini",
      "  whisker diagnose resnet50 photos/test --out why",
      "  whisker diagnose resnet50 photos/test --fail-on any",
      "  whisker diagnose resnet50 --fail-on uneven-padding,missed-pixels",
      "  whisker diagnose --resume why"
    })
@HelpOrder("--pictures --fail-on --seed --out --resume")
public final class DiagnoseCommand extends JobCommand<DiagnoseConfig, DiagnoseJob.Result> {
  private static final String ANY = "any";

  /** What a script wants to know. */
  record FailOn(
      @Option(
              names = "--fail-on",
              label = "CAUSE",
              split = ",",
              help =
                  "End with exit code 3 when one of these causes is found, and with 4 when none is,"
                      + " and one is undecided or not tested: any, or crop, missed-pixels, mark,"
                      + " uneven-padding, head, padding, stride-phase, other-operations.")
          List<String> causes) {}

  private final RecordOptions<FailOn> failOn = RecordOptions.of(FailOn.class);

  public DiagnoseCommand(Environment environment) {
    super(environment, DiagnoseConfig.class, DiagnoseJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(failOn);
  }

  @Override
  public Integer call() throws IOException {
    for (String cause : read(failOn).causes()) {
      if (!cause.equals(ANY)) {
        InvalidRequestException.check(() -> parse(cause));
      }
    }
    int code = super.call();
    Optional<Path> resumed = resume().folder();
    return code == ExitCode.OK && resumed.isPresent() ? codeOf(resumed.get()) : code;
  }

  private static Cause parse(String cause) {
    try {
      return Cause.parse(cause);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; any stands for all of them", e);
    }
  }

  /** The exit code that follows from the causes of a folder, which may have been done before. */
  private int codeOf(Path folder) throws IOException {
    return code(diagnosis(folder));
  }

  private static Diagnosis diagnosis(Path folder) throws IOException {
    return new Diagnosis(CauseRow.TABLE.readIn(folder));
  }

  private int code(Diagnosis diagnosis) {
    if (diagnosis.labels().stream().anyMatch(this::fails)) {
      return ExitCode.FOUND;
    }
    List<CauseRow> open =
        diagnosis.causes().stream().filter(row -> !row.isDecided() && isNamed(row)).toList();
    if (open.isEmpty()) {
      return ExitCode.OK;
    }
    environment().err().println("whisker: " + ShownText.of(said(open)));
    return ExitCode.UNDECIDED;
  }

  private boolean isNamed(CauseRow row) {
    List<String> named = read(failOn).causes();
    return named.contains(row.cause()) || (named.contains(ANY) && row.isAsked());
  }

  private static String said(List<CauseRow> open) {
    return open.stream()
        .map(
            row ->
                row.verdict().equals(CauseRow.UNTESTED)
                    ? row.cause() + " was not tested (" + row.note() + ")"
                    : row.cause() + " is undecided (" + why(row) + ")")
        .collect(Collectors.joining("; "));
  }

  private static String why(CauseRow row) {
    return row.note().isEmpty() ? "--pictures with a higher number may decide it" : row.note();
  }

  @Override
  protected Document document(Path folder) throws IOException {
    Diagnosis found = diagnosis(folder);
    return new Document()
        .value("diagnosis", found.sentence())
        .value("verdict", found.verdict())
        .table("causes", CauseRow.TABLE, found.causes())
        .value("folder", folder);
  }

  @Override
  protected int say(DiagnoseJob.Result result) {
    Optional<Diagnosis> diagnosis = result.diagnosis();
    diagnosis.ifPresent(
        found -> {
          environment().out().println(ShownText.of(found.sentence()));
          environment().out().println();
          environment().out().print(TextTable.of(CauseRow.TABLE, found.causes()));
        });
    ResumableCommand.end(environment(), result.folder(), diagnosis.isPresent());
    // of a folder that is gone on with, call() reads it, whether or not anything was left to do
    return resume().folder().isEmpty()
        ? diagnosis.map(this::code).orElse(ExitCode.OK)
        : ExitCode.OK;
  }

  private boolean fails(String cause) {
    return Stream.of(cause, ANY).anyMatch(read(failOn).causes()::contains);
  }
}
