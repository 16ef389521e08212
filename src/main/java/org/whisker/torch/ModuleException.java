package org.whisker.torch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An imported TorchScript module cannot be used; the one-line message gives the reason and the
 * remedy.
 */
public final class ModuleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Pattern NAMED =
      Pattern.compile("\\s*(?:\\w+\\.)*\\w*(?:Error|Exception): (.*)");

  ModuleException(String message) {
    super(message);
  }

  ModuleException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What libtorch's long message comes to: the text of the error that it states last, also that of
   * an exception which the module's own code raised, and also over several lines.
   */
  static String reason(Throwable thrown) {
    List<String> lines = String.valueOf(thrown.getMessage()).strip().lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher named = NAMED.matcher(lines.get(i));
      if (named.matches()) {
        return shortened(text(named.group(1), lines.subList(i + 1, lines.size())));
      }
    }
    boolean interpreted = !lines.isEmpty() && lines.get(0).contains("TorchScript interpreter");
    return shortened(
        lines.isEmpty() ? thrown.toString() : lines.get(interpreted ? lines.size() - 1 : 0));
  }

  /** With the lines that belong to it: up to an empty one, or libtorch's own stack. */
  private static String text(String first, List<String> more) {
    StringBuilder text = new StringBuilder(first);
    for (String line : more) {
      if (line.isBlank() || line.startsWith("Exception raised from")) {
        break;
      }
      text.append(' ').append(line.strip());
    }
    return text.toString();
  }

  private static String shortened(String line) {
    String plain = line.strip().replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 300 ? plain : plain.substring(0, 300) + "…";
  }
}
