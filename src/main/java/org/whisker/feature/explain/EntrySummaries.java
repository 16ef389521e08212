package org.whisker.feature.explain;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.EntryTimeRow;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.ablation.result.EntryTables.ValleyRow;
import org.whisker.page.PageText;
import org.whisker.page.Section.DataTable;
import org.whisker.table.Columns;

/** The page's tables of searches that enter the middle, or are held there and released. */
record EntrySummaries(ReportFolder folder, String experiment) {
  /** The release, 3,000 generations of the question and the end: at most so many rows an arm. */
  private static final int QUESTION = 3_000;

  Optional<DataTable> effort() throws IOException {
    return folder.table(
        experiment + "/",
        EntryEffortRow.TABLE,
        Columns.of(EntryEffortRow.class)
            .with("arm", EntryEffortRow::arm)
            .with("runs at the target", row -> row.successes() + " of " + row.runs())
            .with(
                "gain, logits", row -> PageText.quantity(row.gain(), row.gainLow(), row.gainHigh()))
            .with("p(cat)", row -> PageText.number(row.pCat(), 2))
            .with(
                "images to the target",
                row -> PageText.quantity(row.images(), row.imagesLow(), row.imagesHigh()))
            .with(
                "pixels",
                row -> PageText.quantity(row.pixels(), row.pixelsLow(), row.pixelsHigh())),
        "The final result of each search, and how many images it scored: means over runs with"
            + " 95 % intervals. Runs that did not reach the target count with all their"
            + " images, and with the pixels of their final image.");
  }

  Optional<DataTable> valley() throws IOException {
    return folder.table(
        experiment + "/",
        ValleyRow.TABLE,
        Columns.of(ValleyRow.class)
            .with("pixels added", ValleyRow::path)
            .with(
                "depth, logits",
                row ->
                    PageText.quantity(
                        OptionalDouble.of(row.depth()), row.depthLow(), row.depthHigh()))
            .with("depth, nats", row -> PageText.number(OptionalDouble.of(row.depthLoss()), 2))
            .with(
                "shallowest path, logits",
                row ->
                    PageText.number(OptionalDouble.of(row.shallowest()), 2)
                        + " over "
                        + row.shallowestPixels()
                        + " pixels")
            .with(
                "first pixel that pays",
                row ->
                    row.firstPaying().isPresent()
                        ? PageText.quantity(
                            row.firstPaying(), row.firstPayingLow(), row.firstPayingHigh())
                        : "none of " + row.longest())
            .with(
                "paths that lead below white",
                row ->
                    row.out()
                        + " of "
                        + row.paths()
                        + (row.outPixels().isPresent()
                            ? ", from " + PageText.quantity(row.outPixels()) + " pixels on"
                            : "")),
        "The valley between white and the middle half: black pixels are added there one by"
            + " one, at random or the cheapest of 12 candidates. Depth is the largest mean"
            + " cost, length the number of the first pixel that lowers the mean cost. The"
            + " shallowest path is the one whose largest cost is smallest.");
  }

  Optional<DataTable> times() throws IOException {
    return folder.table(
        experiment + "/",
        EntryTimeRow.TABLE,
        rows -> rows.stream().sorted(Comparator.comparingDouble(EntrySummaries::order)).toList(),
        model ->
            Columns.of(EntryTimeRow.class)
                .with("search", EntryTimeRow::arm)
                .with(
                    "images expected",
                    row ->
                        row.within().isPresent() && row.expected().isEmpty()
                            ? "never"
                            : (row.atLeast() ? "at least " : "")
                                + PageText.quantity(row.expected()))
                .with("by", EntrySummaries::by)
                .with("runs that entered", row -> row.entered() + " of " + row.runs())
                .with("images seen, median", EntrySummaries::seen),
        "Images scored until a search first keeps an image that is better than white and has"
            + " a black pixel in the middle half. The expectation for searches held there is a"
            + " jump by their own edits. Where worse images are accepted, it is a walk along"
            + " the cheapest paths with the search's own edits and temperatures, which takes"
            + " longer the deeper the valley is (after Oliveto and others, 2018). On planted"
            + " valleys these walks took 0.5 to 2 times as long as expected. Rows are in the"
            + " expected order; free searches, which have no expectation, come last.");
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
    return folder.table(
        experiment + "/",
        ReleaseRow.TABLE,
        EntrySummaries::corners,
        model ->
            Columns.of(ReleaseRow.class)
                .with("arm", ReleaseRow::arm)
                .with("counted by", row -> row.by().replace('-', ' '))
                .with("at", ReleaseRow::at)
                .with("runs", ReleaseRow::runs)
                .with("p(cat)", row -> PageText.interval(row.pCat(), row.pCatLow(), row.pCatHigh()))
                .with(
                    "score, nats",
                    row -> PageText.interval(row.loss(), row.lossLow(), row.lossHigh()))
                .with(
                    "pixels",
                    row -> PageText.quantity(row.pixels(), row.pixelsLow(), row.pixelsHigh())),
        "The best image so far: at the release, at generation 3,000 if runs last that long,"
            + " at the end, and at half and all of the scored images. The score is"
            + " cross-entropy plus λ times the number of pixels; lower is better. Means over"
            + " runs with 95 % intervals.");
  }

  private static List<ReleaseRow> corners(List<ReleaseRow> rows) {
    return rows.stream().filter(row -> isCorner(row, last(rows, row.by()))).toList();
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
