package org.whisker.feature.sweep;

/** A word for a shell. */
final class ShellWord {
  private ShellWord() {}

  /** The text as one word, quoted if need be. */
  static String of(String text) {
    return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
