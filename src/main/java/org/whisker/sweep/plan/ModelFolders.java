package org.whisker.sweep.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.study.InvalidRequestException;

/** The models that a spec names: {@code FOLDER/*} is every model in a folder. */
final class ModelFolders {
  private static final String ALL = "/*";

  private ModelFolders() {}

  /**
   * The names, folders replaced by the paths of their models in alphabetical order.
   *
   * @throws InvalidRequestException when a folder has none
   */
  static List<String> expanded(List<String> names) throws IOException {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(ALL)) {
        all.addAll(in(Path.of(name.substring(0, name.length() - ALL.length()))));
      } else {
        all.add(name);
      }
    }
    return all;
  }

  private static List<String> in(Path folder) throws IOException {
    InvalidRequestException.refuse(
        !Files.isDirectory(folder), "the spec names models in " + folder + ", which is no folder");
    try (Stream<Path> content = Files.list(folder)) {
      List<String> models =
          content
              .filter(model -> Files.isRegularFile(model.resolve("model.json")))
              .map(Path::toString)
              .sorted()
              .toList();
      InvalidRequestException.refuse(
          models.isEmpty(), "the spec names models in " + folder + ", which has none");
      return models;
    }
  }
}
