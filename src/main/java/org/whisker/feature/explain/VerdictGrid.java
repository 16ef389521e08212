package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Topic;
import org.whisker.io.Decimals;
import org.whisker.page.VerdictRow;
import org.whisker.page.VerdictRow.Effect;
import org.whisker.page.VerdictRow.VerdictMark;

/**
 * The verdicts of a report, hypothesis by model, in the order of the questions of a report.
 *
 * @param rows hypotheses that were tested on at least one model
 * @param others causes that have a verdict on none, by what is said instead
 */
record VerdictGrid(List<String> models, List<Row> rows, Map<String, List<String>> others) {
  /**
   * A hypothesis.
   *
   * @param topic the question to which it belongs
   * @param cause the suspected cause, in a few words
   * @param cells one per model
   */
  record Row(Topic topic, String id, String cause, List<Cell> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** A verdict in a symbol and a word. */
  record Cell(VerdictMark mark, String word) {}

  VerdictGrid {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  static VerdictGrid of(ReportFolder folder) {
    List<Row> rows = new ArrayList<>();
    for (Hypothesis hypothesis : Hypotheses.all()) {
      List<Finding> findings = folder.findings(hypothesis.id());
      if (findings.stream().anyMatch(f -> f.isTested())) {
        List<Cell> cells = folder.models().stream().map(m -> cell(folder, findings, m)).toList();
        rows.add(new Row(hypothesis.topic(), hypothesis.id(), hypothesis.wording().cause(), cells));
      }
    }
    rows.sort(Comparator.comparing(Row::topic));
    Map<String, List<String>> others = new LinkedHashMap<>();
    folder
        .withoutVerdict()
        .forEach(
            (words, of) -> others.put(words, of.stream().map(h -> h.wording().cause()).toList()));
    return new VerdictGrid(folder.models(), rows, others);
  }

  private static Cell cell(ReportFolder folder, List<Finding> findings, String model) {
    return findings.stream()
        .filter(f -> f.model().equals(model))
        .findFirst()
        .map(f -> new Cell(VerdictMark.of(f.label()), folder.words(f)))
        .orElse(new Cell(VerdictMark.UNTESTED, "not tested"));
  }

  /** How much was decided, such as "Verdicts: 10 decided, 2 undecided". */
  String heading() {
    List<String> counts = new ArrayList<>();
    count("decided", VerdictMark::isDecided).ifPresent(counts::add);
    count("undecided", VerdictMark.UNDECIDED::equals).ifPresent(counts::add);
    count("without enough cats", VerdictMark.NOT_ENOUGH_TARGETS::equals).ifPresent(counts::add);
    return counts.isEmpty()
        ? "Verdicts: nothing was tested"
        : "Verdicts: " + String.join(", ", counts);
  }

  private Optional<String> count(String word, Predicate<VerdictMark> wanted) {
    long count =
        rows.stream().flatMap(r -> r.cells().stream()).map(Cell::mark).filter(wanted).count();
    return count == 0 ? Optional.empty() : Optional.of(count + " " + word);
  }

  /** The grid as lines of text, for a terminal. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int first = 2 + rows.stream().mapToInt(r -> r.cause().length()).max().orElse(0);
    int other =
        Stream.concat(
                models.stream(), rows.stream().flatMap(r -> r.cells().stream()).map(Cell::word))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    if (!rows.isEmpty()) {
      lines.add(line("", first, models, other));
    }
    @Nullable Topic topic = null;
    for (Row row : rows) {
      if (row.topic() != topic) {
        topic = row.topic();
        lines.add(topic.question());
      }
      lines.add(
          line("  " + row.cause(), first, row.cells().stream().map(Cell::word).toList(), other));
    }
    others.forEach((words, causes) -> lines.add(words + ": " + String.join(", ", causes)));
    return lines;
  }

  private static String line(String name, int first, List<String> cells, int other) {
    StringBuilder line = new StringBuilder(padded(name, first));
    cells.forEach(cell -> line.append("  ").append(padded(cell, other)));
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", text);
  }

  /** The verdict table of an explanation: tested hypotheses first, one line per model. */
  static final class VerdictLines {
    private static final double WIDEST = 4;
    private static final double ROOM = 1.05;

    private final ReportFolder folder;
    private final Map<String, Double> reaches = new TreeMap<>();

    private VerdictLines(ReportFolder folder) {
      this.folder = folder;
      folder.findings().forEach(f -> reaches.merge(f.statistic(), reach(f), Math::max));
    }

    static List<VerdictRow> of(ReportFolder folder) {
      VerdictLines lines = new VerdictLines(folder);
      List<Hypothesis> order = new ArrayList<>(Hypotheses.all());
      order.sort(Comparator.comparing(q -> lines.isTested(q) ? 0 : 1));
      List<VerdictRow> rows = new ArrayList<>();
      for (Hypothesis question : order) {
        List<Finding> tests = folder.findings(question.id());
        boolean alike = tests.stream().map(t -> t.reason()).distinct().count() == 1;
        if (!lines.isTested(question) && alike && !tests.isEmpty()) {
          rows.add(lines.row(question, tests.get(0), ""));
        } else {
          tests.forEach(t -> rows.add(lines.row(question, t, t.model())));
        }
      }
      return rows;
    }

    private boolean isTested(Hypothesis question) {
      return folder.findings(question.id()).stream().anyMatch(t -> t.isTested());
    }

    private VerdictRow row(Hypothesis question, Finding finding, String scope) {
      return new VerdictRow(
          question.id(),
          Headings.capitalised(question.wording().cause()),
          question.wording().question() + " What was done: " + question.wording().experiment(),
          scope,
          effect(finding),
          finding.pOfVerdict(),
          VerdictMark.of(finding.label()),
          folder.words(finding),
          finding.shareRemoved(),
          finding.evidence(folder.alpha()));
    }

    private Optional<Effect> effect(Finding finding) {
      if (!finding.isTested() || finding.effect().isEmpty()) {
        return Optional.empty();
      }
      double value = finding.effect().getAsDouble();
      double nothing = finding.nothing();
      double low = Math.min(value, finding.low().orElse(value));
      double high = Math.max(value, finding.high().orElse(value));
      double known = reaches.getOrDefault(finding.statistic(), 0.0);
      double reach = known > 0 ? known : 1;
      OptionalDouble margin =
          finding.margin().isPresent() && finding.margin().getAsDouble() > 0
              ? finding.margin()
              : OptionalDouble.empty();
      return Optional.of(
          new Effect(
              value,
              low,
              high,
              finding.statisticName() + compared(finding),
              nothing,
              nothing - reach,
              nothing + reach,
              margin));
    }

    private static String compared(Finding row) {
      return row.comparison().isBlank() ? "" : ": " + row.shownComparison();
    }

    /**
     * Half length of the axis of an effect; lines of one statistic share the longest. E around ½
     * and ΔE around 0 have one length; for other statistics, the ends of wide intervals are
     * clipped, so that they do not compress the others.
     */
    private static double reach(Finding row) {
      if (row.effect().isEmpty()) {
        return 0;
      }
      if (row.statistic().startsWith("edge_index")) {
        return 0.5;
      }
      if (row.statistic().endsWith("correlation")) {
        return 1;
      }
      double nothing = row.nothing();
      double margin = row.margin().orElse(0);
      double effect = Math.abs(row.effect().getAsDouble() - nothing);
      double low = Math.abs(row.low().orElse(nothing) - nothing);
      double high = Math.abs(row.high().orElse(nothing) - nothing);
      double ends = Math.min(Math.max(low, high), WIDEST * Math.max(effect, margin));
      return Decimals.above(ROOM * Math.max(effect, Math.max(ends, 2 * margin)));
    }
  }
}
