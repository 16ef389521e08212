package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.PathBand;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code logit-band.csv}: the distribution of the logit of not-cat over the random orders
 * at one position.
 */
public record LogitBandRow(
    @Column(unit = "px", meaning = "number of changed pixels") double changed,
    @Column(value = "logit_", unit = "logit") BandRow.Spread spread) {
  /** The name of the file. */
  public static final String FILE = "logit-band.csv";

  public static final Table<LogitBandRow> TABLE = Table.of(LogitBandRow.class, FILE);

  /** The rows of a band of the logit. */
  public static List<LogitBandRow> of(PathBand band) {
    return IntStream.range(0, band.levels().size())
        .mapToObj(
            i -> new LogitBandRow(band.positions().get(i), BandRow.Spread.of(band.levels().get(i))))
        .toList();
  }
}
