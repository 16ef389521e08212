package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.chart.kit.Framed.Overlay;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.value.Checks;

/**
 * A gray picture in a thin frame with its captions.
 *
 * @param overlays drawn on top of it
 * @param captions lines below it: first its name, then further information
 * @param zoom units per pixel
 */
public record PictureFigure(Raster picture, List<Overlay> overlays, List<String> captions, int zoom)
    implements Drawing {
  private static final int SIDE = 256;
  private static final int LINE = 16;
  private static final int BELOW = 4;

  public PictureFigure {
    overlays = List.copyOf(overlays);
    captions = List.copyOf(captions);
    Checks.refuse(zoom < 1, "zoom must be at least 1, was %s", zoom);
  }

  /** A figure about 256 units wide. */
  public static PictureFigure of(Raster picture, String... captions) {
    Canvas canvas = picture.canvas();
    int zoom = Framed.wholeZoom(canvas.width(), canvas.height(), SIDE);
    return new PictureFigure(picture, List.of(), List.of(captions), zoom);
  }

  /**
   * A figure like {@link #of}, with at least two units per pixel, so that single pixels are
   * visible.
   */
  public static PictureFigure ofPixels(Raster picture, String... captions) {
    PictureFigure figure = of(picture, captions);
    return new PictureFigure(picture, List.of(), figure.captions, Math.max(2, figure.zoom));
  }

  /** Returns this figure with a ring around each of the given pixels. */
  public PictureFigure withRings(List<Integer> pixels) {
    return withOverlay((g, units) -> pixels.forEach(pixel -> ring(g, pixel, units)));
  }

  /** Returns this figure with the overlay drawn on top. */
  public PictureFigure withOverlay(Overlay overlay) {
    List<Overlay> more = Stream.concat(overlays.stream(), Stream.of(overlay)).toList();
    return new PictureFigure(picture, more, captions, zoom);
  }

  private void ring(Graphics2D g, int pixel, double units) {
    double radius = 7;
    double x = (picture.canvas().x(pixel) + 0.5) * units;
    double y = (picture.canvas().y(pixel) + 0.5) * units;
    g.setColor(Ink.series(1));
    g.setStroke(Ink.LINE);
    g.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private Framed framed() {
    return new Framed(CellImage.of(picture), zoom, overlays);
  }

  @Override
  public int width() {
    double widest = picture.canvas().width() * zoom + 2.0 * Framed.FRAME;
    for (String caption : captions) {
      widest = Math.max(widest, Ink.width(caption, Ink.LABEL));
    }
    return (int) Math.ceil(widest);
  }

  @Override
  public int height() {
    int below = captions.isEmpty() ? 0 : BELOW + LINE * captions.size();
    return picture.canvas().height() * zoom + 2 * Framed.FRAME + below;
  }

  @Override
  public void paint(Graphics2D g) {
    framed().paint(g);
    for (int i = 0; i < captions.size(); i++) {
      Color color = i == 0 ? Ink.TEXT : Ink.MUTED;
      double baseline = picture.canvas().height() * zoom + 2.0 + LINE * (i + 1);
      Ink.text(g, captions.get(i), Ink.LABEL, color, 1, baseline, 0);
    }
  }

  /** The panel of a page. */
  public Panel panel() {
    return new Panel(svg());
  }
}
