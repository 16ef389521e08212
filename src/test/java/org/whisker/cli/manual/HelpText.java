package org.whisker.cli.manual;

import java.util.List;

/** Descriptions of commands and options as plain text. */
final class HelpText {
  private HelpText() {}

  /**
   * The text that help shows after picocli formatted it: {@code %n} and {@code %%} are resolved.
   */
  static String plain(String text) {
    return text.replace("%n", "\n").replace("%%", "%");
  }

  static String first(List<String> description) {
    String all = plain(String.join(" ", description)).replace('\n', ' ').strip();
    int end = all.indexOf(". ");
    String sentence = end < 0 ? all : all.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
