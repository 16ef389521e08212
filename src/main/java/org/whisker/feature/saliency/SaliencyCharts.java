package org.whisker.feature.saliency;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.LaneMark;
import org.whisker.chart.kit.lane.Lanes;
import org.whisker.chart.kit.lane.Lanes.LaneRow;
import org.whisker.chart.kit.lane.ValueAxis;
import org.whisker.parallel.Crew;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.SaliencyFiles.LayerRow;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * The charts of a saliency job: in the folder of each image the charts of its maps, {@code
 * layers.png} and the charts of the tests, and for all {@code gallery.png}, of many images a {@code
 * sheet-METHOD.png} of each method, and {@code figure.png} where a layout is asked for.
 */
public final class SaliencyCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    if (!SaliencyFolder.isIn(folder)) {
      return;
    }
    SaliencyFolder saliency = SaliencyFolder.read(folder);
    Optional<FaithfulnessTables> tested = FaithfulnessTables.read(folder);
    SaliencyGallery gallery = new SaliencyGallery(saliency);
    List<Writing> all = new ArrayList<>();
    for (FolderMap map : saliency.maps()) {
      all.addAll(SaliencyFigures.of(map, files));
    }
    saliency.folders().forEach((name, of) -> all.add(() -> layers(name, of, files)));
    tested.ifPresent(tables -> all.add(() -> tests(saliency, tables, files)));
    all.add(() -> gallery.write(folder, files));
    all.add(() -> gallery.writeSheets(folder, files));
    all.add(() -> gallery.writeFigure(folder, files));
    int threads = Math.min(all.size(), Runtime.getRuntime().availableProcessors());
    Crew.runAll(threads, all.stream().map(Writing::task).toList(), IOException.class);
  }

  /** Draws and writes charts that share nothing which changes with other charts. */
  interface Writing {
    void write() throws IOException;

    private Crew.Task<Boolean> task() {
      return ended -> {
        write();
        return true;
      };
    }
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
    for (SaliencyFolder.Picture picture : saliency.pictures()) {
      FaithfulnessTables own = tested.of(picture.name());
      Map<String, Drawing> charts = FaithfulnessFigures.charts(saliency.of(picture), own);
      for (Map.Entry<String, Drawing> chart : charts.entrySet()) {
        files.write(picture.folder(), chart.getKey(), chart.getValue());
      }
    }
  }

  /**
   * Layers below each other, the input's first; each is a strip from its border (left) to its
   * centre (right), coloured by the strength of each ring relative to the whole layer, with one
   * step per doubling.
   */
  public record LayerStrips(String title, Map<String, List<LayerRow>> layers) implements Composed {
    private static final int GAP = 12;
    private static final int SHORTEST_BAR = 140;
    private static final Scale SCALE = Scale.symmetric(2, "doublings over the layer's mean");
    private static final ValueAxis RANK = ValueAxis.linear("edge rank u in the layer", 0, 1);

    public LayerStrips {
      layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
      Checks.refuse(layers.isEmpty(), "no layer to draw");
    }

    /** Strips of a table whose rows are in the order of the layers. */
    public static LayerStrips of(String title, List<LayerRow> rows) {
      Map<String, List<LayerRow>> layers = Table.by(rows, LayerRow::layer);
      return new LayerStrips(title, layers);
    }

    @Override
    public Drawing drawing() {
      Lanes activation = lanes(title + ": mean |activation|", LayerRow::relativeActivation);
      Lanes energy = lanes("gradient energy", LayerRow::relativeEnergy);
      int high = Math.max(SHORTEST_BAR, activation.height() - 100);
      return new Captioned(
          Row.across(GAP, List.of(activation, energy, new ColorBar(SCALE, ColorMap.RATIO, high))),
          List.of(
              "Green: stronger than the layer's mean, purple: weaker, gray: nothing there. Gradient"
                  + " energy: squared derivative of the logit."));
    }

    private Lanes lanes(String heading, Function<LayerRow, OptionalDouble> value) {
      List<LaneRow> rows = new ArrayList<>();
      layers.forEach(
          (layer, rings) ->
              rows.add(LaneRow.of(layer, new LaneRow.Lane(parts(rings, value), "", Ink.MUTED))));
      return new Lanes(heading, List.of(), List.of(Lanes.Block.of(RANK, rows)), List.of());
    }

    /** The width of a ring is its share of the positions, since u is a rank. */
    private static List<LaneMark> parts(
        List<LayerRow> layer, Function<LayerRow, OptionalDouble> value) {
      double places = layer.stream().mapToInt(LayerRow::places).sum();
      List<LaneMark> parts = new ArrayList<>();
      int before = 0;
      for (LayerRow ring : layer) {
        int after = before + ring.places();
        parts.add(new LaneMark.Part(before / places, after / places, color(value.apply(ring))));
        before = after;
      }
      return parts;
    }

    private static Color color(OptionalDouble relative) {
      if (relative.isEmpty()) {
        return Ink.NOTHING;
      }
      double doublings = Math.log(Math.max(1e-12, relative.getAsDouble())) / Math.log(2);
      return new Color(ColorMap.RATIO.rgb(SCALE.position(doublings)));
    }
  }
}
