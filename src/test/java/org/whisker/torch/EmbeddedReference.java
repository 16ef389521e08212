package org.whisker.torch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.saliency.SaliencyMap;

/**
 * What other tools say of a picture on a network of the repository, or on one that sees colours
 * (embedded/make_embedded.py).
 *
 * @param found by the names of the methods
 */
record EmbeddedReference(JsonNode found) {
  private static final int FROM = 3;

  /** Of a map that is wider than this every eighth value is there, otherwise every fourth. */
  private static final int WIDE = 100;

  /** Maps that are wider have been thinned out. */
  private static final int WHOLE = 64;

  static EmbeddedReference of(String network) throws IOException {
    try (InputStream in = open(network + ".json")) {
      return new EmbeddedReference(new ObjectMapper().readTree(in));
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        EmbeddedReference.class.getResourceAsStream("embedded/" + name), name);
  }

  /** The photo, of a cat. */
  static GrayImage photo(Canvas canvas) throws IOException {
    float[] values = new float[canvas.pixels()];
    try (InputStream in = open("cat-%d.png".formatted(canvas.width()))) {
      int[] gray =
          ImageIO.read(in)
              .getRaster()
              .getSamples(0, 0, canvas.width(), canvas.height(), 0, (int[]) null);
      for (int i = 0; i < values.length; i++) {
        values[i] = gray[i] / 255f;
      }
    }
    return new GrayImage(canvas, values);
  }

  /** What the photo is compared with: nowhere flat, so that no two values tie for a maximum. */
  static PlanarImage light(Canvas canvas, int planes) {
    float[] values = new float[planes * canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - i * 7919L % 1009 / 4036f;
    }
    return PlanarImage.of(canvas, values);
  }

  boolean has(String method) {
    return found.has(method);
  }

  /** A number that is no map. */
  double number(String name) {
    return found.path(name).asDouble();
  }

  double logit(int which) {
    return found.path("logits").path(which).asDouble();
  }

  /**
   * Relative L2 of the values that are kept, or the relative difference of the maps' norms where
   * that is larger.
   *
   * @param noSign whether the reference may be the negative, of which what is below 0 is 0
   */
  double difference(String method, SaliencyMap map, boolean noSign) {
    JsonNode values = found.path(method).path("values");
    float[] expected = new float[values.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) values.get(i).asDouble();
    }
    if (noSign) {
      return TinyNets.relative(positive(expected), kept(map));
    }
    double norm = found.path(method).path("norm").asDouble();
    return Math.max(
        TinyNets.relative(expected, kept(map)), Math.abs(norm(map.values()) - norm) / norm);
  }

  private static float[] positive(float[] values) {
    double most = 0;
    for (float value : values) {
      most = Math.abs(value) > Math.abs(most) ? value : most;
    }
    float[] found = new float[values.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (float) Math.max(0, values[i] * Math.signum(most));
    }
    return found;
  }

  private static float[] kept(SaliencyMap map) {
    Canvas canvas = map.canvas();
    if (canvas.width() <= WHOLE) {
      return map.values();
    }
    int every = canvas.width() > WIDE ? 8 : 4;
    int across = (canvas.width() - FROM + every - 1) / every;
    int down = (canvas.height() - FROM + every - 1) / every;
    float[] kept = new float[across * down];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = map.at(FROM + every * (i % across), FROM + every * (i / across));
    }
    return kept;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
