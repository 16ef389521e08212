package org.whisker.io;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody who mistyped a name may have meant. */
public final class CloseName {
  private CloseName() {}

  /** " (like NAME?)" for the name that is close; empty where none is. */
  public static String hint(String typed, List<String> names) {
    return of(typed, names).map(name -> " (like " + name + "?)").orElse("");
  }

  /**
   * The name with the fewest letters to insert, remove or replace, if they are at most a third of
   * those typed; the first of several.
   */
  public static Optional<String> of(String typed, List<String> names) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> 3 * edits(lower, name) <= Math.max(typed.length(), name.length()))
        .min(Comparator.comparingInt(name -> edits(lower, name)));
  }

  /** Levenshtein's distance (1966), a row of its table at a time. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
