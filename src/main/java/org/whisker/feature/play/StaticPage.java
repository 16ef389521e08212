package org.whisker.feature.play;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page, read once from whisker itself. A request names one of them or nothing: its
 * path is looked up, never opened.
 */
final class StaticPage {
  private static final String FOLDER = "/org/whisker/feature/play/";
  private static final String INDEX = "index.html";
  private static final List<String> FILES =
      List.of(
          INDEX,
          "play.css",
          "icon.svg",
          "main.js",
          "api.js",
          "jobs.js",
          "picture.js",
          "canvas.js",
          "tools.js",
          "score.js",
          "maps.js",
          "shifts.js",
          "evolution.js",
          "share.js",
          "chart.js");

  private final Map<String, Answer> answers;

  private StaticPage(Map<String, Answer> answers) {
    this.answers = answers;
  }

  static StaticPage read() throws IOException {
    Map<String, Answer> answers = new HashMap<>();
    for (String file : FILES) {
      try (InputStream in = StaticPage.class.getResourceAsStream(FOLDER + file)) {
        if (in == null) {
          throw new FileNotFoundException(FOLDER + file + " is not in this build of whisker");
        }
        answers.put("/" + file, new Answer(200, type(file), in.readAllBytes()));
      }
    }
    answers.put("/", answers.remove("/" + INDEX));
    return new StaticPage(Map.copyOf(answers));
  }

  private static String type(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }

  /** The file of that path. */
  Optional<Answer> at(String path) {
    return Optional.ofNullable(answers.get(path));
  }
}
