package org.whisker.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A constant of an enum that options, files or tables name. */
public interface Labelled {
  /** The name of the constant. */
  String name();

  /** Its name in options, files and tables: that of the constant in lower case. */
  default String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of this label. */
  static <E extends Labelled> Optional<E> find(E[] all, String label) {
    return Arrays.stream(all).filter(each -> each.label().equals(label)).findFirst();
  }

  /**
   * The constant of this label.
   *
   * @param what is named, in the message
   * @throws IllegalArgumentException for another, listing all
   */
  static <E extends Labelled> E parse(String what, E[] all, String label) {
    return find(all, label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(what + " must be " + either(all) + ", was " + label));
  }

  private static <E extends Labelled> String either(E[] all) {
    String labels = String.join(", ", Arrays.stream(all).map(Labelled::label).toList());
    int last = labels.lastIndexOf(", ");
    return last < 0 ? labels : labels.substring(0, last) + " or " + labels.substring(last + 2);
  }
}
