package org.whisker.chart.kit;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.whisker.chart.kit.Picture.Svg;

/**
 * Draws with VectorGraphics2D and makes the resulting SVG small, reproducible and suitable for
 * inlining.
 */
final class SvgDrawing {
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{2,}(?:E-?\\d+)?");
  private static final Pattern CLIP = Pattern.compile("clip-?\\d+");
  private static final Pattern LABEL =
      Pattern.compile("<g transform=\"translate\\([^)]*\\)\"><path [^>]*/></g>");
  private static final Pattern BETWEEN_TAGS = Pattern.compile(">\\s+<");

  private SvgDrawing() {}

  static Svg of(Drawing drawing) {
    VectorGraphics2D g = new VectorGraphics2D();
    Ink.prepare(g);
    drawing.paint(g);
    String text = withoutFiles(() -> render(g, drawing.width(), drawing.height()));
    text = text.substring(text.indexOf("<svg")).strip();
    text = LONG_NUMBER.matcher(text).replaceAll(SvgDrawing::shorter);
    text = BETWEEN_TAGS.matcher(text).replaceAll("><");
    text = text.replace("<image ", "<image style=\"image-rendering:pixelated\" ");
    return new Svg(joinedLines(themed(ordered(numbered(text)))));
  }

  /**
   * The library writes pictures in a drawing through ImageIO, which by a setting of the whole
   * process puts them into temporary files first. One drawing at a time borrows that setting.
   */
  private static synchronized String withoutFiles(Supplier<String> rendering) {
    boolean usual = ImageIO.getUseCache();
    ImageIO.setUseCache(false);
    try {
      return rendering.get();
    } finally {
      ImageIO.setUseCache(usual);
    }
  }

  private static String render(VectorGraphics2D g, int width, int height) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SVGProcessor()
          .getDocument(g.getCommands(), new PageSize(0, 0, width, height))
          .writeTo(out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
  }

  /** Coordinates are rounded to a hundredth of a pixel, which is not visible. */
  private static String shorter(MatchResult number) {
    BigDecimal d = new BigDecimal(number.group()).setScale(2, RoundingMode.HALF_EVEN);
    return d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString();
  }

  /** Clip names are derived from hash codes; numbering them makes the output reproducible. */
  private static String numbered(String text) {
    Map<String, String> names = new LinkedHashMap<>();
    return CLIP.matcher(text)
        .replaceAll(m -> names.computeIfAbsent(m.group(), k -> "clip" + (names.size() + 1)));
  }

  /** XChart draws tick labels in the order of a hash map; such adjacent elements are sorted. */
  private static String ordered(String text) {
    StringBuilder out = new StringBuilder(text.length());
    List<String> run = new ArrayList<>();
    int done = 0;
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      if (label.start() > done) {
        run.stream().sorted().forEach(out::append);
        run.clear();
        out.append(text, done, label.start());
      }
      run.add(label.group());
      done = label.end();
    }
    run.stream().sorted().forEach(out::append);
    return out.append(text, done, text.length()).toString();
  }

  /**
   * Lets a page set the colours: {@code --fig-text} and so on, with the print colours as default.
   */
  private static String themed(String text) {
    String themed = text;
    themed = variable(themed, "text", Ink.TEXT);
    themed = variable(themed, "muted", Ink.MUTED);
    themed = variable(themed, "grid", Ink.GRID);
    themed = variable(themed, "frame", Ink.FRAME);
    for (int i = 0; i < Ink.SERIES.size(); i++) {
      themed = variable(themed, "s" + i, Ink.SERIES.get(i));
    }
    return themed;
  }

  private static String variable(String text, String name, Color c) {
    String rgb = "rgb(" + c.getRed() + "," + c.getGreen() + "," + c.getBlue() + ")";
    return text.replace(":" + rgb, ":var(--fig-" + name + "," + rgb + ")");
  }

  private static final Pattern LINE =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\""
              + " y2=\"([^\"]*)\"/>");

  /**
   * Joins consecutive lines that share an end point into one polyline: otherwise a curve of a
   * thousand steps would be a thousand elements, which would dominate the size of a page.
   *
   * <p>Joins the lines of a drawing; dashed lines are left unchanged, since each restarts its dash
   * pattern.
   */
  static String joinedLines(String svg) {
    StringBuilder out = new StringBuilder(svg.length());
    Matcher line = LINE.matcher(svg);
    int done = 0;
    while (line.find(done)) {
      out.append(svg, done, line.start());
      done = line.group(1).contains("dasharray") ? single(line, out) : chain(svg, line, out);
    }
    return out.append(svg, done, svg.length()).toString();
  }

  private static int single(Matcher line, StringBuilder out) {
    out.append(line.group());
    return line.end();
  }

  /** Writes the connected lines from this one on, and returns the position after the last. */
  private static int chain(String svg, Matcher first, StringBuilder out) {
    String style = first.group(1);
    StringBuilder points = new StringBuilder();
    points.append(first.group(2)).append(',').append(first.group(4));
    String alone = first.group();
    String end = first.group(3) + "," + first.group(5);
    points.append(' ').append(end);
    int done = first.end();
    int lines = 1;
    Matcher next = LINE.matcher(svg);
    while (next.region(done, svg.length()).lookingAt()
        && next.group(1).equals(style)
        && end.equals(next.group(2) + "," + next.group(4))) {
      end = next.group(3) + "," + next.group(5);
      points.append(' ').append(end);
      done = next.end();
      lines++;
    }
    out.append(
        lines == 1 ? alone : "<polyline style=\"" + style + "\" points=\"" + points + "\"/>");
    return done;
  }
}
