package org.whisker.feature.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.whisker.io.Decimals;
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

    /** The seeds, one by one. */
    List<Long> of() {
      long begin = first.orElse(1L);
      return LongStream.range(begin, begin + count.orElse(1)).boxed().toList();
    }

    /** The options of the command line that ask for these seeds. */
    List<String> words() {
      return List.of("--seed=" + first.orElse(1L), "--runs=" + count.orElse(1));
    }
  }

  /**
   * A command with options that vary.
   *
   * @param command {@code evolve}, {@code ablate} or {@code train}
   * @param experiments the experiments of {@code ablate}
   * @param models others than those of the whole sweep
   * @param options as of the command, without dashes: a value, a list of values, or a range, see
   *     {@link OptionValues}
   * @param draw how often values are drawn at random; unless told, all combinations are taken
   */
  public record Part(
      String command,
      Optional<List<String>> experiments,
      Optional<List<String>> models,
      Optional<Seeds> seeds,
      Optional<Map<String, JsonNode>> options,
      Optional<Draw> draw) {}

  /**
   * How values are drawn.
   *
   * @param count combinations, at least 1
   * @param seed the seed of the random numbers; 1 unless told
   */
  public record Draw(int count, Optional<Long> seed) {
    public Draw {
      Checks.refuse(count < 1, "a draw needs a count of at least 1, was %s", count);
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

  /**
   * The values of an option in a spec: one, a list, or a range {@code {from, to, steps, scale}}. A
   * range has so many steps in a grid, and is drawn from evenly, or evenly in the logarithm ({@code
   * scale: log}); between whole numbers there are whole numbers alone.
   */
  static final class OptionValues {
    private static final Set<String> ENTRIES = Set.of("from", "to", "steps", "scale");

    private final String name;
    private final JsonNode node;

    /**
     * Reads the values of an option.
     *
     * @throws InvalidRequestException when they are no values of an option
     */
    OptionValues(String name, JsonNode node) {
      this.name = name;
      this.node = node;
      if (node.isObject()) {
        node.fieldNames()
            .forEachRemaining(key -> refuse(!ENTRIES.contains(key), "has an entry '" + key + "'"));
        refuse(!node.path("from").isNumber() || !node.path("to").isNumber(), "has no from and to");
        refuse(from() >= to(), "runs from %s to %s".formatted(node.path("from"), node.path("to")));
        refuse(isLog() && from() <= 0, "has a logarithmic scale from " + node.path("from"));
      } else {
        all().forEach(this::checkValue);
      }
    }

    private void checkValue(JsonNode value) {
      refuse(!value.isValueNode() || value.isNull(), "has the value " + value);
    }

    private void refuse(boolean wrong, String what) {
      InvalidRequestException.refuse(
          wrong,
          "option %s of the spec %s; give a value, a list, or {from, to, steps, scale: linear or log}"
              .formatted(name, what));
    }

    private List<JsonNode> all() {
      List<JsonNode> values = new ArrayList<>();
      if (node.isArray()) {
        node.forEach(values::add);
        refuse(values.isEmpty(), "has an empty list");
      } else {
        values.add(node);
      }
      return values;
    }

    private double from() {
      return node.path("from").asDouble();
    }

    private double to() {
      return node.path("to").asDouble();
    }

    private boolean isLog() {
      String scale = node.path("scale").asText("linear");
      refuse(!scale.equals("log") && !scale.equals("linear"), "has the scale '" + scale + "'");
      return scale.equals("log");
    }

    /** How many values a grid has at most, without listing them. */
    long count() {
      return node.isObject() ? Math.max(1, node.path("steps").asLong()) : all().size();
    }

    List<String> grid() {
      if (!node.isObject()) {
        return all().stream().map(JsonNode::asText).toList();
      }
      int steps = node.path("steps").asInt();
      refuse(steps < 2, "has no steps, at least 2, which a grid needs");
      List<String> values = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        values.add(at(i / (steps - 1.0)));
      }
      return values.stream().distinct().toList();
    }

    /** Draws one of the values at random. */
    String draw(RandomGenerator random) {
      if (!node.isObject()) {
        List<String> values = grid();
        return values.get(random.nextInt(values.size()));
      }
      long to = node.path("to").asLong();
      return isWhole() && !isLog() && to < Long.MAX_VALUE
          ? Long.toString(random.nextLong(node.path("from").asLong(), to + 1))
          : at(random.nextDouble());
    }

    private boolean isWhole() {
      return node.path("from").isIntegralNumber() && node.path("to").isIntegralNumber();
    }

    /** The value at a share of the range, 0 to 1. */
    private String at(double share) {
      double value =
          isLog()
              ? from() * StrictMath.pow(to() / from(), share)
              : from() + share * (to() - from());
      double within = share == 1 ? to() : value;
      return isWhole() ? Long.toString(Math.round(within)) : Decimals.shortest(within);
    }
  }
}
