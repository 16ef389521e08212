package org.whisker.feature.saliency;

import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.MatrixPlot.Swatch;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.table.ChartRequest;
import org.whisker.table.ChartRequest.Layout;

/**
 * A figure for a paper, as {@link Layout} says: photos against methods, or against models. It has
 * no title, since the paper has a caption. In a narrow column its maps are smaller, and its type is
 * not.
 *
 * @param photos the names of what is explained, in rows or columns
 * @param others the names of what its maps are by
 * @param cells of each photo, the photo itself before its maps
 * @param notes what colours mean
 */
record MapFigure(
    boolean photosInRows,
    List<Grid.Name> photos,
    List<Grid.Name> others,
    List<List<Cell>> cells,
    List<String> notes)
    implements Drawing {
  private static final int CELL = 144;
  private static final int SMALLEST = 48;
  private static final int STEP = 4;

  /** Room for notes, in units. */
  private static final int LEAST = 400;

  /** Of a photo's name, in a row and in a column, which is narrower. */
  private static final int LETTERS = 20;

  private static final int LETTERS_ABOVE = 12;

  /** What fits a page; further photos have a file of their own. */
  private static final int MOST_ROWS = 10;

  private static final int MOST_COLUMNS = 6;

  /**
   * A picture or a map.
   *
   * @param picture null where there is none
   * @param below a line below it; may be empty
   */
  record Cell(@Nullable Framed picture, String below) {
    private Drawing drawing(int size, boolean told) {
      if (picture == null) {
        return Swatch.of(Color.WHITE, "", "none", false, size, size);
      }
      Framed sized = Framed.ofWidth(picture.cells(), size);
      Drawing framed = new Framed(picture.cells(), sized.zoom(), picture.overlays());
      return told ? new Captioned(framed, List.of(below)) : framed;
    }
  }

  /** Writes {@code figure} of the maps of one model, all methods in it. */
  static void ofMethods(
      SaliencyFolder folder, Map<String, MapLook> looks, Layout layout, Path target, ChartFiles to)
      throws IOException {
    int page = 0;
    for (List<SaliencyFolder.Picture> some : pages(folder.pictures(), layout)) {
      List<List<Cell>> cells = new ArrayList<>();
      for (SaliencyFolder.Picture picture : some) {
        List<Cell> line = new ArrayList<>(List.of(photo(List.of(folder), picture.name())));
        for (Map.Entry<String, MapLook> look : looks.entrySet()) {
          line.add(cell(folder, picture.name(), look, to.request(), own -> ""));
        }
        cells.add(line);
      }
      MapFigure figure =
          new MapFigure(
              layout.hasPhotosInRows(),
              some.stream()
                  .map(each -> new Grid.Name(shortened(each.name(), layout), each.score()))
                  .toList(),
              SaliencyGallery.columns(looks, to.request()),
              cells,
              SaliencyGallery.notes(to.request()));
      to.write(target, stem("figure", page++), figure);
    }
  }

  /** Writes {@code figure-METHOD} of the maps of several models, a file a method. */
  static void ofModels(
      List<SaliencyFolder> models,
      List<String> photos,
      Map<String, MapLook> looks,
      Layout layout,
      Path target,
      ChartFiles to)
      throws IOException {
    for (Map.Entry<String, MapLook> look : looks.entrySet()) {
      int page = 0;
      for (List<String> some : pages(photos, layout)) {
        MapFigure figure = ofMethod(models, some, look, layout, to.request());
        to.write(target, stem("figure-" + SaliencyFiles.stem(look.getKey()), page++), figure);
      }
    }
  }

  private static MapFigure ofMethod(
      List<SaliencyFolder> models,
      List<String> photos,
      Map.Entry<String, MapLook> look,
      Layout layout,
      ChartRequest asked)
      throws IOException {
    List<Grid.Name> names = new ArrayList<>(List.of(new Grid.Name("picture", "")));
    models.forEach(model -> names.add(new Grid.Name(model.model(), "")));
    List<List<Cell>> cells = new ArrayList<>();
    for (String photo : photos) {
      List<Cell> line = new ArrayList<>();
      for (SaliencyFolder model : models) {
        line.add(cell(model, photo, look, asked, SaliencyFolder.Picture::score));
      }
      line.add(0, photo(models, photo));
      cells.add(line);
    }
    String scale = asked.ownScales() ? "" : ", all on one scale: " + look.getValue().ends();
    return new MapFigure(
        layout.hasPhotosInRows(),
        photos.stream().map(each -> new Grid.Name(shortened(each, layout), "")).toList(),
        names,
        cells,
        List.of(
            look.getKey() + scale + ".",
            new MapOverlay(look.getValue(), asked.overlay()).legend()));
  }

  /** The photo as the first of the models that has maps of it was shown it. */
  private static Cell photo(List<SaliencyFolder> models, String name) {
    return models.stream()
        .flatMap(model -> model.pictures().stream())
        .filter(picture -> picture.name().equals(name))
        .findFirst()
        .map(picture -> new Cell(Framed.ofWidth(CellImage.of(picture.pixels()), CELL), ""))
        .orElseThrow();
  }

  private static Cell cell(
      SaliencyFolder folder,
      String photo,
      Map.Entry<String, MapLook> look,
      ChartRequest asked,
      Function<SaliencyFolder.Picture, String> below)
      throws IOException {
    for (FolderMap map : folder.of(look.getKey())) {
      if (map.picture().name().equals(photo)) {
        boolean own = asked.ownScales();
        MapLook used = own ? MapLook.of(List.of(map.map())) : look.getValue();
        double zoom = (double) CELL / map.map().canvas().width();
        return new Cell(
            new MapOverlay(used, asked.overlay()).framed(map, zoom),
            own ? used.ends() : below.apply(map.picture()));
      }
    }
    return new Cell(null, "");
  }

  /** As many photos as go on a page. */
  private static <T> List<List<T>> pages(List<T> photos, Layout layout) {
    int most = layout.hasPhotosInRows() ? MOST_ROWS : MOST_COLUMNS;
    List<List<T>> pages = new ArrayList<>();
    for (int from = 0; from < photos.size(); from += most) {
      pages.add(photos.subList(from, Math.min(photos.size(), from + most)));
    }
    return pages;
  }

  private static String stem(String name, int page) {
    return page == 0 ? name : name + "-" + (page + 1);
  }

  /** A name without its middle, since the ends of files' names tell them apart. */
  private static String shortened(String name, Layout layout) {
    int most = layout.hasPhotosInRows() ? LETTERS : LETTERS_ABOVE;
    return name.length() <= most
        ? name
        : name.substring(0, most / 2 - 1) + "…" + name.substring(name.length() - most / 2);
  }

  private Grid grid(int size, List<String> told) {
    // a line below any map is left free below all, so that they stand in line
    boolean below = cells.stream().flatMap(List::stream).anyMatch(cell -> !cell.below.isEmpty());
    List<Grid.Name> rows = photosInRows ? photos : others;
    List<Grid.Name> columns = photosInRows ? others : photos;
    List<Grid.Line> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<Drawing> line = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        Cell cell = photosInRows ? cells.get(row).get(column) : cells.get(column).get(row);
        line.add(cell.drawing(size, below));
      }
      lines.add(new Grid.Line(rows.get(row), line, null));
    }
    return new Grid("", columns, lines, told);
  }

  /** In one piece: where the smallest maps have no room, it stays wider. */
  @Override
  public Drawing within(int width) {
    int size = CELL;
    while (size > SMALLEST && grid(size, List.of()).width() > width) {
      size -= STEP;
    }
    return grid(size, notes).within(Math.max(width, grid(size, List.of()).width()));
  }

  private Drawing natural() {
    return within(Math.max(LEAST, grid(CELL, List.of()).width()));
  }

  @Override
  public int width() {
    return natural().width();
  }

  @Override
  public int height() {
    return natural().height();
  }

  @Override
  public void paint(Graphics2D g) {
    natural().paint(g);
  }
}
