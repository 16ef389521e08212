package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.attack.TanhNet;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Fill;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.Infidelity.Perturbation;
import org.whisker.saliency.faithfulness.ParameterRandomisation.RandomisedStep;
import org.whisker.saliency.method.InputGradient;

/**
 * The measures that Quantus 0.6 has, too, on the same network, pictures and maps (quantus.json).
 */
class QuantusParityTest {
  private static final JsonNode REFERENCE = read();
  private static final int COUNT = 8;
  private static final double TOLERANCE = 5e-6;
  private static final long SEED = 3;

  private final TanhNet net = new TanhNet();
  private final List<GrayImage> pictures = TanhNet.pictures().subList(0, COUNT);
  private final List<SaliencyMap> maps = InputGradient.of(net, pictures, COUNT);
  private final Fill fill = new Fill.Gray((float) REFERENCE.path("fill").asDouble());

  private static JsonNode read() {
    try (InputStream in = QuantusParityTest.class.getResourceAsStream("quantus.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private DeletionInsertion deletion(int picture, DeletionInsertion.Order order) {
    int pixels = net.canvas().pixels();
    DeletionInsertion.Options options =
        new DeletionInsertion.Options(pixels, false, fill, order, 2, 0, SEED);
    return DeletionInsertion.of(
            net, pictures.get(picture), maps.get(picture), options, 50, done -> {}, () -> false)
        .orElseThrow();
  }

  /** Quantus's curve begins after the first pixel. */
  @Test
  void pixelFlippingIsDeletion() {
    for (int i = 0; i < COUNT; i++) {
      CausalCurve.Series logit = deletion(i, DeletionInsertion.Order.STRONGEST).deletion().logit();
      JsonNode curve = REFERENCE.path("strongest_logit").path(i);
      assertEquals(curve.size() + 1, logit.values().size());
      for (int k = 0; k < curve.size(); k++) {
        assertEquals(curve.path(k).asDouble(), logit.values().get(k + 1), TOLERANCE, i + ", " + k);
      }
    }
  }

  /**
   * Quantus's area lacks the trapezium before the first pixel, and is not divided by their number.
   */
  @Test
  void areasUnderTheCurves() {
    int pixels = net.canvas().pixels();
    for (int i = 0; i < COUNT; i++) {
      CausalCurve.Series logit = deletion(i, DeletionInsertion.Order.STRONGEST).deletion().logit();
      double first = (logit.values().get(0) + logit.values().get(1)) / 2;
      double area = REFERENCE.path("strongest_auc").path(i).asDouble();
      assertEquals((area + first) / pixels, logit.auc(), TOLERANCE, "picture " + i);
    }
  }

  /** Deletion of the least relevant first is insertion read backwards. */
  @Test
  void pixelFlippingOfWhatSpeaksForCat() {
    int pixels = net.canvas().pixels();
    for (int i = 0; i < COUNT; i++) {
      DeletionInsertion both = deletion(i, DeletionInsertion.Order.TOWARDS_CAT);
      JsonNode deleted = REFERENCE.path("towards_cat_p").path(i);
      JsonNode reversed = REFERENCE.path("towards_not_cat_p").path(i);
      for (int k = 0; k < pixels; k++) {
        assertEquals(
            deleted.path(k).asDouble(), both.deletion().cat().values().get(k + 1), TOLERANCE);
        assertEquals(
            reversed.path(k).asDouble(),
            both.insertion().cat().values().get(pixels - 1 - k),
            TOLERANCE);
      }
    }
  }

  /**
   * With one block, which is the whole picture. With more, Quantus keeps each block filled when it
   * goes on to the next, so that its perturbations are no longer what the map is asked about.
   */
  @Test
  void infidelity() {
    int side = net.canvas().width();
    Infidelity.Options options =
        new Infidelity.Options(new Perturbation.Square(side, fill), 2, SEED);
    for (int i = 0; i < COUNT; i++) {
      Infidelity found =
          Infidelity.of(net, pictures.get(i), maps.get(i), options, 10, done -> {}, () -> false)
              .orElseThrow();
      double expected = REFERENCE.path("infidelity_8").path(i).asDouble();
      assertEquals(expected, found.value(), 2e-5 * Math.max(1, expected), "picture " + i);
      double kept = REFERENCE.path("infidelity_4").path(i).asDouble();
      double alone = REFERENCE.path("infidelity_4_alone").path(i).asDouble();
      assertTrue(kept > 2 * alone, "picture " + i + ": " + kept + " and " + alone);
    }
  }

  @Test
  void maxSensitivity() {
    MaxSensitivity.Options options = new MaxSensitivity.Options(10, 0.02, SEED);
    for (int i = 0; i < COUNT; i++) {
      MaxSensitivity found =
          MaxSensitivity.of(this::gradient, pictures.get(i), options, done -> {}, () -> false)
              .orElseThrow();
      assertEquals(
          REFERENCE.path("max_sensitivity").path(i).asDouble(),
          found.relative().orElseThrow(),
          TOLERANCE,
          "picture " + i);
    }
  }

  private SaliencyMap gradient(Raster picture) {
    return InputGradient.of(net, List.of(picture), 1).get(0);
  }

  @Test
  void entropyAndRankCorrelation() {
    for (int i = 0; i < COUNT; i++) {
      assertEquals(
          REFERENCE.path("entropy").path(i).asDouble(),
          RandomisedStep.histogramEntropy(maps.get(i)),
          1e-9,
          "picture " + i);
    }
    for (int i = 0; i + 1 < COUNT; i++) {
      assertEquals(
          REFERENCE.path("spearman").path(i).asDouble(),
          MethodAgreement.absolute(maps.get(i), maps.get(i + 1)).orElseThrow(),
          1e-9,
          "pictures " + i);
    }
  }
}
