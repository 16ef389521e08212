package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of TorchScript source: names, texts in their quotes, numbers and single characters.
 * Spaces and comments are left out.
 */
final class ScriptTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>[\\s\\\\]+|#[^\\n]*)"
              // possessive: a loop, where a greedy group would take stack for each character
              + "|(?<text>\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+\"\"\"|'''(?:[^'\\\\]|\\\\.|'(?!''))*+'''|\"(?:\\\\.|[^\"\\\\\\n"
              + "])*+\"|'(?:\\\\.|[^'\\\\\\n"
              + "])*+')|(?<name>[A-Za-z_][A-Za-z_0-9]*)"
              + "|(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)|(?<other>[^\"'])",
          Pattern.DOTALL);

  private ScriptTokens() {}

  /**
   * Splits a source.
   *
   * @throws IllegalArgumentException for a text that has no end
   */
  static List<String> of(String source) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    int at = 0;
    while (at < source.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException("a text without an end");
      }
      at = matcher.end();
      if (matcher.group("space") == null) {
        tokens.add(matcher.group());
      }
    }
    return tokens;
  }

  static boolean isName(String token) {
    char first = token.charAt(0);
    return first == '_' || (first < 128 && Character.isLetter(first));
  }

  /** The content of a text; the token itself when it is none. */
  static String unquoted(String token) {
    char quote = token.charAt(0);
    boolean text = token.length() >= 2 && (quote == '"' || quote == '\'');
    return text ? token.substring(1, token.length() - 1) : token;
  }
}
