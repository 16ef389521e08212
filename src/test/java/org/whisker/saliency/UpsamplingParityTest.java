package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.image.Canvas;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.SaliencyMap.SignConvention;

/** Grids of any proportions against PyTorch's {@code interpolate} (make_upsampling.py). */
class UpsamplingParityTest {
  private static final int MANY = 200;
  private static final int EVERY = 11;

  private static SaliencyMap grid(JsonNode of) {
    Canvas canvas = new Canvas(of.path("columns").asInt(), of.path("rows").asInt());
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) of.path("grid").path(i).asDouble();
    }
    return new SaliencyMap(
        canvas, values, "logits", "grad-cam", SignConvention.FEATURES_TOWARDS_TARGET);
  }

  @ParameterizedTest
  @EnumSource(Upsampling.class)
  void isPyTorchs(Upsampling upsampling) throws IOException {
    try (InputStream in =
        UpsamplingParityTest.class.getResourceAsStream("upsampling/upsampling.json")) {
      JsonNode cases = new ObjectMapper().readTree(in);
      assertTrue(cases.size() > 5);
      for (JsonNode each : cases) {
        Canvas to = new Canvas(each.path("width").asInt(), each.path("height").asInt());
        float[] found = upsampling.apply(grid(each), to).values();
        JsonNode expected = each.path(upsampling.toString());
        int step = found.length < MANY ? 1 : EVERY;
        assertEquals((found.length + step - 1) / step, expected.size());
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.path(i).asDouble(), found[i * step], 1e-6, to + " at " + i * step);
        }
      }
    }
  }

  @Test
  void namesThatAreNoneAreRefused() {
    assertEquals(Upsampling.BILINEAR, Upsampling.parse("bilinear"));
    assertThrows(IllegalArgumentException.class, () -> Upsampling.parse("bicubic"));
  }
}
