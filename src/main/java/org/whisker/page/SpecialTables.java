package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.io.CsvRow;

/**
 * Tables that some experiments have: prices, combs of strides, what moves otherwise do, networks.
 */
final class SpecialTables {
  private static final List<String> BY_DISTANCE = List.of("roll", "translate");

  private final ReportFolder folder;
  private final String experiment;

  SpecialTables(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  /** Makes a row of cells; null leaves it out. */
  private interface Cells {
    Optional<List<String>> of(String model, CsvRow row) throws IOException;
  }

  List<DataTable> all() throws IOException {
    List<DataTable> tables = new ArrayList<>();
    table(
            "price-ratio.csv",
            List.of("model", "quantity", "centre", "edge", "centre / edge, 95 % interval", "seeds"),
            SpecialTables::price,
            "What a cat costs when pixels are held to the middle or to the outer quarter of the canvas. Runs that reached no cat count with all that they used.")
        .ifPresent(tables::add);
    table(
            "move-curves.csv",
            List.of("model", "move", "step", "Δlogit, 95 % interval", "share of the evidence lost"),
            SpecialTables::move,
            "Patterns moved otherwise: mirrored, drawn to the middle (shrink: 1 is where it evolved), edge and centre swapped (invert), scattered. 100 % lost is as if nothing were drawn.")
        .ifPresent(tables::add);
    table(
            "stride-comb.csv",
            List.of(
                "model", "multiples of", "how many", "difference, 95 % interval", "p, corrected"),
            SpecialTables::comb,
            "Rolled by multiples of a stride, against rolls beside them: below 0, multiples lose less.")
        .ifPresent(tables::add);
    new NetworkTable(folder, experiment).table().ifPresent(tables::add);
    return tables;
  }

  private Optional<DataTable> table(String name, List<String> header, Cells cells, String caption)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + name;
      for (CsvRow row : folder.rows(file)) {
        cells.of(model, row).ifPresent(rows::add);
        csv = csv == null ? file : csv;
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataTable(header, rows, caption, csv));
  }

  private static Optional<List<String>> price(String model, CsvRow row) throws IOException {
    return Optional.of(
        List.of(
            model,
            row.text("quantity"),
            PageText.quantity(row.optionalNumber("centre")),
            PageText.quantity(row.optionalNumber("edge")),
            PageText.interval(row, "ratio", "ci_low", "ci_high"),
            row.text("seeds")));
  }

  private static Optional<List<String>> move(String model, CsvRow row) throws IOException {
    return BY_DISTANCE.contains(row.text("move"))
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.text("move"),
                PageText.quantity(row.optionalNumber("step")),
                PageText.interval(row, "delta_logit", "ci_low", "ci_high"),
                PageText.percent(row.optionalNumber("share_lost"))));
  }

  private static Optional<List<String>> comb(String model, CsvRow row) throws IOException {
    return Optional.of(
        List.of(
            model,
            row.text("modulus"),
            row.text("multiples"),
            PageText.interval(row, "difference", "ci_low", "ci_high"),
            PageText.p(row.optionalNumber("p_holm"))));
  }
}
