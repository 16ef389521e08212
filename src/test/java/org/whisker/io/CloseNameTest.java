package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseNameTest {
  private static final List<String> NAMES =
      List.of("padding", "geometry", "grad-cam", "training-padding", "sides");

  @ParameterizedTest
  @CsvSource({
    "paddng, ' (like padding?)'",
    "Pading, ' (like padding?)'",
    "geomtery, ' (like geometry?)'",
    "side, ' (like sides?)'",
    "gradcm, ' (like grad-cam?)'",
    "trianing-padding, ' (like training-padding?)'",
    "nonsense, ''",
    "x, ''"
  })
  void fewWrongLettersAreAHint(String typed, String hint) {
    assertEquals(hint, CloseName.hint(typed, NAMES));
  }
}
