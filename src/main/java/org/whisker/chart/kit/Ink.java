package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The common style of all figures: colours, type sizes, lines and typesetting. */
public final class Ink {
  public static final Color TEXT = new Color(0x1f2328);
  public static final Color MUTED = new Color(0x59636e);
  public static final Color GRID = new Color(0xe1e4e8);
  public static final Color FRAME = new Color(0x9aa4af);

  /** Used instead of a colour where a map or strip has no value. */
  public static final Color NOTHING = new Color(0xb8bec5);

  /**
   * The palette of Okabe and Ito for all kinds of colour vision, without yellow, which is faint on
   * white.
   */
  static final List<Color> SERIES =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xb0588f),
          new Color(0xb87f00),
          new Color(0x3a93c8));

  public static final Font TITLE = Typeface.bold(13);
  public static final Font LABEL = Typeface.regular(12);
  public static final Font TICK = Typeface.regular(11);

  public static final BasicStroke HAIR = new BasicStroke(1f);
  public static final BasicStroke LINE =
      new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  public static final BasicStroke DASHED =
      new BasicStroke(
          1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5, 4}, 0);

  private static final FontRenderContext METRICS =
      new FontRenderContext(new AffineTransform(), true, true);

  private Ink() {}

  public static Color series(int i) {
    return SERIES.get(i % SERIES.size());
  }

  public static Color faint(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  /** A gray value as an 8-bit level, 0 to 255, as in PNG files. */
  static int level(float gray) {
    return Math.round(gray * 255);
  }

  /**
   * Black or white, whichever is more legible on this background, which is independent of the
   * page's theme.
   */
  public static Color on(Color ground) {
    double light =
        0.2126 * linear(ground.getRed())
            + 0.7152 * linear(ground.getGreen())
            + 0.0722 * linear(ground.getBlue());
    return light > 0.18 ? Color.BLACK : Color.WHITE;
  }

  private static double linear(int channel) {
    return Math.pow(channel / 255.0, 2.2);
  }

  /** The shape of a marker, so that lines can be told from each other in grayscale. */
  enum Shape {
    DISC,
    SQUARE,
    DIAMOND,
    TRIANGLE
  }

  /** The shape that belongs to a series' colour; a disc for other colours. */
  static Shape shape(Color color) {
    Shape[] shapes = Shape.values();
    return shapes[Math.max(0, SERIES.indexOf(color)) % shapes.length];
  }

  /** A marker in the shape of its colour. */
  static void mark(Graphics2D g, double x, double y, double radius, Color color) {
    if (shape(color) == Shape.DISC) {
      disc(g, x, y, radius, color);
      return;
    }
    Path2D.Double outline = new Path2D.Double();
    double[][] corners =
        switch (shape(color)) {
          case SQUARE -> new double[][] {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
          case DIAMOND -> new double[][] {{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}};
          default -> new double[][] {{0, -1.2}, {1.2, 1}, {-1.2, 1}};
        };
    outline.moveTo(x + radius * corners[0][0], y + radius * corners[0][1]);
    for (int i = 1; i < corners.length; i++) {
      outline.lineTo(x + radius * corners[i][0], y + radius * corners[i][1]);
    }
    outline.closePath();
    g.setColor(color);
    g.fill(outline);
  }

  public static void disc(Graphics2D g, double x, double y, double radius, Color color) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  public static void prepare(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setStroke(HAIR);
  }

  private static TextLayout layout(String text, Font font) {
    return new TextLayout(text, Typeface.able(font, text), METRICS);
  }

  /** Width of {@code text} in the figure's units. */
  public static double width(String text, Font font) {
    return text.isEmpty() ? 0 : layout(text, font).getAdvance();
  }

  /**
   * Draws text as outlines, which do not depend on the viewer's fonts.
   *
   * @param x x coordinate of the left end, centre or right end, for {@code align} 0, 0.5 or 1
   * @param baseline y coordinate of the baseline
   */
  public static void text(
      Graphics2D g, String text, Font font, Color color, double x, double baseline, double align) {
    if (text.isEmpty()) {
      return;
    }
    g.setColor(color);
    if (set(g, text, font, AffineTransform.getTranslateInstance(x, baseline), align)) {
      return;
    }
    TextLayout layout = layout(text, font);
    double left = x - align * layout.getAdvance();
    g.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, baseline)));
  }

  /** Text rotated to read upwards, centred on (x, y). */
  static void upwards(Graphics2D g, String text, Font font, Color color, double x, double y) {
    if (text.isEmpty()) {
      return;
    }
    TextLayout layout = layout(text, font);
    Rectangle2D bounds = layout.getBounds();
    AffineTransform turn = AffineTransform.getTranslateInstance(x, y);
    turn.quadrantRotate(3);
    turn.translate(0, -bounds.getCenterY());
    g.setColor(color);
    if (!set(g, text, font, turn, 0.5)) {
      turn.translate(-layout.getAdvance() / 2, 0);
      g.fill(layout.getOutline(turn));
    }
  }

  /** Whether the graphics have a {@link Typesetter}, which then has set the text. */
  private static boolean set(
      Graphics2D g, String text, Font font, AffineTransform at, double align) {
    if (!(g.getRenderingHint(Typesetter.KEY) instanceof Typesetter setter) || !setter.has(text)) {
      return false;
    }
    AffineTransform home = g.getTransform();
    g.transform(at);
    g.setFont(font);
    g.drawString(text, (float) (-align * setter.width(text, font)), 0);
    g.setTransform(home);
    return true;
  }

  /**
   * Sets text as text, for formats that embed fonts: a rendering hint of graphics that do.
   * Elsewhere text is drawn as outlines, which look the same everywhere.
   */
  public interface Typesetter {
    RenderingHints.Key KEY = new Key();

    /** Whether its font has all glyphs of a text. */
    boolean has(String text);

    /** Width in the figure's units of a text that it {@link #has}. */
    double width(String text, Font font);

    /** The type of the hint. */
    final class Key extends RenderingHints.Key {
      private Key() {
        super(9601);
      }

      @Override
      public boolean isCompatibleValue(Object value) {
        return value instanceof Typesetter;
      }
    }
  }

  /** Texts of several lines, which are separated by line feeds. */
  public static final class Words {
    /** Distance from one line to the next, in units. */
    static final int LINE = 16;

    private Words() {}

    /** Lines that are at most so wide, in units, where no single word is wider. */
    public static List<String> lines(String text, Font font, double width) {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (String word : text.split(" ", -1)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && Ink.width(longer, font) > width) {
          lines.add(line.toString());
          line.setLength(0);
          line.append(word);
        } else {
          line.setLength(0);
          line.append(longer);
        }
      }
      lines.add(line.toString());
      return lines;
    }

    /** Breaks each of these lines where it is wider than {@code width} units. */
    public static List<String> wrapped(List<String> lines, Font font, double width) {
      return lines.stream().flatMap(line -> lines(line, font, width).stream()).toList();
    }

    /** Breaks the text by line feeds where lines would be wider than {@code width} units. */
    static String wrapped(String text, Font font, double width) {
      return String.join("\n", lines(text.replace('\n', ' '), font, width));
    }

    /** How much higher it is than a text of one line, in units. */
    public static int extraHeight(String text) {
      return LINE * (int) text.chars().filter(c -> c == '\n').count();
    }

    static double width(String text, Font font) {
      return Stream.of(text.split("\n", -1))
          .mapToDouble(line -> Ink.width(line, font))
          .max()
          .orElse(0);
    }

    /** Draws the text, the first line at {@code baseline}. */
    public static void paint(
        Graphics2D g, String text, Font font, Color color, double x, double baseline) {
      double y = baseline;
      for (String line : text.split("\n", -1)) {
        Ink.text(g, line, font, color, x, y, 0);
        y += LINE;
      }
    }
  }
}
