package org.whisker.feature.explain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
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
            .with("p(target)", row -> PageText.number(row.pTarget(), 2))
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
                .with(
                    "p(target)",
                    row -> PageText.interval(row.pTarget(), row.pTargetLow(), row.pTargetHigh()))
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
