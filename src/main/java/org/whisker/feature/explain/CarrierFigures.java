package org.whisker.feature.explain;

import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.ablation.result.CarrierTables.CarrierRow;
import org.whisker.ablation.result.CarrierTables.PatchRow;
import org.whisker.ablation.result.CarrierTables.PictureRow;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Grid;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.matrix.MatrixPlot;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.io.Decimals;
import org.whisker.page.Section.Figure;
import org.whisker.table.Table;
import org.whisker.value.Text;

/** Activation patching as matrices of layers by rings, all on one scale. */
record CarrierFigures(ReportFolder folder, String experiment) {
  private static final Scale SCALE = Scale.symmetric(1, "share restored");
  private static final int BAR = 160;
  private static final int GAP = 12;
  private static final double ALPHA = 0.05;

  /** One figure for all directions; empty without rows. */
  Optional<Figure> matrices() throws IOException {
    List<Panel> panels = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + CarrierRow.FILE;
      Map<String, List<CarrierRow>> directions =
          Table.by(folder.read(CarrierRow.TABLE, file), CarrierRow::direction);
      directions.forEach((direction, rows) -> panels.addAll(panels(model, direction, rows)));
      csv = csv == null && !directions.isEmpty() ? file : csv;
    }
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                panels,
                "Share of the evidence restored by layer and rings",
                "Activation patching: how far the logit moves from that of the receiving"
                    + " picture to that of the giving picture, by layer and by the exchanged"
                    + " rings of positions, the border first. The lower number of a cell is"
                    + " for equally many random positions. Framed: they differ (p ≤ 0.05,"
                    + " corrected). Above 100\u00a0%, the picture is more of a cat than the"
                    + " one that gives them.",
                csv));
  }

  private static List<Panel> panels(String model, String direction, List<CarrierRow> rows) {
    String title = model + ": " + direction;
    List<CarrierRow> bands = rows.stream().filter(CarrierRow::isBand).toList();
    List<CarrierRow> outer = rows.stream().filter(row -> row.ringFrom() == 0).toList();
    return Stream.of(
            matrix(title + ", rings", bands, false),
            matrix(title + ", all outer rings", outer, true))
        .map(drawing -> new Panel(drawing.svg()))
        .toList();
  }

  private static Drawing matrix(String title, List<CarrierRow> rows, boolean outer) {
    Map<String, List<CarrierRow>> layers = Table.by(rows, CarrierRow::layer);
    List<Grid.Name> names = new ArrayList<>();
    List<List<MatrixPlot.Cell>> cells = new ArrayList<>();
    int most = layers.values().stream().mapToInt(List::size).max().orElse(0);
    layers.forEach(
        (layer, own) -> {
          names.add(new Grid.Name(layer, own.get(0).rows() + " × " + own.get(0).columns()));
          cells.add(line(own, most));
        });
    List<Grid.Name> columns = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      columns.add(new Grid.Name(outer ? "outer " + (1 << i) : band(i), ""));
    }
    Drawing matrix =
        new MatrixPlot(title, names, columns, cells, ColorMap.RATIO, List.of()).drawing();
    return Row.across(GAP, List.of(matrix, new ColorBar(SCALE, ColorMap.RATIO, BAR)));
  }

  private static String band(int number) {
    return number == 0
        ? "ring 1"
        : number == 1 ? "ring 2" : Text.of("rings %d–%d", (1 << (number - 1)) + 1, 1 << number);
  }

  private static List<MatrixPlot.Cell> line(List<CarrierRow> rows, int most) {
    List<MatrixPlot.Cell> cells = new ArrayList<>();
    for (CarrierRow row : rows) {
      cells.add(
          new MatrixPlot.Cell(
              Math.max(0, Math.min(1, SCALE.position(row.restored()))),
              Decimals.wholePercent(row.restored()),
              "random " + Decimals.wholePercent(row.random()),
              row.pHolm() <= ALPHA));
    }
    while (cells.size() < most) {
      cells.add(new MatrixPlot.Cell(0.5, "", "", false));
    }
    return cells;
  }

  /** Patches of photos that channels see, a line for each channel. */
  record PatchFigures(ReportFolder folder, String experiment) {
    private static final int SHOWN = 6;

    /** One panel for each model; empty without photos. */
    Optional<Figure> gallery() throws IOException {
      List<Panel> panels = new ArrayList<>();
      String csv = null;
      for (String model : folder.models()) {
        String place = model + "/" + experiment + "/";
        List<PatchRow> patches = folder.read(PatchRow.TABLE, place + PatchRow.FILE);
        List<PictureRow> pictures = folder.read(PictureRow.TABLE, place + PictureRow.FILE);
        if (!patches.isEmpty() && patches.size() == pictures.size()) {
          Gallery gallery = new Gallery(model, lines(patches, pictures));
          panels.add(new Panel(gallery.svg()).withAlt(gallery.title()));
          csv = csv == null ? place + PatchRow.FILE : csv;
        }
      }
      return panels.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Figure(
                  panels,
                  "What the channels that carry the evidence see in photos",
                  "For each channel the photos in which its relevance for cat is highest,"
                      + " each cropped to the receptive field of the strongest position of its"
                      + " map (at most half of the photo). Framed: photos of cats. Above,"
                      + " channels that carry the evidence of evolved images, those first that"
                      + " carry most; below, channels of the layer drawn at random. Relevance"
                      + " is activation times the derivative of the logit.",
                  csv));
    }

    /** The first channels of either kind. */
    private static List<Line> lines(List<PatchRow> patches, List<PictureRow> pictures) {
      Map<String, List<Tile>> byChannel = new LinkedHashMap<>();
      for (int i = 0; i < patches.size(); i++) {
        PatchRow patch = patches.get(i);
        byChannel
            .computeIfAbsent(patch.kind() + " " + patch.channel(), channel -> new ArrayList<>())
            .add(new Tile(image(pictures.get(i)), patch.label() == PatchRow.Label.TARGET));
      }
      return byChannel.entrySet().stream()
          .collect(
              Collectors.groupingBy(
                  each -> kind(each.getKey()), LinkedHashMap::new, Collectors.toList()))
          .values()
          .stream()
          .flatMap(kind -> kind.stream().limit(SHOWN))
          .map(each -> new Line(each.getKey(), each.getValue()))
          .toList();
    }

    private static String kind(String channel) {
      return channel.substring(0, channel.indexOf(' '));
    }

    private static PlanarImage image(PictureRow row) {
      byte[] levels = HexFormat.of().parseHex(row.gray());
      Canvas canvas = new Canvas(row.width(), row.height());
      int planes = levels.length / canvas.pixels();
      float[] values = new float[levels.length];
      for (int i = 0; i < values.length; i++) {
        values[i % planes * canvas.pixels() + i / planes] = (levels[i] & 0xFF) / 255f;
      }
      return PlanarImage.of(canvas, values);
    }

    private record Tile(PlanarImage image, boolean cat) {}

    private record Line(String channel, List<Tile> tiles) {}

    /** Tiles of one height, the channel's name before each line. */
    private record Gallery(String model, List<Line> lines) implements Drawing {
      private static final int TILE = 64;
      private static final int STEP = 74;
      private static final int NAME = 110;
      private static final int TOP = 28;

      String title() {
        return model + ": patches of photos by channel";
      }

      @Override
      public int width() {
        int most = lines.stream().mapToInt(line -> line.tiles().size()).max().orElse(0);
        return NAME + STEP * most;
      }

      @Override
      public int height() {
        return TOP + STEP * lines.size();
      }

      @Override
      public void paint(Graphics2D g) {
        Ink.text(g, title(), Ink.TITLE, Ink.TEXT, 0, 14, 0);
        for (int i = 0; i < lines.size(); i++) {
          int y = TOP + STEP * i;
          Line line = lines.get(i);
          Ink.text(g, line.channel(), Ink.LABEL, Ink.TEXT, 0, y + TILE / 2.0 + 4, 0);
          for (int k = 0; k < line.tiles().size(); k++) {
            tile(g, line.tiles().get(k), NAME + STEP * k, y);
          }
        }
      }

      private static void tile(Graphics2D g, Tile tile, int x, int y) {
        Canvas canvas = tile.image().canvas();
        int longest = Math.max(canvas.width(), canvas.height());
        int width = Math.max(1, TILE * canvas.width() / longest);
        int height = Math.max(1, TILE * canvas.height() / longest);
        if (tile.cat()) {
          g.setColor(Ink.series(0));
          g.fillRect(x - 3, y - 3, width + 6, height + 6);
        }
        g.drawImage(CellImage.of(tile.image()), x, y, width, height, null);
      }
    }
  }
}
