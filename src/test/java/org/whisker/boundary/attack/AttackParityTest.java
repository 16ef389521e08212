package org.whisker.boundary.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.GrayImage;

/**
 * The attacks against what Foolbox and adversarial-library find on the same network and pictures
 * (make_attacks.py).
 */
class AttackParityTest {
  private static final JsonNode REFERENCE = read();

  private static JsonNode read() {
    try (InputStream in = AttackParityTest.class.getResourceAsStream("attacks.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<JsonNode> attacks() {
    List<JsonNode> attacks = new ArrayList<>();
    REFERENCE.path("attacks").forEach(attacks::add);
    return attacks.stream();
  }

  private static GradientAttack.Kind kind(JsonNode reference) {
    return switch (reference.path("attack").asText()) {
      case "sigma-zero" -> GradientAttack.Kind.SIGMA_ZERO;
      case "fmn-linf" -> GradientAttack.Kind.FMN;
      case "ddn-l2" -> GradientAttack.Kind.DDN;
      default -> throw new IllegalArgumentException(reference.toString());
    };
  }

  @Test
  void theNetworkIsTheSame() {
    float[] logits = new TanhNet().logits(TanhNet.pictures());
    for (int i = 0; i < logits.length; i++) {
      assertEquals(REFERENCE.path("logits").path(i).asDouble(), logits[i], 1e-5, "picture " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void distancesAndSuccessCurves(JsonNode reference) {
    GradientAttack attack = new GradientAttack(kind(reference), reference.path("steps").asInt());
    List<OptionalDouble> distances = new ArrayList<>();
    double worst = 0;
    for (int i = 0; i < TanhNet.PICTURES; i++) {
      GrayImage picture = TanhNet.pictures().get(i);
      GradientAttack.Attacked found = attack.of(new TanhNet(), picture, () -> false).orElseThrow();
      JsonNode expected = reference.path("distance").path(i);
      assertEquals(!expected.isNull(), found.crossed().isPresent(), "picture " + i);
      OptionalDouble distance =
          found.crossed().stream()
              .mapToDouble(GradientAttack.Attacked.Crossed::distance)
              .findFirst();
      distances.add(distance);
      if (distance.isPresent()) {
        worst = Math.max(worst, Math.abs(distance.getAsDouble() / expected.asDouble() - 1));
      }
    }
    SuccessCurve curve = SuccessCurve.of(distances);
    double apart = 0;
    for (int i = 0; i < reference.path("budgets").size(); i++) {
      double share = curve.share(reference.path("budgets").path(i).asDouble());
      apart = Math.max(apart, Math.abs(share - reference.path("share").path(i).asDouble()));
    }
    assertTrue(worst < 2e-4, attack + ": relative difference " + worst);
    assertEquals(0, apart, 1e-9, attack + ": shares apart");
  }
}
