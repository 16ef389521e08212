package org.whisker.feature.sweep;

import java.util.regex.Pattern;

/**
 * Keys of tasks name files in a sweep's folder. A file of tasks or a result comes from anywhere, so
 * each is checked when it is read: no key leads out of the folder.
 */
final class TaskKey {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  private TaskKey() {}

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException unless it is 32 hexadecimal digits
   */
  static String checked(String key) {
    if (!FORM.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "a task's key is 32 hexadecimal digits, not '" + key + "'");
    }
    return key;
  }
}
