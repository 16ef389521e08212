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
  private static final Pattern NAMED = Pattern.compile("\\s*\\w*Error: (.*)");

  ModuleException(String message) {
    super(message);
  }

  ModuleException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The line of libtorch's long message that states the error, such as that of a RuntimeError. */
  static String reason(Throwable thrown) {
    List<String> lines = String.valueOf(thrown.getMessage()).strip().lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher named = NAMED.matcher(lines.get(i));
      if (named.matches()) {
        return shortened(named.group(1));
      }
    }
    return shortened(lines.isEmpty() ? thrown.toString() : lines.get(0));
  }

  private static String shortened(String line) {
    String plain = line.strip().replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 300 ? plain : plain.substring(0, 300) + "…";
  }
}
