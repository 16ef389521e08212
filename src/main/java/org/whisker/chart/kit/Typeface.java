package org.whisker.chart.kit;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.io.AtomicFiles;
import org.whisker.io.NativeFolders;

/**
 * The typeface of all charts: DejaVu Sans, which whisker brings with it, so that charts look alike
 * everywhere and need no font of the system.
 */
public final class Typeface {
  /** Names a file with which Java2D asks neither fontconfig nor for fonts of the system. */
  static final String CONFIGURATION = "sun.awt.fontconfig";

  private static final String REGULAR = "DejaVuSans.ttf";
  private static final String BOLD = "DejaVuSans-Bold.ttf";

  private static final Loaded LOADED = load();

  private Typeface() {}

  /** The fonts, or why there are none. */
  private record Loaded(Font regular, Font bold, Optional<String> problem) {
    static Loaded none(String problem) {
      Font none = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
      return new Loaded(none, none, Optional.of(problem));
    }
  }

  /** The reason why no text can be drawn here, in one line; empty where it can. */
  public static Optional<String> problem() {
    return LOADED.problem();
  }

  static Font regular(float size) {
    return LOADED.regular().deriveFont(size);
  }

  static Font bold(float size) {
    return LOADED.bold().deriveFont(Font.BOLD, size);
  }

  /** The font itself, or one of the system where only that has all glyphs of a text. */
  static Font able(Font font, String text) {
    return font.canDisplayUpTo(text) < 0
        ? font
        : Others.FONTS.stream()
            .filter(other -> other.canDisplayUpTo(text) < 0)
            .findFirst()
            .map(other -> other.deriveFont(font.getStyle(), font.getSize2D()))
            .orElse(font);
  }

  /** The fonts of the system, which are looked for when they are needed. */
  private static final class Others {
    private static final List<Font> FONTS =
        List.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts());
  }

  private static Loaded load() {
    try {
      Path folder = NativeFolders.temporary("whisker-font");
      return unpacked(folder);
    } catch (IOException e) {
      return Loaded.none("the font of charts can't be unpacked: " + e.getMessage());
    } catch (FontFormatException | LinkageError | InternalError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      return Loaded.none(
          "this Java can draw no text for charts (%s); install what it draws text with, on Debian libfreetype6 and libharfbuzz0b"
              .formatted(why));
    }
  }

  private static Loaded unpacked(Path folder) throws IOException, FontFormatException {
    try {
      Path regular = copy(REGULAR, folder);
      Path bold = copy(BOLD, folder);
      configure(folder, regular, bold);
      return new Loaded(read(regular), read(bold), Optional.empty());
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(folder, e);
    }
  }

  private static Font read(Path file) throws IOException, FontFormatException {
    return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
  }

  private static Path copy(String name, Path folder) throws IOException {
    try (InputStream font = Typeface.class.getResourceAsStream(name)) {
      if (font == null) {
        throw new FileNotFoundException("whisker's files lack the font " + name);
      }
      Path file = folder.resolve(name);
      Files.copy(font, file);
      return file;
    }
  }

  /**
   * Tells Java2D before it begins which files its fonts lie in: on Linux it ends with an error
   * where fontconfig or all fonts are missing, even if it is given a font.
   */
  private static void configure(Path folder, Path regular, Path bold) throws IOException {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    if (!linux || System.getProperty(CONFIGURATION) != null) {
      return;
    }
    StringBuilder text = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
    for (String family : List.of("serif", "sansserif", "monospaced", "dialog", "dialoginput")) {
      Stream.of("plain", "italic")
          .forEach(style -> text.append(family + "." + style + ".latin-1=Regular\n"));
      Stream.of("bold", "bolditalic")
          .forEach(style -> text.append(family + "." + style + ".latin-1=Bold\n"));
    }
    text.append("filename.Regular=" + regular + "\nfilename.Bold=" + bold + "\n");
    Path file = folder.resolve("fontconfig.properties");
    Files.writeString(file, text);
    System.setProperty(CONFIGURATION, file.toString());
  }
}
