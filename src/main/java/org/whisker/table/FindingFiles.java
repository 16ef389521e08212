package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.Question;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Verdict;

/** {@code findings.csv}: a row a hypothesis and model, written and read back the same. */
public final class FindingFiles {
  private static final String UNTESTED = "untested";
  private static final List<String> HEADER =
      List.of(
          "hypothesis",
          "model",
          "experiment",
          "comparison",
          "statistic",
          "nothing",
          "effect",
          "ci_low",
          "ci_high",
          "p_value",
          "p_corrected",
          "p_equivalence",
          "margin",
          "verdict",
          "share_removed",
          "runs",
          "runs_needed",
          "reason");

  private FindingFiles() {}

  /** Writes the table whole or not at all. */
  public static void write(Path file, List<HypothesisTest> tests) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, HEADER)) {
      for (HypothesisTest t : tests) {
        boolean tested = t.verdict().isPresent();
        csv.row(
            t.hypothesis(),
            t.model(),
            t.experiment(),
            t.comparison(),
            t.statistic(),
            tested ? t.nothing() : null,
            t.effect(),
            t.low(),
            t.high(),
            t.p(),
            t.pCorrected(),
            t.pEquivalence(),
            t.margin(),
            t.verdict().map(Verdict::name).map(v -> v.toLowerCase(Locale.ROOT)).orElse(UNTESTED),
            t.shareRemoved(),
            tested ? t.runs() : null,
            t.runsNeeded(),
            t.reason());
      }
      csv.finish();
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException naming file and line when a row can't be
   */
  public static List<HypothesisTest> read(Path file) throws IOException {
    List<HypothesisTest> tests = new ArrayList<>();
    Csv.scan(file, row -> tests.add(test(row)));
    return List.copyOf(tests);
  }

  private static HypothesisTest test(CsvRow row) throws IOException {
    if (Question.find(row.text("hypothesis")).isEmpty()) {
      throw row.error("no hypothesis is called \"" + row.text("hypothesis") + "\"");
    }
    try {
      return new HypothesisTest(
          row.text("hypothesis"),
          row.text("model"),
          row.text("experiment"),
          row.text("comparison"),
          row.text("statistic"),
          finite(row, "nothing").orElse(0),
          finite(row, "effect"),
          finite(row, "ci_low"),
          finite(row, "ci_high"),
          finite(row, "p_value"),
          finite(row, "p_corrected"),
          finite(row, "p_equivalence"),
          finite(row, "margin"),
          verdict(row),
          finite(row, "share_removed"),
          row.text("runs").isEmpty() ? 0 : Math.toIntExact(row.integer("runs")),
          row.text("runs_needed").isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(row.integer("runs_needed")),
          row.text("reason"));
    } catch (IllegalArgumentException e) {
      throw row.error(String.valueOf(e.getMessage()));
    }
  }

  /** What can't be drawn counts as not there. */
  private static OptionalDouble finite(CsvRow row, String column) throws IOException {
    OptionalDouble value = row.optionalNumber(column);
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  private static Optional<Verdict> verdict(CsvRow row) throws IOException {
    String text = row.text("verdict");
    if (text.equals(UNTESTED)) {
      return Optional.empty();
    }
    for (Verdict verdict : Verdict.values()) {
      if (verdict.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(verdict);
      }
    }
    throw row.error(
        "verdict is \"" + text + "\", expected supported, refuted, undecided or " + UNTESTED);
  }
}
