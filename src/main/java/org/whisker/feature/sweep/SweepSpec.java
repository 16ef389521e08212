package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.io.InputFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.value.Checks;

/**
 * What a sweep is asked for, as it stands in a file.
 *
 * @param models names of folders in {@code models/}, or paths that all nodes have
 * @param seeds the seeds of the runs of everything; a part may have others
 * @param numerics {@code native} unless told, or {@code portable}
 * @param device {@code cpu} unless told, or {@code gpu}
 * @param precision {@code float32} unless told, or {@code bfloat16}
 * @param tasks what is run
 */
public record SweepSpec(
    Optional<List<String>> models,
    Optional<Seeds> seeds,
    Optional<String> numerics,
    Optional<String> device,
    Optional<String> precision,
    Optional<List<Part>> tasks) {
  /** Runs of a configuration unless told, as those of {@code ablate}. */
  private static final Seeds USUAL = new Seeds(Optional.of(1L), Optional.of(10));

  /**
   * Consecutive seeds.
   *
   * @param first 1 unless told
   * @param count how many, at least 1
   */
  public record Seeds(Optional<Long> first, Optional<Integer> count) {
    public Seeds {
      int runs = count.orElse(0);
      Checks.refuse(runs < 1, "seeds need a count of at least 1, was %s", runs);
      Checks.refuse(
          first.orElse(1L) > Long.MAX_VALUE - runs,
          "seeds end at 2^63 - 1; begin with a smaller one");
    }

    /** The options of the command line that ask for these seeds. */
    List<String> words() {
      return List.of("--seed=" + first.orElse(1L), "--runs=" + count.orElse(1));
    }
  }

  /**
   * A command with options that vary.
   *
   * @param command {@code evolve} or {@code ablate}
   * @param experiments the experiments of {@code ablate}
   * @param models others than those of the whole sweep
   * @param options as of the command, without dashes: a value, or a list of values
   */
  public record Part(
      String command,
      Optional<List<String>> experiments,
      Optional<List<String>> models,
      Optional<Seeds> seeds,
      Optional<Map<String, JsonNode>> options) {
    /**
     * The values of each option, in the order of the spec.
     *
     * @throws InvalidRequestException naming an option that has something else than values
     */
    Map<String, List<String>> values() {
      Map<String, List<String>> all = new LinkedHashMap<>();
      options.orElse(Map.of()).forEach((name, node) -> all.put(name, values(name, node)));
      return all;
    }

    private static List<String> values(String name, JsonNode node) {
      List<String> values = new ArrayList<>();
      for (JsonNode value : node.isArray() ? node : List.of(node)) {
        InvalidRequestException.refuse(
            !value.isValueNode() || value.isNull(),
            "option %s of the spec has the value %s; give a value, or a list of values"
                .formatted(name, value));
        values.add(value.asText());
      }
      InvalidRequestException.refuse(
          values.isEmpty(), "option " + name + " of the spec has an empty list; give a value");
      return values;
    }
  }

  /**
   * The parts.
   *
   * @throws InvalidRequestException when there is none
   */
  public List<Part> parts() {
    List<Part> parts = tasks.orElse(List.of());
    InvalidRequestException.refuse(
        parts.isEmpty(), "the spec has no tasks; give at least one, with its command");
    return parts;
  }

  List<String> models(Part part) {
    List<String> names = part.models().or(() -> models).orElse(List.of());
    InvalidRequestException.refuse(
        names.isEmpty(), "the spec names no models for its " + part.command() + " tasks");
    return names;
  }

  Seeds seeds(Part part) {
    return part.seeds().or(() -> seeds).orElse(USUAL);
  }

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads a spec from a file: YAML, or JSON, which is YAML.
   *
   * @throws IOException in one line that names the file and what is wrong with it
   */
  public static SweepSpec read(Path file) throws IOException {
    return ConfigJson.read(tree(file), SweepSpec.class, file);
  }

  private static JsonNode tree(Path file) throws IOException {
    String text = InputFile.text(file, 1 << 20);
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw new IOException(file + " is no spec of a sweep; it begins with models: and tasks:");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is not valid YAML: " + FailureMessage.oneLine(e.getOriginalMessage()), e);
    }
  }
}
