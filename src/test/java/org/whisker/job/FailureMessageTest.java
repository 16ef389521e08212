package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureMessageTest {
  @Test
  void theErrorsOfTheJdkComeWithTheMend() {
    assertEquals("a not found", FailureMessage.of(new NoSuchFileException("a")));
    assertEquals(
        "a lies on a file system that is read-only; name a place elsewhere",
        FailureMessage.of(new FileSystemException("a", null, "Read-only file system")));
  }
}
