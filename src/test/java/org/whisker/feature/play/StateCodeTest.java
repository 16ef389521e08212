package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

class StateCodeTest {
  private static PlayState state() {
    byte[] levels = new byte[21];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i * 12);
    }
    return new PlayState(
        StateCode.picture(new Canvas(7, 3), levels),
        new Tones(1, 128 / 255f),
        new ModelChoice("a-model", Optional.of(Padding.CIRCULAR)),
        Optional.of(ModelChoice.of("other")));
  }

  @Test
  void comesBackAsItWas() {
    String code = StateCode.of(state());
    assertTrue(code.matches("[A-Za-z0-9_-]+"), code);
    assertEquals(state(), StateCode.read(code));
  }

  @Test
  void coloursComeBackAsTheyWere() {
    PlayState gray = state();
    Tones orange = new Tones(Tone.gray(1), Tone.parse("#ff8000"));
    PlayState tinted = new PlayState(gray.picture(), orange, gray.model(), gray.beside());
    PlayState read = StateCode.read(StateCode.of(tinted));
    assertEquals(orange, read.tones());
    assertEquals(gray.picture().in(3), read.picture());
    byte[] levels = new byte[63];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i * 4);
    }
    PlayState colours =
        new PlayState(
            StateCode.picture(new Canvas(7, 3), levels), orange, gray.model(), gray.beside());
    assertEquals(colours, StateCode.read(StateCode.of(colours)));
  }

  @Test
  void fewBlackPixelsAreShort() {
    GrayImage white = GrayImage.filled(new Canvas(224, 224), 1);
    PlayState state = new PlayState(white, Tones.standard(), ModelChoice.of("m"), Optional.empty());
    assertTrue(StateCode.of(state).length() < 200, StateCode.of(state));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "AAAA", "eJwDAAAAAAE", "../../etc/passwd", "ü"})
  void anythingElseIsRefused(String text) {
    assertThrows(InvalidRequestException.class, () -> StateCode.read(text));
  }

  @Test
  void everyCutIsRefused() {
    byte[] whole = Base64.getUrlDecoder().decode(StateCode.of(state()));
    for (int length = 0; length < whole.length - 6; length++) {
      String cut = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(whole, length));
      assertThrows(InvalidRequestException.class, () -> StateCode.read(cut), "length " + length);
    }
  }

  /** A few bytes that would fill memory. */
  @Test
  void aBombIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeByte(1);
      out.writeShort(65_535);
      out.writeShort(65_535);
      out.write(new byte[1 << 20]);
    }
    String code = Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
    assertThrows(InvalidRequestException.class, () -> StateCode.read(code));
    assertThrows(InvalidRequestException.class, () -> StateCode.read("A".repeat(1 << 24)));
  }
}
