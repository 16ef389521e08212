package org.whisker.study.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.io.JsonFile;
import org.whisker.study.JobContext;
import org.whisker.torch.Precision;

/**
 * {@code manifest.json} of an experiment: what it is determined by, and how far it is. Only the
 * status ever changes.
 */
public final class ExperimentManifest {
  public static final String NAME = "manifest.json";

  /** What decides the results; whatever else differs is for information. */
  private static final List<String> DECISIVE =
      List.of(
          "/command",
          "/model/sha256",
          "/device",
          "/precision",
          "/batch",
          "/seed",
          "/runs",
          "/seconds_a_run",
          "/minimize_target",
          "/trace",
          "/evolution");

  private final Path file;
  private final ObjectNode content;

  private ExperimentManifest(Path file, ObjectNode content) {
    this.file = file;
    this.content = content;
  }

  /** That of a new experiment, not yet written. */
  public static ExperimentManifest of(Path folder, Experiment experiment, JobContext context)
      throws IOException {
    JsonNode content = JsonFile.tree(experiment.manifest(context));
    return new ExperimentManifest(folder.resolve(NAME), (ObjectNode) content);
  }

  /**
   * That of an experiment there is.
   *
   * @throws IOException when there is none of {@code evolve}
   */
  public static ExperimentManifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + " holds no experiment: it has no " + NAME);
    }
    JsonNode content = JsonFile.read(file);
    if (!(content instanceof ObjectNode object) || !content.path("arguments").isArray()) {
      throw new IOException(file + " is not of an experiment that can be gone on with");
    }
    return new ExperimentManifest(file, object);
  }

  /** The command line that asked for it. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    content.path("arguments").forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  /** What the search scores in, whoever chose it. */
  public Precision precision() throws IOException {
    String label = content.path("precision").asText();
    for (Precision precision : Precision.values()) {
      if (precision.label().equals(label)) {
        return precision;
      }
    }
    throw new IOException(file + ": precision is '" + label + "', expected float32 or bfloat16");
  }

  /** Pictures a call. */
  public int batch() throws IOException {
    int batch = content.path("batch").asInt();
    if (batch < 1) {
      throw new IOException(file + ": batch is " + content.path("batch") + ", expected 1 or more");
    }
    return batch;
  }

  /**
   * Holds it against the same experiment as it would be begun now.
   *
   * @param notes is told in one line when another version of whisker began it
   * @throws IOException when something differs that decides the results
   */
  public void check(ExperimentManifest now, Consumer<String> notes) throws IOException {
    for (String key : DECISIVE) {
      JsonNode was = content.at(key);
      JsonNode is = now.content.at(key);
      if (!was.equals(is)) {
        throw new IOException(
            "%s: %s is %s, here it is %s; results would be mixed, begin a new experiment"
                .formatted(file, key.substring(1).replace('/', ' '), was, is));
      }
    }
    if (!content.at("/versions").equals(now.content.at("/versions"))) {
      notes.accept(
          "begun with %s, going on with %s: the files may differ in their last digits"
              .formatted(content.at("/versions"), now.content.at("/versions")));
    }
  }

  /** Writes it: running, stopped, done or failed. */
  public void write(String status) throws IOException {
    content.put("status", status);
    JsonFile.write(file, content);
  }
}
