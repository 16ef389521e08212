package org.whisker.feature.play;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a page in the user's browser. Every user of a machine can read the arguments of its
 * programs, and the page's address holds its key: so the browser is handed a file that this user
 * alone can read, which leads on to the address.
 *
 * @param environment variables of the process
 * @param folder where the file is made
 * @param system the name of the operating system
 */
record BrowserOpener(Map<String, String> environment, Path folder, String system) {
  private static final List<String> PROGRAMS = List.of("xdg-open", "wslview", "open");

  static BrowserOpener ofSystem(Path folder) {
    return new BrowserOpener(System.getenv(), folder, System.getProperty("os.name", ""));
  }

  /** Whether a browser was started; without a screen there is none. */
  boolean open(String link) {
    List<String> words = words();
    if (words.isEmpty()) {
      return false;
    }
    try {
      Path page = page(link);
      List<String> line = new ArrayList<>(words);
      line.add(page.toString());
      new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // the address is printed
    }
  }

  /** What opens a page, without the page; empty where nothing can. */
  List<String> words() {
    if (system.startsWith("Windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return program().map(found -> List.of(found.toString())).orElse(List.of());
  }

  private Optional<Path> program() {
    boolean screen =
        system.startsWith("Mac")
            || environment.containsKey("DISPLAY")
            || environment.containsKey("WAYLAND_DISPLAY")
            || environment.containsKey("WSL_DISTRO_NAME");
    if (!screen) {
      return Optional.empty();
    }
    for (String name : PROGRAMS) {
      for (String in : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        Path program = Path.of(in, name);
        if (!in.isEmpty() && Files.isExecutable(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  private Path page(String link) throws IOException {
    Files.createDirectories(folder);
    // a temporary file is its owner's alone: where there are permissions by them, on Windows by its
    // folder
    Path page = Files.createTempFile(folder, "play", ".html");
    page.toFile().deleteOnExit();
    String html =
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
            + "<meta http-equiv=\"refresh\" content=\"0;url=%s\"><a href=\"%s\">whisker play</a>%n";
    return Files.writeString(page, html.formatted(link, link), StandardCharsets.UTF_8);
  }
}
