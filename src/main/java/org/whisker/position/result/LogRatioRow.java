package org.whisker.position.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.LogRatio;
import org.whisker.position.NullBand;
import org.whisker.position.PixelMap;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.table.Table.TableWriter;

/**
 * A row of a condition's {@code log_ratio.csv}, in row-major order: the smoothed density at a pixel
 * compared with chance. A canvas too large for a null distribution has only the first three
 * columns.
 */
public record LogRatioRow(
    int x,
    int y,
    @Column(unit = "log2", meaning = "log2 of the density relative to a uniform one")
        double log2Ratio,
    @Column(
            unit = "log2",
            optional = true,
            single = true,
            meaning = "lower end of the pointwise 95 % band of random maps, on the same " + "scale")
        OptionalDouble nullLow,
    @Column(unit = "log2", optional = true, single = true, meaning = "upper end of this band")
        OptionalDouble nullHigh,
    @Column(optional = true, meaning = "1 above the band, −1 below it, 0 within it")
        OptionalInt outside) {
  public static final String FILE = "log_ratio.csv";
  public static final Table<LogRatioRow> TABLE = Table.of(LogRatioRow.class, FILE);

  private static final Table<LogRatioRow> WITHOUT_BAND =
      TABLE.without("null_low", "null_high", "outside");

  static void write(Path folder, LogRatio ratio) throws IOException {
    @Nullable NullBand band = ratio.band().orElse(null);
    Canvas canvas = ratio.ratio().canvas();
    double[] values = ratio.ratio().values();
    double[] low = band == null ? values : log2(band.low());
    double[] high = band == null ? values : log2(band.high());
    int[] outside = new int[values.length];
    mark(outside, ratio.above(), 1);
    mark(outside, ratio.below(), -1);
    Table<LogRatioRow> table = band == null ? WITHOUT_BAND : TABLE;
    try (TableWriter<LogRatioRow> rows = table.writer(folder.resolve(FILE))) {
      for (int i = 0; i < values.length; i++) {
        rows.row(
            new LogRatioRow(
                canvas.x(i),
                canvas.y(i),
                values[i],
                OptionalDouble.of(low[i]),
                OptionalDouble.of(high[i]),
                OptionalInt.of(outside[i])));
      }
      rows.finish();
    }
  }

  private static double[] log2(PixelMap density) {
    return Arrays.stream(density.values()).map(LogRatio::log2).toArray();
  }

  private static void mark(int[] outside, BlackPixels region, int as) {
    for (int i = 0; i < region.count(); i++) {
      outside[region.get(i)] = as;
    }
  }

  /**
   * The pixels on one side of the band.
   *
   * @param side 1 above, −1 below
   */
  public static BlackPixels outside(Canvas canvas, List<LogRatioRow> rows, int side) {
    return BlackPixels.of(
        canvas,
        rows.stream()
            .filter(row -> row.outside.orElse(0) == side)
            .mapToInt(row -> canvas.index(row.x, row.y))
            .toArray());
  }
}
