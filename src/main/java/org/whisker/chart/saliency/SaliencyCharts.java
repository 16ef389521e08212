package org.whisker.chart.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.FolderMap;
import org.whisker.saliency.result.FolderPicture;
import org.whisker.saliency.result.LayerRow;
import org.whisker.saliency.result.SaliencyFolder;

/**
 * The charts of a saliency job: in the folder of each image the charts of its maps, {@code
 * layers.png} and the charts of the tests, and {@code gallery.png} for all.
 */
public final class SaliencyCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!SaliencyFolder.isIn(folder)) {
      return;
    }
    SaliencyFolder saliency = SaliencyFolder.read(folder);
    for (FolderMap map : saliency.maps()) {
      SaliencyFigures.write(map, files);
    }
    for (Map.Entry<String, Path> picture : saliency.folders().entrySet()) {
      layers(picture.getKey(), picture.getValue(), files);
    }
    Optional<FaithfulnessTables> tested = FaithfulnessTables.read(folder);
    if (tested.isPresent()) {
      tests(saliency, tested.get(), files);
    }
    new SaliencyGallery(saliency).write(folder, files);
  }

  private static void layers(String picture, Path folder, ChartFiles files) throws IOException {
    List<LayerRow> rows = LayerRow.TABLE.readIfThere(LayerRow.file(folder));
    if (!rows.isEmpty()) {
      files.write(
          folder, "layers", LayerStrips.of(picture + ": layers from their border inwards", rows));
    }
  }

  private static void tests(SaliencyFolder saliency, FaithfulnessTables tested, ChartFiles files)
      throws IOException {
    for (FolderPicture picture : saliency.pictures()) {
      FaithfulnessTables own = tested.of(picture.name());
      Map<String, Drawing> charts = FaithfulnessFigures.charts(saliency.of(picture), own);
      for (Map.Entry<String, Drawing> chart : charts.entrySet()) {
        files.write(picture.folder(), chart.getKey(), chart.getValue());
      }
    }
  }
}
