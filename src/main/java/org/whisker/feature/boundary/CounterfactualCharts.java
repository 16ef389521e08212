package org.whisker.feature.boundary;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Removals;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.io.Contained;
import org.whisker.io.Decimals;
import org.whisker.io.ShownText;

/** {@code images/N/change.png} of each image of {@code counterfactual.csv} that has flips. */
public final class CounterfactualCharts implements FolderChart {
  private static final int GAP = 18;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(Counterfactual.OfImage.FILE);
    if (!Counterfactual.OfImage.TABLE.isIn(table)) {
      return;
    }
    for (Counterfactual.OfImage row : Counterfactual.OfImage.TABLE.read(table)) {
      if (row.isCrossed()) {
        Path own = new Contained(folder).resolve(row.files());
        files.write(own, "change", change(own, row));
      }
    }
  }

  private static Drawing change(Path own, Counterfactual.OfImage row) throws IOException {
    PlanarImage before = ImageFiles.read(own.resolve("before.png"), PlanarImage.COLOURS);
    PlanarImage after = ImageFiles.read(own.resolve("after.png"), PlanarImage.COLOURS);
    List<Counterfactual.Flip> flips =
        Counterfactual.Flip.TABLE.read(own.resolve(Counterfactual.Flip.FILE));
    int flipped = before.canvas().index(flips.get(0).x(), flips.get(0).y());
    BlackPixels ink =
        ink(before, Tone.of(before, flipped), Tone.of(after, flipped), row.edgeIndexInk());
    return Row.across(
        GAP,
        List.of(
            PictureFigure.of(
                before,
                "before: " + ShownText.shortPath(row.image()),
                p(row.pTarget()),
                made(row, ink)),
            PictureFigure.of(
                after,
                "after " + flips.size() + (flips.size() == 1 ? " flip" : " flips"),
                p(row.pTargetAfter().orElseThrow()),
                row.oneMinimal() == Removals.OneMinimal.YES
                    ? "1-minimal: undo any one and it is the target"
                    : "not 1-minimal"),
            new FlipsFigure(
                ink,
                Counterfactual.Flip.pixels(before.canvas(), flips),
                List.of("flipped", "E " + Decimals.fixed(row.edgeIndexFlips().orElseThrow(), 3)))));
  }

  private static String made(Counterfactual.OfImage row, BlackPixels ink) {
    return row.threshold().isPresent()
        ? "black below %s; before that %s"
            .formatted(Decimals.rounded(row.threshold().getAsDouble(), 3), p(row.pTargetOriginal()))
        : ink.count() + " pixels in ink";
  }

  private static String p(double catProbability) {
    return "p(target) " + Decimals.fixed(catProbability, 4);
  }

  /**
   * The pixels of the darker tone, unless the edge index in the table is that of the pixels of the
   * lighter tone.
   */
  static BlackPixels ink(PlanarImage before, Tone from, Tone to, OptionalDouble edgeIndex) {
    Tone dark = from.gray() <= to.gray() ? from : to;
    Tone light = dark.equals(from) ? to : from;
    BlackPixels darker = new Tones(light, dark).inked(before);
    BlackPixels lighter = new Tones(dark, light).inked(before);
    Canvas canvas = before.canvas();
    boolean isLighter =
        edgeIndex.equals(new EdgeRank(canvas).edgeIndex(lighter))
            && !edgeIndex.equals(new EdgeRank(canvas).edgeIndex(darker));
    return isLighter ? lighter : darker;
  }

  /**
   * The flipped pixels of an image: the image in pale tones, with a dot on each flipped pixel.
   *
   * @param ink the inked pixels of the image before the flips
   * @param flips the flipped pixels
   * @param captions lines of text below the image, above the legend
   */
  record FlipsFigure(BlackPixels ink, BlackPixels flips, List<String> captions)
      implements Composed {
    private static final float PALE = 0.8f;
    private static final int MANY = 150;
    private static final Color TO_INK = Ink.series(1);
    private static final Color TO_GROUND = Ink.series(2);

    FlipsFigure {
      captions = List.copyOf(captions);
    }

    @Override
    public Drawing drawing() {
      int gone = (int) IntStream.of(flips.indices()).filter(ink::contains).count();
      PictureFigure picture =
          PictureFigure.of(pale(), captions.toArray(String[]::new)).withOverlay(this::dots);
      Keys keys =
          Keys.inLine(
              List.of(
                  new Keys.Key((flips.count() - gone) + " to black", TO_INK),
                  new Keys.Key(gone + " to white", TO_GROUND)));
      return new Row(List.of(picture, keys), 2, true);
    }

    private GrayImage pale() {
      float[] gray = ink.grayValues();
      for (int i = 0; i < gray.length; i++) {
        gray[i] = PALE + (1 - PALE) * gray[i];
      }
      return new GrayImage(ink.canvas(), gray);
    }

    private void dots(Graphics2D g, double zoom) {
      Canvas canvas = ink.canvas();
      boolean many = flips.count() > MANY;
      double size = many ? zoom : Math.max(7, zoom + 2);
      g.setStroke(Ink.HAIR);
      for (int pixel : flips.indices()) {
        double x = (canvas.x(pixel) + 0.5) * zoom - size / 2;
        double y = (canvas.y(pixel) + 0.5) * zoom - size / 2;
        g.setColor(ink.contains(pixel) ? TO_GROUND : TO_INK);
        if (many) {
          g.fill(new Rectangle2D.Double(x, y, size, size));
        } else {
          dot(g, new Ellipse2D.Double(x, y, size, size));
        }
      }
    }

    private static void dot(Graphics2D g, Ellipse2D dot) {
      g.fill(dot);
      g.setColor(Color.WHITE);
      g.draw(dot);
    }
  }
}
