package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.command.AgainstOption.TargetOption;
import org.whisker.job.InvalidRequestException;

class AgainstOptionTest {
  @Test
  void holdsTheClassOfAModelAgainstAnother() {
    assertEquals("cats@dog", AgainstOption.asked("cats", "dog"));
    assertEquals("/home/me@host/cats@281", AgainstOption.asked("/home/me@host/cats", "281"));
    assertEquals(
        "cats@dog:wolf",
        new AgainstOption(new TargetOption(Optional.of("dog")), Optional.of("wolf")).in("cats"));
    assertThrows(InvalidRequestException.class, () -> AgainstOption.asked("cats@dog", "wolf"));
    assertEquals("cats@:wolf", AgainstOption.named("cats", "wolf"));
    assertEquals("cats@dog:wolf", AgainstOption.named("cats@dog", "wolf"));
    assertEquals("/home/me@host/cats@:wolf", AgainstOption.named("/home/me@host/cats", "wolf"));
    assertEquals(
        "/home/me@host/cats@dog:fox", AgainstOption.named("/home/me@host/cats@dog", "fox"));
  }
}
