package org.whisker.io;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.value.Text;

/**
 * Text of files and their names as a terminal may show it. Control characters move the cursor and
 * recolour what stands there; bidirectional marks reorder it (Boucher and Anderson 2021, "Trojan
 * Source", arXiv 2111.00169). Both are shown as escapes such as {@code \u202e}.
 */
public final class ShownText {
  /** Characters of a message. */
  public static final int MOST = 2_000;

  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t]]|(?<=.)\\r(?!\\n)");

  private ShownText() {}

  /** The text, escaped, and cut after {@value #MOST} characters as they are shown. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MOST));
    int shown = 0;
    while (shown < text.length() && out.length() < MOST) {
      char c = text.charAt(shown);
      if (isHidden(c) || isHalf(text, shown)) {
        out.append(Text.of("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
      shown++;
    }
    int left = text.length() - shown;
    return left == 0 ? out.toString() : out + "… (" + left + " characters more)";
  }

  /**
   * The text as it is printed on a terminal: in full, and with line ends, tabs and the return that
   * a progress bar begins with, which whisker itself prints.
   */
  public static String onTerminal(String text) {
    return HIDDEN.matcher(text).replaceAll(hidden -> escape(hidden.group().charAt(0)));
  }

  private static String escape(char hidden) {
    return Matcher.quoteReplacement(Text.of("\\u%04x", (int) hidden));
  }

  private static boolean isHidden(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** A half of a pair that stands alone. */
  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    boolean pairs =
        Character.isHighSurrogate(c)
            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    return Character.isSurrogate(c) && !pairs;
  }

  /** The last elements of an image's path, for captions, enough to distinguish runs of evolve. */
  public static String shortPath(String file) {
    Path path = Path.of(file);
    int names = path.getNameCount();
    return path.endsWith("best.png") && names > 3
        ? path.subpath(names - 4, names - 1).toString()
        : String.valueOf(path.getFileName());
  }
}
