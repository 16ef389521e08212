package org.whisker.study.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.whisker.position.PixelContributions;

/**
 * Which way round the column {@code delta_logit} of {@code best.csv} is, as the manifest beside it
 * says. Logits are those of not-cat.
 */
public enum DeltaSign {
  /** What the pixel adds: below 0 is towards cat. */
  WITH_MINUS_WITHOUT("with - without"),
  /** As evolve wrote it before its manifests said so: above 0 is towards cat. */
  WITHOUT_MINUS_WITH("without - with");

  /** The field of a manifest. */
  public static final String KEY = "delta_logit";

  private final String text;

  DeltaSign(String text) {
    this.text = text;
  }

  /** As a manifest says it. */
  public String text() {
    return text;
  }

  /**
   * As a manifest says it; one of evolve that doesn't is of an earlier version.
   *
   * @return empty for the manifest of another command that doesn't say it
   * @throws IOException for anything else than the two
   */
  public static Optional<DeltaSign> of(JsonNode manifest) throws IOException {
    JsonNode said = manifest.path(KEY);
    if (said.isMissingNode()) {
      return manifest.path("command").asText().equals("evolve")
          ? Optional.of(WITHOUT_MINUS_WITH)
          : Optional.empty();
    }
    return Optional.of(
        Arrays.stream(values())
            .filter(sign -> sign.text.equals(said.asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "manifest.json: %s is %s, expected \"%s\" or \"%s\""
                            .formatted(
                                KEY, said, WITH_MINUS_WITHOUT.text, WITHOUT_MINUS_WITH.text))));
  }

  /** From one sign to what the pixel adds, and from that to this sign. */
  public double turned(double delta) {
    return this == WITH_MINUS_WITHOUT ? delta : 0 - delta;
  }

  /** What the pixels add, of contributions that were read as they are in the file. */
  PixelContributions turned(PixelContributions read) {
    double[] added = new double[read.image().count()];
    Arrays.setAll(added, i -> turned(read.get(i)));
    return new PixelContributions(read.image(), added);
  }

  /** Why the deltas of a file without such a manifest can't be used, and what to do. */
  static IOException unknown(Path file, Path manifest) {
    return new IOException(
        ("%s: nothing says whether its %s is %s or, as evolve wrote it before, %s; name the"
                + " classifier by --model to have it measured, or write {\"%s\": \"%s\"} or the"
                + " other into %s")
            .formatted(
                file,
                KEY,
                WITH_MINUS_WITHOUT.text,
                WITHOUT_MINUS_WITH.text,
                KEY,
                WITH_MINUS_WITHOUT.text,
                manifest));
  }
}
