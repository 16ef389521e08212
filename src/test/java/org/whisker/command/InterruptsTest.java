package org.whisker.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.NativeLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.torch.call.NativeCalls;

/** Real signals to a real process; by its handle, since a Process closes its streams too. */
@Timeout(300)
class InterruptsTest {
  /** Polls when told to, as evolution does; else never stops by itself. */
  static final class Loop {
    private Loop() {}

    public static void main(String[] args) throws InterruptedException {
      BooleanSupplier stop = Interrupts.ofProcess(System.err).listen();
      System.out.println("ready");
      while (!args[0].equals("polling") || !stop.getAsBoolean()) {
        Thread.sleep(5);
      }
      System.out.println("kept");
      System.exit(ExitCode.INTERRUPTED);
    }
  }

  /**
   * A call that does not return; what unloads libraries at an exit aborts, as if they were used.
   */
  static final class Calling {
    private Calling() {}

    public static void main(String[] args) {
      NativeLibrary libc = NativeLibrary.getProcess();
      libc.getFunction("on_exit").invokeInt(new Object[] {libc.getFunction("abort"), null});
      Interrupts.ofProcess(System.err).listen();
      NativeCalls.ofProcess().during(Calling::endless);
    }

    private static int endless() {
      System.out.println("ready");
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static Process start(String mode) throws IOException {
    return start(Loop.class, mode);
  }

  private static Process start(Class<?> main, String mode) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            mode)
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void theFirstSignalLetsTheLoopFinish() throws IOException, InterruptedException {
    Process process = start("polling");
    try (BufferedReader output = process.inputReader()) {
      assertEquals("ready", output.readLine());
      process.toHandle().destroy();
      assertEquals("", output.readLine());
      assertTrue(String.valueOf(output.readLine()).startsWith("whisker: stopping"));
      assertEquals("kept", output.readLine());
      assertEquals(130, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theSecondEndsItAtOnce() throws IOException, InterruptedException {
    endsAtTheSecond(start("deaf"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLongCallIsNotUnloadedUnderItself() throws IOException, InterruptedException {
    endsAtTheSecond(start(Calling.class, ""));
  }

  private static void endsAtTheSecond(Process process) throws IOException, InterruptedException {
    try (BufferedReader output = process.inputReader()) {
      assertEquals("ready", output.readLine());
      process.toHandle().destroy();
      assertEquals("", output.readLine());
      assertTrue(String.valueOf(output.readLine()).startsWith("whisker: stopping"));
      process.toHandle().destroy();
      assertTrue(process.waitFor(4, TimeUnit.MINUTES));
      assertEquals(130, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts a loop that works for it, prints its number, and waits. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] how) throws IOException, InterruptedException {
      boolean named = how[0].equals("named");
      ProcessBuilder loop =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              named ? "-D" + Interrupts.PARENT + "=" + ProcessHandle.current().pid() : "-Dnone",
              "-cp",
              System.getProperty("java.class.path"),
              Loop.class.getName(),
              "deaf");
      if (!named) {
        loop.environment()
            .put(Interrupts.PARENT_VARIABLE, String.valueOf(ProcessHandle.current().pid()));
      }
      Process child = loop.start();
      child.inputReader().readLine();
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"named", "in the environment"})
  void whatWorksForAKilledProcessEndsWithIt(String how) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                how)
            .start();
    ProcessHandle child;
    try (BufferedReader output = parent.inputReader()) {
      child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      parent.toHandle().destroyForcibly();
    }
    try {
      child.onExit().get(4, TimeUnit.MINUTES);
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void whatWorksForAProcessThatIsGoneEndsAtOnce() throws Exception {
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
            .redirectErrorStream(true)
            .start();
    gone.getInputStream().readAllBytes();
    gone.waitFor();
    ProcessBuilder loop =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Loop.class.getName(),
            "deaf");
    loop.environment().put(Interrupts.PARENT_VARIABLE, String.valueOf(gone.pid()));
    Process orphan = loop.start();
    try {
      assertTrue(orphan.waitFor(4, TimeUnit.MINUTES));
      assertEquals(128 + 15, orphan.exitValue());
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void aSignalInTheLastStepHasStoppedNothing() {
    List<Runnable> handlers = new ArrayList<>();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    Interrupts interrupts = new Interrupts(nowhere, handlers::add, () -> {});
    BooleanSupplier stop = interrupts.listen();
    handlers.get(0).run();
    assertTrue(stop.getAsBoolean());
    interrupts.allIsDone();
    assertFalse(interrupts.getAsBoolean());
  }
}
