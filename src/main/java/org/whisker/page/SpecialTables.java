package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.experiment.MovePlots;
import org.whisker.table.Table;
import org.whisker.table.experiment.HarmAndHelpRow;
import org.whisker.table.experiment.ManipulationRow;
import org.whisker.table.experiment.MoveCurveRow;
import org.whisker.table.experiment.PriceRow;
import org.whisker.table.experiment.StrideCombRow;

/** Tables specific to some experiments: price ratios, stride combs, other moves, networks. */
final class SpecialTables {
  private final ReportFolder folder;
  private final String experiment;

  SpecialTables(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  /** The cells of a row; empty if the row is omitted. */
  private interface Cells<R extends Record> {
    Optional<List<String>> of(String model, R row);
  }

  List<DataTable> all() throws IOException {
    List<DataTable> tables = new ArrayList<>();
    table(
            PriceRow.FILE,
            PriceRow.TABLE,
            List.of("model", "quantity", "centre", "edge", "centre / edge, 95 % interval", "seeds"),
            SpecialTables::price,
            "Cost of reaching a cat when pixels are restricted to the central or the outer quarter"
                + " of the canvas. Runs that reached no cat count with all their evaluations and"
                + " pixels.")
        .ifPresent(tables::add);
    table(
            MoveCurveRow.FILE,
            MoveCurveRow.TABLE,
            List.of("model", "move", "step", "Δlogit, 95 % interval", "share of the evidence lost"),
            SpecialTables::move,
            "Patterns under other moves: mirrored, shrunk towards the centre (1 is the original"
                + " size), edge and centre exchanged (invert), scattered. A loss of 100 % is"
                + " equivalent to an empty canvas.")
        .ifPresent(tables::add);
    table(
            StrideCombRow.FILE,
            StrideCombRow.TABLE,
            List.of(
                "model", "multiples of", "how many", "difference, 95 % interval", "p, corrected"),
            SpecialTables::comb,
            "Rolls by multiples of a stride against neighbouring rolls: below 0, multiples lose"
                + " less.")
        .ifPresent(tables::add);
    table(
            HarmAndHelpRow.FILE,
            HarmAndHelpRow.TABLE,
            List.of(
                "model",
                "edge rank",
                "runs",
                "share that harm alone and help in place, 95 % interval",
                "alone",
                "in place"),
            SpecialTables::both,
            "Black pixels of the evolved images that push away from cat alone on white and towards it where they are: what the pattern does, no single pixel. The last columns are Δlogit of such pixels (below 0: towards cat).")
        .ifPresent(tables::add);
    new NetworkTable(folder, experiment).table().ifPresent(tables::add);
    table(
            ManipulationRow.FILE,
            ManipulationRow.TABLE,
            List.of(
                "model",
                "arms",
                "accuracy in place",
                "accuracy, shifted photos",
                "loss spared, 95 % interval",
                "p",
                "effect shown"),
            SpecialTables::manipulation,
            "Manipulation check: if training on shifted photos had the intended effect, shifting test"
                + " photos costs these networks less accuracy than the others. Units are photos;"
                + " without this effect, the experiment says nothing about training position.")
        .ifPresent(tables::add);
    return tables;
  }

  private <R extends Record> Optional<DataTable> table(
      String name, Table<R> table, List<String> header, Cells<R> cells, String caption)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + name;
      for (R row : folder.read(table, file)) {
        cells.of(model, row).ifPresent(rows::add);
        csv = csv == null ? file : csv;
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataTable(header, rows, caption, csv));
  }

  private static Optional<List<String>> price(String model, PriceRow row) {
    return Optional.of(
        List.of(
            model,
            row.quantity(),
            PageText.quantity(OptionalDouble.of(row.centre())),
            PageText.quantity(OptionalDouble.of(row.edge())),
            PageText.interval(
                OptionalDouble.of(row.ratio()),
                OptionalDouble.of(row.ciLow()),
                OptionalDouble.of(row.ciHigh())),
            Integer.toString(row.seeds())));
  }

  private static Optional<List<String>> manipulation(String model, ManipulationRow row) {
    return Optional.of(
        List.of(
            model,
            row.control() + ", " + row.treatment(),
            percents(row.controlAccuracy(), row.treatmentAccuracy()),
            percents(row.controlShiftedAccuracy(), row.treatmentShiftedAccuracy()),
            PageText.interval(
                OptionalDouble.of(row.spared()),
                OptionalDouble.of(row.ciLow()),
                OptionalDouble.of(row.ciHigh())),
            PageText.p(OptionalDouble.of(row.p())),
            row.shown() ? "yes" : "no"));
  }

  private static String percents(double control, double treatment) {
    return PageText.percent(OptionalDouble.of(control))
        + ", "
        + PageText.percent(OptionalDouble.of(treatment));
  }

  private static Optional<List<String>> move(String model, MoveCurveRow row) {
    return MovePlots.isByDistance(row)
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.move(),
                PageText.quantity(OptionalDouble.of(row.step())),
                PageText.interval(OptionalDouble.of(row.deltaLogit()), row.ciLow(), row.ciHigh()),
                PageText.percent(OptionalDouble.of(row.shareLost()))));
  }

  private static Optional<List<String>> both(String model, HarmAndHelpRow row) {
    return row.runs() == 0
        ? Optional.empty()
        : Optional.of(
            List.of(
                model,
                row.uTo() - row.uFrom() == 1
                    ? "all" + (row.cats() ? "" : " (no run is a cat)")
                    : PageText.quantity(OptionalDouble.of(row.uFrom()))
                        + " to "
                        + PageText.quantity(OptionalDouble.of(row.uTo())),
                Integer.toString(row.runs()),
                PageText.interval(row.share(), row.ciLow(), row.ciHigh()),
                PageText.quantity(row.aloneDeltaLogit()),
                PageText.quantity(row.evolvedDeltaLogit())));
  }

  private static Optional<List<String>> comb(String model, StrideCombRow row) {
    return Optional.of(
        List.of(
            model,
            Integer.toString(row.modulus()),
            Integer.toString(row.multiples()),
            PageText.interval(row.difference(), row.ciLow(), row.ciHigh()),
            PageText.p(row.pHolm())));
  }
}
