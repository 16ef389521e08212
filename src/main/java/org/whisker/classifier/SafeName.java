package org.whisker.classifier;

import java.util.regex.Pattern;

/** Names that are safe as one folder or file: no separators, no {@code ..}, not hidden. */
final class SafeName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private SafeName() {}

  static boolean valid(String name) {
    return NAME.matcher(name).matches() && !name.contains("..");
  }

  static String check(String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException(
          "a name has letters, digits, '.', '_' and '-' only: '" + name + "'");
    }
    return name;
  }
}
