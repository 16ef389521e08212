package org.whisker.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.io.AtomicFiles;

/**
 * A copy of a report for sharing: the page with its figures, the manifest, and the linked tables
 * unless they are large. Links to omitted tables are replaced by their names.
 */
public final class SharedCopy {
  /** Maximum size of a table, in bytes; larger ones are omitted. */
  public static final long MOST_BYTES = 100_000;

  private static final Pattern LINK =
      Pattern.compile("<a class=\"data\" href=\"\\./([^\"]+)\">([^<]*)</a>");
  private static final String LEFT_OUT = " (not in this copy)</span>";
  private static final String PAGE = "index.html";
  private static final String MANIFEST = "manifest.json";

  private SharedCopy() {}

  /**
   * Writes the copy; the page is written last.
   *
   * @param report folder of the report, with its page
   * @param copy a new or empty folder
   * @return the omitted tables
   */
  public static List<String> write(Path report, Path copy) throws IOException {
    String page = Files.readString(report.resolve(PAGE));
    List<String> left = new ArrayList<>();
    for (String file : linked(page)) {
      if (file.equals(MANIFEST) || Files.size(report.resolve(file)) <= MOST_BYTES) {
        copied(report, copy, file);
      } else {
        left.add(file);
      }
    }
    String shared =
        LINK.matcher(page)
            .replaceAll(
                m -> Matcher.quoteReplacement(left.contains(m.group(1)) ? name(m) : m.group()));
    AtomicFiles.write(copy.resolve(PAGE), shared.getBytes(StandardCharsets.UTF_8));
    return List.copyOf(left);
  }

  /** Whether a folder is such a copy with omitted tables, from which the page cannot be redrawn. */
  public static boolean lacksTables(Path folder) throws IOException {
    Path page = folder.resolve(PAGE);
    return Files.isRegularFile(page) && Files.readString(page).contains(LEFT_OUT);
  }

  private static List<String> linked(String page) {
    return LINK.matcher(page).results().map(m -> m.group(1)).distinct().sorted().toList();
  }

  private static String name(MatchResult link) {
    return "<span class=\"data\">" + link.group(2) + LEFT_OUT;
  }

  private static void copied(Path report, Path copy, String file) throws IOException {
    AtomicFiles.write(copy.resolve(file), Files.readAllBytes(report.resolve(file)));
  }
}
