package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AgainstOptionTest {
  @Test
  void holdsTheClassOfAModelAgainstAnother() {
    assertEquals("cats@:wolf", AgainstOption.named("cats", "wolf"));
    assertEquals("cats@dog:wolf", AgainstOption.named("cats@dog", "wolf"));
    assertEquals("/home/me@host/cats@:wolf", AgainstOption.named("/home/me@host/cats", "wolf"));
    assertEquals(
        "/home/me@host/cats@dog:fox", AgainstOption.named("/home/me@host/cats@dog", "fox"));
  }
}
