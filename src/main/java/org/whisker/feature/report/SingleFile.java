package org.whisker.feature.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.io.AtomicFiles;

/** A page as one file for sharing: it links no table, so it needs no folder beside it. */
public final class SingleFile {
  private static final Pattern LINK =
      Pattern.compile("<a class=\"data\" href=\"\\./[^\"]+\">([^<]*)</a>");
  private static final Pattern TABLES =
      Pattern.compile("<div class=\"tables\">.*?\n</div>\n", Pattern.DOTALL);
  private static final String NOTE =
      "<p>This page is a single file: the tables that it names stayed in the folder that it was"
          + " drawn in.</p>\n";

  private SingleFile() {}

  /**
   * Writes the page without its links to tables, whose names it keeps.
   *
   * @param folder with its {@code index.html}
   * @param file to write; replaced if it is there
   * @throws IOException when the file is the page itself, or can't be written
   */
  public static void write(Path folder, Path file) throws IOException {
    Path page = folder.resolve("index.html");
    if (Files.exists(file) && Files.isSameFile(page, file)) {
      throw new IOException(file + " is the page itself; name another file");
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a file, such as " + file + ".html");
    }
    String text = TABLES.matcher(Files.readString(page)).replaceAll(Matcher.quoteReplacement(NOTE));
    String alone = LINK.matcher(text).replaceAll("<span class=\"data\">$1</span>");
    AtomicFiles.write(file, alone.getBytes(StandardCharsets.UTF_8));
  }
}
