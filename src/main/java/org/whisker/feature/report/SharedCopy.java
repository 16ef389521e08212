package org.whisker.feature.report;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Manifest;

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

  private SharedCopy() {}

  /**
   * Writes the copy; the page is written last. A table outside the report's folder, or behind a
   * symbolic link, is omitted: what is shared is what lies in the folder.
   *
   * @param report folder of the report, with its page
   * @param copy a new or empty folder
   * @return the omitted tables
   */
  public static List<String> write(Path report, Path copy) throws IOException {
    String page = Files.readString(report.resolve(PAGE));
    Path folder = report.toRealPath();
    Set<String> left = new TreeSet<>();
    for (String href : linked(page)) {
      String file = file(href);
      if (isShared(folder, file)) {
        AtomicFiles.write(copy.resolve(file), Files.readAllBytes(folder.resolve(file)));
      } else {
        left.add(file);
      }
    }
    String shared =
        LINK.matcher(page)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        left.contains(file(m.group(1))) ? name(m) : m.group()));
    AtomicFiles.write(copy.resolve(PAGE), shared.getBytes(StandardCharsets.UTF_8));
    return List.copyOf(left);
  }

  private static boolean isShared(Path folder, String file) throws IOException {
    Path wanted = folder.resolve(file).normalize();
    if (!wanted.startsWith(folder) || !wanted.toRealPath().equals(wanted)) {
      return false;
    }
    return file.equals(Manifest.NAME) || Files.size(wanted) <= MOST_BYTES;
  }

  /** The path that a link in the page names: percent-encoded, then escaped as HTML. */
  private static String file(String href) {
    String plain =
        href.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    return URI.create("./" + plain).getPath().substring(2);
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
}
