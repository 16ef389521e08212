package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.ExitCode;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.play.PlayCommand.BrowserOpener;

class PlayCommandTest extends CommandFixture {
  /** Runs it until it has printed an address, then presses Ctrl-C. */
  private TestEnvironment run(Map<String, String> variables, String... args) throws Exception {
    TestEnvironment test = new TestEnvironment(home);
    BrowserOpener browser = new BrowserOpener(variables, home.resolve("cache"), "Linux");
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> test.run(environment -> new PlayCommand(environment, browser), args),
            work -> new Thread(work).start());
    while (!test.err().contains("Ctrl-C ends it") && !exit.isDone()) {
      Thread.sleep(20);
    }
    test.signal();
    assertEquals(ExitCode.INTERRUPTED, exit.get(), test.err());
    return test;
  }

  @Test
  void itPrintsTheAddressAndEndsByCtrlC() throws Exception {
    TinyModels.save(home, "tiny");
    TestEnvironment test = run(Map.of(), "play", "tiny");
    String address = test.out().strip();
    assertTrue(address.matches("http://127\\.0\\.0\\.1:\\d+/#token=[A-Za-z0-9_-]{43}"), address);
    assertTrue(test.err().contains("open this address"), test.err());
  }

  @Test
  void theBrowserIsHandedAFileThatOthersCannotRead() throws Exception {
    TinyModels.save(home, "tiny");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path seen = home.resolve("seen");
    Path program = bin.resolve("xdg-open");
    Files.writeString(
        program, "#!/bin/sh\nstat -c %a \"$1\" > '" + seen + "'\ncat \"$1\" >> '" + seen + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> screen = Map.of("DISPLAY", ":0", "PATH", bin.toString());
    TestEnvironment test = run(screen, "play", "tiny");
    while (!Files.exists(seen) || !Files.readString(seen).contains("</a>")) {
      Thread.sleep(20);
    }
    String text = Files.readString(seen);
    assertTrue(text.startsWith("600\n"), text);
    assertTrue(text.contains("url=" + test.out().strip()), text);
    assertTrue(test.err().contains("open in your browser"), test.err());
    Files.delete(seen);
    run(screen, "play", "tiny", "--no-open");
    assertFalse(Files.exists(seen));
  }

  @Test
  void withoutAScreenNoBrowserIsStarted() throws IOException {
    assertFalse(
        new BrowserOpener(Map.of("PATH", "/usr/bin:/bin"), home.resolve("cache"), "Linux")
            .open("http://x"));
    assertFalse(
        new BrowserOpener(Map.of("DISPLAY", ":0", "PATH", ""), home.resolve("cache"), "Linux")
            .open("http://x"));
    assertFalse(Files.exists(home.resolve("cache")));
    try (Stream<Path> all = Files.list(home)) {
      assertEquals(0, all.count());
    }
  }

  private String refused(int code, String... args) {
    newEnvironment();
    BrowserOpener none = new BrowserOpener(Map.of(), home, "Linux");
    assertEquals(code, test.run(e -> new PlayCommand(e, none), args), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    return test.err();
  }

  @Test
  void badInputGetsOneLine() throws IOException {
    assertTrue(refused(ExitCode.USAGE, "play").contains("no model"));
    TinyModels.save(home, "tiny");
    assertTrue(refused(ExitCode.FAILURE, "play", "nothing").contains("nothing"));
    assertTrue(refused(ExitCode.USAGE, "play", "--port", "70000").contains("--port"));
    assertTrue(refused(ExitCode.USAGE, "play", "--state", "abc").contains("state"));
    assertTrue(
        refused(ExitCode.USAGE, "play", "--state", "abc", "--image", "a.png").contains("--image"));
    assertTrue(refused(ExitCode.FAILURE, "play", "--image", "no.png").contains("no.png"));
  }

  @Test
  void everySystemHasItsOwnWayToOpenAPage() throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path open = Files.createFile(bin.resolve("open"));
    assumeTrue(open.toFile().setExecutable(true));
    Map<String, String> variables = Map.of("PATH", bin.toString());
    assertEquals(List.of(), new BrowserOpener(variables, home, "Linux").words(), "no screen");
    assertEquals(List.of(open.toString()), new BrowserOpener(variables, home, "Mac OS X").words());
    assertEquals("rundll32", new BrowserOpener(Map.of(), home, "Windows 11").words().get(0));
  }
}
