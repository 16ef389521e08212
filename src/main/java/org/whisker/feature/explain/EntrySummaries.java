package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.EntryTimeRow;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.ablation.result.EntryTables.ValleyRow;
import org.whisker.page.PageText;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Table;

/** The page's tables of searches that enter the middle, or are held there and released. */
record EntrySummaries(ReportFolder folder, String experiment) {
  /** The release, 3,000 generations of the question and the end: at most so many rows an arm. */
  private static final int QUESTION = 3_000;

  private <R extends Record> Optional<DataTable> table(
      Table<R> table,
      List<String> header,
      Function<List<R>, Stream<R>> shown,
      Function<R, List<String>> cells,
      String caption)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + table.file();
      List<R> all = folder.read(table, file);
      shown
          .apply(all)
          .map(row -> Stream.concat(Stream.of(model), cells.apply(row).stream()).toList())
          .forEach(rows::add);
      csv = csv == null && !all.isEmpty() ? file : csv;
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataTable(header, rows, caption, csv));
  }

  Optional<DataTable> effort() throws IOException {
    return table(
        EntryEffortRow.TABLE,
        List.of(
            "model",
            "arm",
            "runs at the target",
            "gain, logits",
            "p(cat)",
            "images to the target",
            "pixels"),
        List::stream,
        row ->
            List.of(
                row.arm(),
                row.successes() + " of " + row.runs(),
                PageText.quantity(row.gain(), row.gainLow(), row.gainHigh()),
                PageText.number(row.pCat(), 2),
                PageText.quantity(row.images(), row.imagesLow(), row.imagesHigh()),
                PageText.quantity(row.pixels(), row.pixelsLow(), row.pixelsHigh())),
        "What each search came to, and how many images it scored: means over runs with 95 % intervals. Runs that"
            + " did not reach the target count with all their images, and with the pixels of their"
            + " final image.");
  }

  Optional<DataTable> valley() throws IOException {
    return table(
        ValleyRow.TABLE,
        List.of(
            "model",
            "pixels added",
            "depth, logits",
            "depth, nats",
            "shallowest path, logits",
            "first pixel that pays",
            "paths that lead below white"),
        List::stream,
        row ->
            List.of(
                row.path(),
                PageText.quantity(OptionalDouble.of(row.depth()), row.depthLow(), row.depthHigh()),
                PageText.number(OptionalDouble.of(row.depthLoss()), 2),
                PageText.number(OptionalDouble.of(row.shallowest()), 2)
                    + " over "
                    + row.shallowestPixels()
                    + " pixels",
                row.firstPaying().isPresent()
                    ? PageText.quantity(
                        row.firstPaying(), row.firstPayingLow(), row.firstPayingHigh())
                    : "none of " + row.longest(),
                row.out()
                    + " of "
                    + row.paths()
                    + (row.outPixels().isPresent()
                        ? ", from " + PageText.quantity(row.outPixels()) + " pixels on"
                        : "")),
        "The valley between white and the middle half: black pixels are added there one by one, at"
            + " random or the cheapest of 12 candidates. Depth is the largest mean cost, length the"
            + " first pixel from which on the mean cost falls. The shallowest path is the one whose"
            + " largest cost is least.");
  }

  Optional<DataTable> times() throws IOException {
    return table(
        EntryTimeRow.TABLE,
        List.of(
            "model", "search", "images expected", "by", "runs that entered", "images seen, median"),
        rows -> rows.stream().sorted(Comparator.comparingDouble(EntrySummaries::order)),
        row ->
            List.of(
                row.arm(),
                row.within().isPresent() && row.expected().isEmpty()
                    ? "never"
                    : (row.atLeast() ? "at least " : "") + PageText.quantity(row.expected()),
                by(row),
                row.entered() + " of " + row.runs(),
                seen(row)),
        "Images scored until a search first keeps an image that is better than white and has a black"
            + " pixel in the middle half. Expected of the searches that are held there: a jump by"
            + " their own edits, or, where worse images are accepted, a walk along the cheapest"
            + " paths by the search's own edits and temperatures, which takes longer the deeper the"
            + " valley is (after Oliveto and others, 2018). On planted valleys such walks took 0.5 to"
            + " 2 times as long as expected. Rows are in the expected"
            + " order; free searches, of which nothing is expected, come last.");
  }

  private static double order(EntryTimeRow row) {
    return row.expected().orElse(Double.POSITIVE_INFINITY);
  }

  private static String by(EntryTimeRow row) {
    if (row.expected().isEmpty()) {
      return "";
    }
    return row.within().isPresent()
        ? "a walk (" + PageText.number(row.within(), 2) + " of the runs within their images)"
        : "jump (" + row.paying() + " of " + row.tried() + " mutants pay)";
  }

  private static String seen(EntryTimeRow row) {
    String never =
        row.censored().isPresent()
            ? "; never within " + PageText.number(row.censored(), 0) + " on average"
            : "";
    if (row.median().isEmpty()) {
      return "more than half never entered" + never;
    }
    String upper = row.medianHigh().isPresent() ? PageText.number(row.medianHigh(), 0) : "?";
    return PageText.number(row.median(), 0)
        + (row.medianLow().isPresent()
            ? " [" + PageText.number(row.medianLow(), 0) + ", " + upper + "]"
            : "")
        + never;
  }

  Optional<DataTable> release() throws IOException {
    return table(
        ReleaseRow.TABLE,
        List.of("model", "arm", "counted by", "at", "runs", "p(cat)", "score, nats", "pixels"),
        EntrySummaries::corners,
        row ->
            List.of(
                row.arm(),
                row.by().replace('-', ' '),
                Long.toString(row.at()),
                Integer.toString(row.runs()),
                PageText.interval(row.pCat(), row.pCatLow(), row.pCatHigh()),
                PageText.interval(row.loss(), row.lossLow(), row.lossHigh()),
                PageText.quantity(row.pixels(), row.pixelsLow(), row.pixelsHigh())),
        "The best image so far, at the release, at generation 3,000 where runs last so long, and in"
            + " the end; and at half and all of the images. The score is cross-entropy plus λ times"
            + " pixels: lower is better. Means over runs with 95 % intervals.");
  }

  private static Stream<ReleaseRow> corners(List<ReleaseRow> rows) {
    return rows.stream().filter(row -> isCorner(row, last(rows, row.by())));
  }

  private static long last(List<ReleaseRow> rows, String by) {
    return rows.stream()
        .filter(row -> row.by().equals(by))
        .mapToLong(ReleaseRow::at)
        .max()
        .orElse(0);
  }

  private static boolean isCorner(ReleaseRow row, long last) {
    return switch (row.by()) {
      case ReleaseRow.GENERATIONS ->
          row.at() == row.release() || row.at() == QUESTION || row.at() == last;
      case ReleaseRow.IMAGES -> row.at() == last / 2 || row.at() == last;
      default -> row.at() == last;
    };
  }
}
