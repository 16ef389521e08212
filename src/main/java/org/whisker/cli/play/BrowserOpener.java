package org.whisker.cli.play;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 */
record BrowserOpener(Map<String, String> environment, Path folder) {
  private static final List<String> PROGRAMS = List.of("xdg-open", "wslview", "open");

  static BrowserOpener ofSystem(Path folder) {
    return new BrowserOpener(System.getenv(), folder);
  }

  /** Whether a browser was started; without a screen there is none. */
  boolean open(String link) {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return false;
    }
    try {
      Path page = page(link);
      new ProcessBuilder(program.get().toString(), page.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // the address is printed
    }
  }

  private Optional<Path> program() {
    boolean screen =
        environment.containsKey("DISPLAY")
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
    Path page =
        Files.createTempFile(
            folder,
            "play",
            ".html",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    page.toFile().deleteOnExit();
    String html =
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
            + "<meta http-equiv=\"refresh\" content=\"0;url=%s\"><a href=\"%s\">whisker play</a>%n";
    return Files.writeString(page, html.formatted(link, link), StandardCharsets.UTF_8);
  }
}
