package org.whisker.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The one-line messages about weights files that cannot be used. */
final class Damage {
  private static final int LONGEST = 200;

  private Damage() {}

  static IOException damaged(Path file, String why) {
    return new IOException(
        file + " is damaged: " + why + "; download it again or save the model again");
  }

  static IOException unreadable(Path file, String why, String mend) {
    return new IOException(file + " cannot be read: " + why + "; " + mend);
  }

  /** Text from a file, made safe for one line of a terminal. */
  static String quote(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }

  /** An unsigned number of bytes in readable form: 512 bytes, 3.1 kB, 12.0 GB. */
  static String size(long bytes) {
    if (bytes >= 0 && bytes < 1000) {
      return bytes + " bytes";
    }
    double value = bytes >= 0 ? bytes : bytes + 0x1p64;
    int unit = Math.min((int) (Math.log10(value) / 3), 6);
    return String.format(
        Locale.ROOT, "%.1f %cB", value / Math.pow(1000, unit), "kMGTPE".charAt(unit - 1));
  }
}
