package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.PathBand;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code band.csv}: the distribution of p(cat) over the random orders at one position. */
public record BandRow(
    @Column(unit = "px", meaning = "number of changed pixels") double changed,
    @Column(value = "p_cat_", unit = "probability") Spread spread) {
  /** The name of the file. */
  public static final String FILE = "band.csv";

  public static final Table<BandRow> TABLE = Table.of(BandRow.class, FILE);

  /** Order statistics and the mean; quantiles interpolate linearly. */
  public record Spread(
      double min,
      double q05,
      double q25,
      double median,
      double q75,
      double q95,
      double max,
      double mean) {
    static Spread of(PathBand.Level at) {
      return new Spread(
          at.min(), at.q05(), at.q25(), at.median(), at.q75(), at.q95(), at.max(), at.mean());
    }
  }

  /** The rows of a band of p(cat). */
  public static List<BandRow> of(PathBand band) {
    return IntStream.range(0, band.levels().size())
        .mapToObj(i -> new BandRow(band.positions().get(i), Spread.of(band.levels().get(i))))
        .toList();
  }
}
