package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShownTextTest {
  @Test
  void whatATerminalWouldObeyIsShown() {
    assertEquals("\\u001b[2Jcat.png", ShownText.of("\u001b[2Jcat.png"));
    assertEquals("gnp.\\u202etac", ShownText.of("gnp.\u202etac"));
    assertEquals("a\\u2066b\\u2028c\\u000d", ShownText.of("a\u2066b\u2028c\r"));
    assertEquals("\\ud800", ShownText.of("\ud800"));
  }

  @Test
  void whatPeopleWriteStays() {
    for (String text : new String[] {"Δlogit ≥ ½", "кот.png", "猫 😺", "a\u0308", "", "-"}) {
      assertEquals(text, ShownText.of(text));
    }
  }

  @Test
  void whatWhiskerItselfPrintsStaysOnATerminal() {
    String own = "\ra\tb\r\n" + "x".repeat(3_000);
    assertEquals(own, ShownText.onTerminal(own));
    assertEquals(
        "a\\u009b2J\\u202eb\\u001b[2Jc\\u0008\\u001b[2K\\u000d\\u001b[31md",
        ShownText.onTerminal("a\u009b2J\u202eb\u001b[2Jc\b\u001b[2K\r\u001b[31md"));
  }

  @Test
  void aMessageIsBounded() {
    String shown = ShownText.of("x".repeat(1_700_000));
    assertTrue(shown.length() < 2_100 && shown.contains("1698000 characters more"), shown);
    String escaped = ShownText.of("\u0000".repeat(3_000));
    assertTrue(escaped.length() < 2_100 && escaped.contains("more"), escaped);
  }
}
