package org.whisker.study.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.image.EdgeBins;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.EdgeContrast;
import org.whisker.saliency.PhotoMaps;
import org.whisker.saliency.result.EdgeContrastRow;
import org.whisker.saliency.result.MapEdgeRow;
import org.whisker.saliency.result.MeanProfileRow;
import org.whisker.saliency.result.PhotoMapRow;

/**
 * What the maps of many photos come to, from the rows of {@code photos.csv}.
 *
 * @param profiles a row a bin of each model, group and method
 * @param edges a row a model, group and method
 * @param contrasts between groups, and between models
 */
record PhotoSummaryTables(
    List<MeanProfileRow> profiles, List<MapEdgeRow> edges, List<EdgeContrastRow> contrasts) {
  /**
   * Summarises.
   *
   * @param rows one a map of the plan, in its order
   */
  static PhotoSummaryTables of(PhotoPlan plan, List<PhotoMapRow> rows, long seed) {
    List<MeanProfileRow> profiles = new ArrayList<>();
    List<MapEdgeRow> edges = new ArrayList<>();
    List<PhotoMaps> all = new ArrayList<>();
    int from = 0;
    for (PhotoPlan.OfModel model : plan.models()) {
      for (PhotoPlan.Cell cell : model.cells()) {
        int made = model.groups().get(cell.group()).pictures().size();
        PhotoMaps maps = maps(model, cell, rows.subList(from, from + made));
        from += made;
        SplitMix64 random = SplitMix64.stream(seed, "saliency of photos", edges.size());
        profiles.addAll(MeanProfileRow.of(maps, EdgeBins.of(model.canvas()).bins()));
        edges.add(MapEdgeRow.of(maps, made, maps.edgeIndex(random)));
        all.add(maps);
      }
    }
    return new PhotoSummaryTables(
        profiles, edges, EdgeContrast.all(all, seed).stream().map(EdgeContrastRow::of).toList());
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
    MeanProfileRow.TABLE.write(folder.resolve(MeanProfileRow.FILE), profiles);
    MapEdgeRow.TABLE.write(folder.resolve(MapEdgeRow.FILE), edges);
    EdgeContrastRow.TABLE.write(folder.resolve(EdgeContrastRow.FILE), contrasts);
  }
}
