package org.whisker.page.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.page.DataTable;
import org.whisker.page.PageText;
import org.whisker.page.Section;
import org.whisker.table.experiment.TrainedRow;
import org.whisker.table.sweep.SweptNetworkRow;

/** Networks that a sweep has trained: settings and figures on photos for testing. */
final class NetworkSection {
  private static final int MOST = 40;

  private NetworkSection() {}

  /** None without networks. */
  static Optional<Section> of(List<SweptNetworkRow> networks) {
    return networks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "networks",
                "Networks",
                "Networks that were trained",
                List.of(
                    "Each is a model in networks/ of the sweep's folder; models:"
                        + " [SWEEP/networks/*] of another spec names all."),
                List.of(),
                List.of(table(networks)),
                List.of()));
  }

  private static DataTable table(List<SweptNetworkRow> networks) {
    List<List<String>> rows =
        networks.stream()
            .sorted(
                Comparator.comparingDouble((SweptNetworkRow row) -> -row.trained().testAccuracy()))
            .limit(MOST)
            .map(NetworkSection::cells)
            .toList();
    return new DataTable(
        List.of(
            "network", "options", "seed", "epochs", "accuracy", "cats", "others", "AUC", "white"),
        rows,
        (rows.size() < networks.size()
                ? "The %d of highest test accuracy, of %d.".formatted(MOST, networks.size())
                : "By test accuracy.")
            + " Cats, others: the share of them that is recognised; white: p(cat) of white.",
        SweptNetworkRow.FILE);
  }

  private static List<String> cells(SweptNetworkRow row) {
    TrainedRow trained = row.trained();
    return List.of(
        trained.network(),
        row.options(),
        Long.toString(trained.seed()),
        Integer.toString(trained.epochs()),
        share(trained.testAccuracy()),
        share(trained.recallCat()),
        share(trained.recallNotCat()),
        share(trained.rocAuc()),
        share(trained.whiteCatProbability()));
  }

  private static String share(double value) {
    return PageText.number(OptionalDouble.of(value), 3);
  }
}
