package org.whisker.chart.saliency;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.matrix.Swatch;
import org.whisker.table.saliency.FolderMap;
import org.whisker.table.saliency.FolderPicture;
import org.whisker.table.saliency.SaliencyFolder;

/**
 * All maps of a job in a grid of methods × images; the maps of a method share one scale.
 *
 * @param folder the folder of the job
 */
public record SaliencyGallery(SaliencyFolder folder) {
  private static final int ACROSS = 8;
  private static final int CELL = 144;

  /** The colouring of a method's maps. */
  public MapLook look(String method) {
    return MapLook.of(folder.of(method).stream().map(FolderMap::map).toList());
  }

  /** The names of its files without their ends, one per eight images. */
  public List<String> stems() {
    List<String> stems = new ArrayList<>();
    for (int from = 0; from < folder.pictures().size(); from += ACROSS) {
      stems.add(from == 0 ? "gallery" : "gallery-" + (from / ACROSS + 1));
    }
    return stems;
  }

  /**
   * Writes {@code gallery}; with many images, the first ones, and the others as {@code
   * gallery-2} and so on, on the same scales.
   */
  public void write(Path target, ChartFiles to) throws IOException {
    Map<String, MapLook> looks = new LinkedHashMap<>();
    folder.methods().forEach(method -> looks.put(method, look(method)));
    List<FolderPicture> all = folder.pictures();
    int from = 0;
    for (String name : stems()) {
      List<FolderPicture> some = all.subList(from, Math.min(all.size(), from + ACROSS));
      to.write(target, name, grid(some, looks));
      from += ACROSS;
    }
  }

  private Grid grid(List<FolderPicture> some, Map<String, MapLook> looks) {
    List<Framed> pictures =
        some.stream().map(p -> Framed.ofWidth(CellImage.gray(p.gray()), CELL)).toList();
    int high = pictures.stream().mapToInt(Framed::innerHeight).max().orElseThrow();
    List<Grid.Line> rows = new ArrayList<>();
    rows.add(new Grid.Line(new Grid.Name("picture", ""), pictures, null));
    looks.forEach(
        (method, look) ->
            rows.add(
                new Grid.Line(
                    new Grid.Name(method, look.scale().unit()),
                    some.stream().map(picture -> cell(picture, method, look)).toList(),
                    ColorBar.bare(look.scale(), look.colors(), high))));
    return new Grid(
        "What " + folder.model() + " looks at",
        some.stream().map(p -> new Grid.Name(p.name(), p.score())).toList(),
        rows,
        List.of(
            "Blue speaks for cat, red against it; maps from white to brown have no sign.",
            "The maps of a method share one scale, whose ends a few stronger pixels may exceed."));
  }

  private Drawing cell(FolderPicture picture, String method, MapLook look) {
    Optional<FolderMap> map =
        folder.of(picture).stream().filter(each -> each.method().equals(method)).findFirst();
    return map.isPresent()
        ? Framed.ofWidth(PictureCells.map(map.get().map(), look), CELL)
        : Swatch.of(Color.WHITE, "", "not for this picture", false, CELL, CELL);
  }
}
