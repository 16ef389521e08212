package org.whisker.chart;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Swatch;
import org.whisker.saliency.Method;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.Methods;
import org.whisker.table.ExplainedMap;
import org.whisker.table.ExplainedPicture;

/**
 * All maps of a run beside each other, methods × pictures; those of a method share one scale.
 *
 * @param model that the maps explain
 * @param maps picture by picture, at least one
 */
public record SaliencyGallery(String model, List<ExplainedMap> maps) {
  private static final int ACROSS = 8;
  private static final int CELL = 144;

  public SaliencyGallery {
    maps = List.copyOf(maps);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("a gallery of no map");
    }
  }

  public List<ExplainedPicture> pictures() {
    return maps.stream().map(ExplainedMap::picture).distinct().toList();
  }

  /** The methods that any picture has, in their order. */
  public List<Method> methods() {
    return Methods.all().stream()
        .filter(method -> maps.stream().anyMatch(map -> map.attribution().method().equals(method)))
        .toList();
  }

  public List<ExplainedMap> of(Method method) {
    return maps.stream().filter(map -> map.attribution().method().equals(method)).toList();
  }

  public MapLook look(Method method) {
    return MapLook.of(of(method).stream().map(ExplainedMap::map).toList());
  }

  /**
   * Writes {@code gallery.png}; of many pictures the first ones, and the others as {@code
   * gallery-2.png} and so on, on the same scales.
   *
   * @return the names of the files
   */
  public List<String> writePng(Path folder) throws IOException {
    Map<Method, MapLook> looks = new LinkedHashMap<>();
    methods().forEach(method -> looks.put(method, look(method)));
    List<String> files = new ArrayList<>();
    List<ExplainedPicture> all = pictures();
    for (int from = 0; from < all.size(); from += ACROSS) {
      String name = from == 0 ? "gallery.png" : "gallery-" + (from / ACROSS + 1) + ".png";
      List<ExplainedPicture> some = all.subList(from, Math.min(all.size(), from + ACROSS));
      grid(some, looks).writePng(folder.resolve(name));
      files.add(name);
    }
    return files;
  }

  private Grid grid(List<ExplainedPicture> some, Map<Method, MapLook> looks) {
    List<Framed> pictures =
        some.stream().map(p -> Framed.ofWidth(CellImage.gray(p.raster()), CELL)).toList();
    int high = pictures.stream().mapToInt(Framed::innerHeight).max().orElseThrow();
    List<Grid.Line> rows = new ArrayList<>();
    rows.add(new Grid.Line(new Grid.Name("picture", ""), pictures, null));
    looks.forEach(
        (method, look) ->
            rows.add(
                new Grid.Line(
                    new Grid.Name(method.label(), look.scale().unit()),
                    some.stream().map(picture -> cell(picture, method, look)).toList(),
                    ColorBar.bare(look.scale(), look.colors(), high))));
    return new Grid(
        "What " + model + " looks at",
        some.stream().map(p -> new Grid.Name(p.name(), p.score())).toList(),
        rows,
        List.of(
            "Blue speaks for cat, red against it; maps from violet to yellow have no sign.",
            "The maps of a method share one scale, whose ends a few stronger pixels may exceed."));
  }

  private Drawing cell(ExplainedPicture picture, Method method, MapLook look) {
    Optional<SaliencyMap> map =
        of(method).stream()
            .filter(each -> each.picture().equals(picture))
            .map(ExplainedMap::map)
            .findFirst();
    return map.isPresent()
        ? Framed.ofWidth(PictureCells.map(map.get(), look), CELL)
        : Swatch.of(Color.WHITE, "", "not for this picture", false, CELL, CELL);
  }
}
