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
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.Layout;
import org.whisker.table.ChartRequest.Overlay.Style;

/**
 * All maps of a job over their pictures, a row an image and a column a method; the maps of a method
 * share one scale.
 *
 * @param folder the folder of the job
 */
record SaliencyGallery(SaliencyFolder folder) {
  private static final int MOST_PICTURES = 8;
  private static final int CELL = 144;

  /** Methods are broken into blocks of this width, and pictures into files of this height. */
  static final int WIDE = 1100;

  private static final int HIGH = 1600;
  private static final int PITCH = 154;
  private static final int NAMES = 80;

  /** The colouring of a method's maps. */
  MapLook look(String method) {
    return MapLook.of(folder.of(method).stream().map(FolderMap::map).toList());
  }

  private Map<String, MapLook> looks() {
    Map<String, MapLook> looks = new LinkedHashMap<>();
    folder.methods().forEach(method -> looks.put(method, look(method)));
    return looks;
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
    Map<String, MapLook> looks = looks();
    ChartRequest asked = to.request();
    List<SaliencyFolder.Picture> all = folder.pictures();
    int from = 0;
    for (String name : stems()) {
      List<SaliencyFolder.Picture> some = all.subList(from, Math.min(all.size(), from + perFile()));
      to.write(target, name, grid(some, looks, asked).within(WIDE));
      from += perFile();
    }
  }

  /** Writes {@code figure} where one of methods is asked for. */
  void writeFigure(Path target, ChartFiles to) throws IOException {
    Optional<Layout> layout = to.request().layout().filter(asked -> !asked.isOfModels());
    if (layout.isPresent()) {
      MapFigure.ofMethods(folder, looks(), layout.get(), target, to);
    }
  }

  /** The first of its files as a drawing, for a page. */
  Drawing first(ChartRequest asked) throws IOException {
    Map<String, MapLook> looks = looks();
    List<SaliencyFolder.Picture> all = folder.pictures();
    return grid(all.subList(0, Math.min(all.size(), perFile())), looks, asked).within(WIDE);
  }

  private Grid grid(
      List<SaliencyFolder.Picture> some, Map<String, MapLook> looks, ChartRequest asked)
      throws IOException {
    List<Grid.Line> rows = new ArrayList<>();
    for (SaliencyFolder.Picture picture : some) {
      Grid.Name name = new Grid.Name(picture.name(), picture.score());
      rows.add(line(name, picture, looks, asked));
    }
    return new Grid(
        "What " + folder.model() + " looks at", columns(looks, asked), rows, notes(asked));
  }

  /** A picture and its maps, a column each of {@link #columns}. */
  Grid.Line line(
      Grid.Name name,
      SaliencyFolder.Picture picture,
      Map<String, MapLook> looks,
      ChartRequest asked)
      throws IOException {
    List<Drawing> cells = new ArrayList<>();
    cells.add(Framed.ofWidth(CellImage.of(picture.pixels()), CELL));
    for (Map.Entry<String, MapLook> look : looks.entrySet()) {
      cells.add(cell(picture, look.getKey(), look.getValue(), asked));
    }
    return new Grid.Line(name, cells, null);
  }

  /** The picture, then a column a method, with the ends of its scale. */
  static List<Grid.Name> columns(Map<String, MapLook> looks, ChartRequest asked) {
    List<Grid.Name> columns = new ArrayList<>(List.of(new Grid.Name("picture", "")));
    looks.forEach(
        (method, look) -> columns.add(new Grid.Name(method, asked.ownScales() ? "" : look.ends())));
    return columns;
  }

  static List<String> notes(ChartRequest asked) {
    return List.of(
        legend(asked.overlay().style()),
        asked.ownScales()
            ? "Each map has a scale of its own, whose ends stand below it, in the unit of its"
                + " table."
            : "The maps of a method share one scale, whose ends stand below its name, in the unit"
                + " of its table; a few stronger pixels may exceed them.");
  }

  private static String legend(Style style) {
    String brown = "brown: strong, of a method without signs.";
    return switch (style) {
      case SIGNED -> "Red: for the target; blue: against it; " + brown;
      case POSITIVE -> "Red: for the target; what is against it is not shown; " + brown;
      case CONTOUR ->
          "Lines are around half of a map's largest value. Red: for the target; blue: against it; "
              + brown;
    };
  }

  Drawing cell(SaliencyFolder.Picture picture, String method, MapLook shared, ChartRequest asked)
      throws IOException {
    Optional<FolderMap> map =
        folder.of(picture).stream().filter(each -> each.method().equals(method)).findFirst();
    if (map.isEmpty()) {
      return Swatch.of(Color.WHITE, "", "not for this picture", false, CELL, CELL);
    }
    boolean own = asked.ownScales();
    MapLook look = own ? MapLook.of(List.of(map.get().map())) : shared;
    Drawing framed = over(map.get(), look, asked);
    return own ? new Captioned(framed, List.of(look.ends())) : framed;
  }

  private static Drawing over(FolderMap map, MapLook look, ChartRequest asked) throws IOException {
    return new MapOverlay(look, asked.overlay())
        .framed(map, (double) CELL / map.map().canvas().width());
  }

  private static String shortened(String name) {
    return name.length() <= LETTERS ? name : name.substring(0, LETTERS - 1) + "…";
  }

  /** From so many pictures on there is a sheet of each method. */
  private static final int SHEET = 4;

  private static final int ACROSS = 6;
  private static final int GAP = 8;
  private static final int LETTERS = 20;
  private static final int MOST_ON_SHEET = 60;

  /**
   * Writes {@code sheet-METHOD} of a folder of pictures: all of them under the maps of a method, on
   * one scale, the further ones as {@code sheet-METHOD-2} and so on.
   */
  void writeSheets(Path target, ChartFiles to) throws IOException {
    if (folder.pictures().size() < SHEET) {
      return;
    }
    for (String method : folder.methods()) {
      List<FolderMap> maps = folder.of(method);
      MapLook look = look(method);
      for (int from = 0; from < maps.size(); from += MOST_ON_SHEET) {
        List<Drawing> cells = new ArrayList<>();
        for (FolderMap map : maps.subList(from, Math.min(maps.size(), from + MOST_ON_SHEET))) {
          SaliencyFolder.Picture picture = map.picture();
          cells.add(
              new Captioned(
                  over(map, look, to.request()),
                  List.of(shortened(picture.name()), picture.score())));
        }
        String stem = "sheet-" + SaliencyFiles.stem(method);
        to.write(
            target,
            from == 0 ? stem : stem + "-" + (from / MOST_ON_SHEET + 1),
            new Captioned(
                Row.lines(ACROSS, GAP, GAP, cells),
                List.of(
                    folder.model() + ", " + method + ", all on one scale: " + look.ends() + ".",
                    new MapOverlay(look, to.request().overlay()).legend())));
      }
    }
  }
}
