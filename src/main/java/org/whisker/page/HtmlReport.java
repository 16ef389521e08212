package org.whisker.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.chart.file.ChartFiles;
import org.whisker.io.AtomicFiles;
import org.whisker.io.ClassWords;
import org.whisker.value.IoSupplier;

/**
 * Writes a report as one self-contained page with embedded figures, style and script; only the data
 * files are separate.
 */
public final class HtmlReport {
  /** Recommended maximum size of a page: 5 MiB. */
  public static final long COMFORTABLE_BYTES = 5L << 20;

  private static final String RESOURCES = "org/whisker/page";

  private HtmlReport() {}

  /**
   * Writes {@code folder/index.html}.
   *
   * @return the size of the page in bytes
   * @throws IOException if a linked data file is missing, or the page cannot be written
   * @throws IllegalArgumentException if a linked file is outside the folder
   */
  public static long write(Path folder, Report report) throws IOException {
    HtmlView view = HtmlView.of(report);
    ClassWords words = ClassWords.of(folder);
    Map<String, Object> variables = said(view.variables(), words);
    for (String file : view.files()) {
      check(folder, file);
    }
    byte[] page = render(variables).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(folder.resolve("index.html"), page);
    return page.length;
  }

  /**
   * Writes a page that is drawn from the tables of the folder, which anybody may have changed.
   *
   * @throws IOException also when they hold numbers that can't be drawn
   */
  public static long write(Path folder, IoSupplier<Report> drawing) throws IOException {
    return ChartFiles.ofTables(folder, () -> write(folder, drawing.get()));
  }

  /** All texts in the words of the class that the network is asked for. */
  private static Map<String, Object> said(Map<String, Object> variables, ClassWords words) {
    if (!words.areUsual()) {
      variables.replaceAll((key, value) -> said(value, words));
    }
    return variables;
  }

  private static Object said(Object value, ClassWords words) {
    if (value instanceof String text) {
      return words.in(text);
    } else if (value instanceof List<?> list) {
      return list.stream().map(each -> said(each, words)).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> said = new LinkedHashMap<>();
      map.forEach((key, each) -> said.put(key, said(each, words)));
      return said;
    }
    return value;
  }

  private static void check(Path folder, String file) throws IOException {
    Path home = folder.toAbsolutePath().normalize();
    Path linked = home.resolve(file).normalize();
    if (file.isBlank()
        || file.indexOf('\\') >= 0
        || file.startsWith("/")
        || !linked.startsWith(home)) {
      throw new IllegalArgumentException(
          "a report links files below its folder only, was \"" + file + "\"");
    }
    if (!Files.isRegularFile(linked)) {
      throw new IOException(
          "the report links " + file + ", which is not in " + folder + "; write it first");
    }
  }

  private static String render(Map<String, Object> variables) throws IOException {
    String css =
        resource("report.css")
            + resource("overview.css")
            + resource("replay.css")
            + variables.get("styles");
    String style = "/*<![CDATA[*/\n" + css + "/*]]>*/";
    String script = "//<![CDATA[\n" + resource("report.js") + resource("replay.js") + "//]]>";
    variables.put("style", style);
    variables.put("script", script);
    variables.put("styleHash", hash(style));
    variables.put("scriptHash", hash(script));
    ClasspathLoader loader = new ClasspathLoader(HtmlReport.class.getClassLoader());
    loader.setPrefix(RESOURCES);
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .cacheActive(false)
            .build();
    StringWriter page = new StringWriter();
    try {
      engine.getTemplate("report.peb").evaluate(page, variables);
    } catch (PebbleException e) {
      throw new IllegalStateException("the report's template is broken: " + e.getMessage(), e);
    }
    return page.toString();
  }

  /**
   * The hash by which a content security policy names a text: what has another hash is not applied,
   * nor run.
   */
  private static String hash(String text) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        HtmlReport.class.getClassLoader().getResourceAsStream(RESOURCES + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the program is missing its file " + name + "; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
