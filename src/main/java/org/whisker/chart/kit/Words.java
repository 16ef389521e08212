package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Texts of several lines, which are separated by line feeds. */
public final class Words {
  /** From one line to the next, in units. */
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

  /** All of these lines, broken where they are wider than so many units. */
  public static List<String> wrapped(List<String> lines, Font font, double width) {
    return lines.stream().flatMap(line -> lines(line, font, width).stream()).toList();
  }

  /** The same text with line feeds where lines would be wider than so many units. */
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

  /** Draws it, the first line at {@code baseline}. */
  public static void paint(
      Graphics2D g, String text, Font font, Color color, double x, double baseline) {
    double y = baseline;
    for (String line : text.split("\n", -1)) {
      Ink.text(g, line, font, color, x, y, 0);
      y += LINE;
    }
  }
}
