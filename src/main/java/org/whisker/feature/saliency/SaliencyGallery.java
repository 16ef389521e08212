package org.whisker.feature.saliency;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;

/**
 * All maps of a job, a row an image and a column a method; the maps of a method share one scale.
 *
 * @param folder the folder of the job
 */
record SaliencyGallery(SaliencyFolder folder) {
  private static final int MOST_PICTURES = 8;
  private static final int CELL = 144;

  /** Methods are broken into blocks of this width, and pictures into files of this height. */
  private static final int WIDE = 1100;

  private static final int HIGH = 1600;
  private static final int PITCH = 154;
  private static final int NAMES = 80;

  /** The colouring of a method's maps. */
  MapLook look(String method) {
    return MapLook.of(folder.of(method).stream().map(FolderMap::map).toList());
  }

  /** How many pictures there are in a file, so that it fits a page. */
  private int perFile() {
    int across = (WIDE - NAMES) / PITCH;
    int blocks = (folder.methods().size() + across) / across; // and the pictures
    return Math.max(1, Math.min(MOST_PICTURES, (HIGH / blocks - NAMES) / PITCH));
  }

  /** The names of its files without their ends. */
  List<String> stems() {
    List<String> stems = new ArrayList<>();
    for (int from = 0; from < folder.pictures().size(); from += perFile()) {
      stems.add(from == 0 ? "gallery" : "gallery-" + (stems.size() + 1));
    }
    return stems;
  }

  /**
   * Writes {@code gallery}; with many images, the first ones, and the others as {@code gallery-2}
   * and so on, on the same scales.
   */
  void write(Path target, ChartFiles to) throws IOException {
    Map<String, MapLook> looks = new LinkedHashMap<>();
    folder.methods().forEach(method -> looks.put(method, look(method)));
    boolean own = to.request().ownScales();
    List<SaliencyFolder.Picture> all = folder.pictures();
    int from = 0;
    for (String name : stems()) {
      List<SaliencyFolder.Picture> some = all.subList(from, Math.min(all.size(), from + perFile()));
      to.write(target, name, grid(some, looks, own).within(WIDE));
      from += perFile();
    }
  }

  private Grid grid(List<SaliencyFolder.Picture> some, Map<String, MapLook> looks, boolean own) {
    List<Grid.Name> columns = new ArrayList<>(List.of(new Grid.Name("picture", "")));
    looks.forEach((method, look) -> columns.add(new Grid.Name(method, own ? "" : look.ends())));
    List<Grid.Line> rows = new ArrayList<>();
    for (SaliencyFolder.Picture picture : some) {
      List<Drawing> cells = new ArrayList<>();
      cells.add(Framed.ofWidth(CellImage.of(picture.pixels()), CELL));
      looks.forEach((method, look) -> cells.add(cell(picture, method, look, own)));
      rows.add(new Grid.Line(new Grid.Name(picture.name(), picture.score()), cells, null));
    }
    return new Grid("What " + folder.model() + " looks at", columns, rows, notes(own));
  }

  private static List<String> notes(boolean own) {
    return List.of(
        "Blue speaks for cat, red against it; maps from white to brown have no sign.",
        own
            ? "Each map has a scale of its own, whose ends stand below it, in the unit of its"
                + " table."
            : "The maps of a method share one scale, whose ends stand below its name, in the unit"
                + " of its table; a few stronger pixels may exceed them.");
  }

  private Drawing cell(SaliencyFolder.Picture picture, String method, MapLook shared, boolean own) {
    Optional<FolderMap> map =
        folder.of(picture).stream().filter(each -> each.method().equals(method)).findFirst();
    if (map.isEmpty()) {
      return Swatch.of(Color.WHITE, "", "not for this picture", false, CELL, CELL);
    }
    MapLook look = own ? MapLook.of(List.of(map.get().map())) : shared;
    Drawing framed = Framed.ofWidth(SaliencyFigures.map(map.get().map(), look), CELL);
    return own ? new Captioned(framed, List.of(look.ends())) : framed;
  }
}
