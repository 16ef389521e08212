package org.whisker.feature.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.ModelCard;
import org.whisker.feature.train.EvaluationRow;
import org.whisker.io.Manifest;

/** What {@code evaluate} found of a model's very weights, in the folder of analyses. */
public final class KeptEvaluations {
  private KeptEvaluations() {}

  /**
   * An evaluation.
   *
   * @param data name of the photos
   * @param created when, in ISO 8601
   */
  public record Kept(Path folder, String data, String created, EvaluationRow row) {}

  /**
   * The latest evaluation of these weights on each set of photos, the newest first. Folders that
   * can't be read are left out.
   *
   * @param analyses may be missing
   */
  public static List<Kept> of(Path analyses, ModelCard card) throws IOException {
    List<Kept> all = new ArrayList<>();
    if (Files.isDirectory(analyses)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(analyses)) {
        folders.forEach(folder -> read(folder, card).ifPresent(all::add));
      }
    }
    all.sort(Comparator.comparing(Kept::created).thenComparing(Kept::folder).reversed());
    Map<String, Kept> latest = new LinkedHashMap<>();
    all.forEach(each -> latest.putIfAbsent(each.data(), each));
    return List.copyOf(latest.values());
  }

  private static Optional<Kept> read(Path folder, ModelCard card) {
    Path table = folder.resolve(EvaluationRow.FILE);
    if (!Manifest.isIn(folder)) {
      return Optional.empty();
    }
    try {
      JsonNode json = Manifest.read(folder);
      boolean own =
          json.path("command").asText().equals("evaluate")
              && json.at("/model/sha256").asText().equals(card.weights().sha256());
      return own && EvaluationRow.TABLE.isIn(table)
          ? EvaluationRow.TABLE.read(table).stream().findFirst().map(row -> kept(folder, json, row))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // of another tool or version, or damaged
    }
  }

  private static Kept kept(Path folder, JsonNode json, EvaluationRow row) {
    return new Kept(folder, json.path("data").asText(), json.path("created").asText(), row);
  }
}
