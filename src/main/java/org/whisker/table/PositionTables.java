package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.CsvWriter;
import org.whisker.position.LogRatio;
import org.whisker.position.NullBand;
import org.whisker.position.PartDensity;
import org.whisker.position.Placement;
import org.whisker.table.position.DensityBinRow;
import org.whisker.table.position.ResidueRow;
import org.whisker.table.position.ResidueTestRow;

/** The tables of one condition, besides its maps. */
public final class PositionTables {
  private PositionTables() {}

  public static void write(Path folder, Placement placement) throws IOException {
    edgeIndices(folder.resolve("edge_index.csv"), placement.edgeIndices());
    DensityBinRow.TABLE.write(
        folder.resolve(DensityBinRow.FILE), DensityBinRow.of(placement.profile()));
    parts(folder.resolve("sides.csv"), placement.parts());
    ResidueRow.TABLE.write(folder.resolve(ResidueRow.FILE), ResidueRow.of(placement.residues()));
    ResidueTestRow.TABLE.write(
        folder.resolve(ResidueTestRow.FILE), ResidueTestRow.of(placement.residues()));
    logRatio(folder.resolve("log_ratio.csv"), placement.logRatio());
  }

  private static void edgeIndices(Path file, List<Double> indices) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, List.of("run_with_black_pixels", "edge_index"))) {
      for (int i = 0; i < indices.size(); i++) {
        csv.row(i + 1, indices.get(i));
      }
      csv.finish();
    }
  }

  private static void parts(Path file, List<PartDensity> parts) throws IOException {
    List<String> header =
        List.of("part", "density", "ci_low", "ci_high", "by_chance", "p_value", "p_holm");
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (PartDensity part : parts) {
        csv.row(
            part.name(),
            part.mean(),
            part.ciLow(),
            part.ciHigh(),
            part.chance(),
            part.p(),
            part.pHolm());
      }
      csv.finish();
    }
  }

  /** {@code outside} is 1 above the pointwise band, −1 below it, 0 within. */
  private static void logRatio(Path file, LogRatio ratio) throws IOException {
    List<String> header = new ArrayList<>(List.of("x", "y", "log2_ratio"));
    if (ratio.band().isPresent()) {
      header.addAll(List.of("null_low", "null_high", "outside"));
    }
    Canvas canvas = ratio.ratio().canvas();
    double[] values = ratio.ratio().values();
    double[] low = ratio.band().map(NullBand::low).map(PositionTables::log2).orElse(values);
    double[] high = ratio.band().map(NullBand::high).map(PositionTables::log2).orElse(values);
    int[] outside = new int[values.length];
    mark(outside, ratio.above(), 1);
    mark(outside, ratio.below(), -1);
    try (CsvWriter csv = CsvWriter.create(file, header)) {
      for (int i = 0; i < values.length; i++) {
        if (ratio.band().isPresent()) {
          csv.row(canvas.x(i), canvas.y(i), values[i], (float) low[i], (float) high[i], outside[i]);
        } else {
          csv.row(canvas.x(i), canvas.y(i), values[i]);
        }
      }
      csv.finish();
    }
  }

  private static double[] log2(org.whisker.position.PixelMap density) {
    return Arrays.stream(density.values()).map(LogRatio::log2).toArray();
  }

  private static void mark(int[] outside, BlackPixels region, int as) {
    for (int i = 0; i < region.count(); i++) {
      outside[region.get(i)] = as;
    }
  }
}
