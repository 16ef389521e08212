package org.whisker.io;

/**
 * Cells that a spreadsheet would run as a formula ({@code =}, {@code +}, {@code -}, {@code @}, a
 * tab or carriage return at the start, and not a number). They are written behind an apostrophe,
 * which makes them text there, and read back without it. An apostrophe that is there already is
 * kept by another one.
 */
final class SpreadsheetCell {
  private static final String STARTS = "=+-@\t\r";

  private SpreadsheetCell() {}

  static String written(String text) {
    return isFormula(text, false) ? "'" + text : text;
  }

  static String read(String cell) {
    return isFormula(cell, true) ? cell.substring(1) : cell;
  }

  /** Whether it is apostrophes, at least one if {@code quoted}, before what would be run. */
  private static boolean isFormula(String text, boolean quoted) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == '\'') {
      at++;
    }
    boolean begins = at < text.length() && STARTS.indexOf(text.charAt(at)) >= 0;
    return begins && (at > 0 || (!quoted && !isNumber(text)));
  }

  private static boolean isNumber(String text) {
    try {
      Double.parseDouble(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
