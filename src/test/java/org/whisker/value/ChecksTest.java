package org.whisker.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static String refusal(Runnable check) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, check::run).getMessage());
  }

  @Test
  void messagesHoldTheValues() {
    Checks.require(true, "never said of %s", 1);
    Checks.refuse(false, "never said of %s", 1);
    assertEquals("p must be 0 to 1, was 1.5", refusal(() -> Checks.probability("p", 1.5)));
    assertEquals("50 % of null", refusal(() -> Checks.refuse(true, "50 %% of %s", (Object) null)));
  }

  @Test
  void numbersAreTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertEquals("1,234 and 0.50", Text.of("%,d and %.2f", 1234, 0.5));
      assertEquals("0.50", Text.number("%.2f", OptionalDouble.of(0.5), "-"));
      assertEquals("-", Text.number("%.2f", OptionalDouble.empty(), "-"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
