package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.image.EdgeBins;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.EdgeContrast;
import org.whisker.saliency.PhotoMaps;
import org.whisker.saliency.result.PhotoMapRow;

/**
 * What the maps of many photos come to, from the rows of {@code photos.csv}.
 *
 * @param profiles a row a bin of each model, group and method
 * @param edges a row a model, group and method
 * @param contrasts between groups, and between models
 */
record PhotoSummaryTables(
    List<PhotoMapRow.MeanProfileRow> profiles,
    List<PhotoMapRow.EdgeIndexRow> edges,
    List<PhotoMapRow.ContrastRow> contrasts) {
  /**
   * Summarises.
   *
   * @param rows one a map of the plan, in its order
   */
  static PhotoSummaryTables of(PhotoPlan plan, List<PhotoMapRow> rows, long seed) {
    List<PhotoMapRow.MeanProfileRow> profiles = new ArrayList<>();
    List<PhotoMapRow.EdgeIndexRow> edges = new ArrayList<>();
    List<PhotoMaps> all = new ArrayList<>();
    int from = 0;
    for (PhotoPlan.OfModel model : plan.models()) {
      for (PhotoPlan.Cell cell : model.cells()) {
        int made = model.groups().get(cell.group()).pictures().size();
        PhotoMaps maps = maps(model, cell, rows.subList(from, from + made));
        from += made;
        SplitMix64 random = SplitMix64.stream(seed, "saliency of photos", edges.size());
        profiles.addAll(PhotoMapRow.MeanProfileRow.of(maps, EdgeBins.of(model.canvas()).bins()));
        edges.add(PhotoMapRow.EdgeIndexRow.of(maps, made, maps.edgeIndex(random)));
        all.add(maps);
      }
    }
    return new PhotoSummaryTables(
        profiles,
        edges,
        EdgeContrast.all(all, seed).stream().map(PhotoMapRow.ContrastRow::of).toList());
  }

  private static PhotoMaps maps(
      PhotoPlan.OfModel model, PhotoPlan.Cell cell, List<PhotoMapRow> rows) {
    return new PhotoMaps(
        model.name(),
        model.groups().get(cell.group()).name(),
        cell.method().label(),
        rows.stream().flatMap(row -> row.photo().stream()).toList());
  }

  void write(Path folder) throws IOException {
    PhotoMapRow.MeanProfileRow.TABLE.write(
        folder.resolve(PhotoMapRow.MeanProfileRow.FILE), profiles);
    PhotoMapRow.EdgeIndexRow.TABLE.write(folder.resolve(PhotoMapRow.EdgeIndexRow.FILE), edges);
    PhotoMapRow.ContrastRow.TABLE.write(folder.resolve(PhotoMapRow.ContrastRow.FILE), contrasts);
  }
}
